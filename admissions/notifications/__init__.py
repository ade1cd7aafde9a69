"""What is to be told to people: one outbox for everything that is not the answer to what they just did."""

from admissions.notifications.models import STAFF, Kind, Notification, Reason, State
from admissions.notifications.rules import POLICIES, Policy
from admissions.notifications.service.enqueuing import cancel, enqueue

__all__ = ["POLICIES", "STAFF", "Kind", "Notification", "Policy", "Reason", "State", "cancel", "enqueue"]
