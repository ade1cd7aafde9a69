"""What arrived, so that it is handled once and never lost."""

from admissions.inbox.models import ReceivedUpdate
from admissions.inbox.service import backlog, count_in, finish, forget, next_in, receive, waiting_chats, waiting_in

__all__ = [
    "ReceivedUpdate",
    "backlog",
    "count_in",
    "finish",
    "forget",
    "next_in",
    "receive",
    "waiting_chats",
    "waiting_in",
]
