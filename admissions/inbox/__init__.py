"""What arrived, so that it is handled once and never lost."""

from admissions.inbox.models import ReceivedUpdate
from admissions.inbox.service import finish, forget, pending, receive

__all__ = ["ReceivedUpdate", "finish", "forget", "pending", "receive"]
