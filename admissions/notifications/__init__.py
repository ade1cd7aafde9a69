"""What is to be told to people: one outbox for everything that is not the answer to what they just did."""

from admissions.notifications.models import STAFF, Kind, Notification, Reason, State
from admissions.notifications.rules import (
    DAYTIME,
    POLICIES,
    Daytime,
    Dead,
    Dropped,
    Failure,
    Later,
    Policy,
    Sent,
    after_failure,
)
from admissions.notifications.service.enqueuing import cancel, enqueue
from admissions.notifications.service.muting import mute, muted, unmute
from admissions.notifications.service.sending import (
    LEASE,
    Due,
    Outcome,
    abandoned,
    claim,
    due,
    next_due_at,
    postpone,
    settle,
    settle_unreachable,
)
from admissions.notifications.service.tending import count, forget, listed, replay

__all__ = [
    "DAYTIME",
    "LEASE",
    "POLICIES",
    "STAFF",
    "Daytime",
    "Dead",
    "Dropped",
    "Due",
    "Failure",
    "Kind",
    "Later",
    "Notification",
    "Outcome",
    "Policy",
    "Reason",
    "Sent",
    "State",
    "abandoned",
    "after_failure",
    "cancel",
    "claim",
    "count",
    "due",
    "enqueue",
    "forget",
    "listed",
    "mute",
    "muted",
    "next_due_at",
    "postpone",
    "replay",
    "settle",
    "settle_unreachable",
    "unmute",
]
