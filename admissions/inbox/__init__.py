"""What arrived, so that it is handled once and never lost."""

from admissions.inbox.models import ReceivedUpdate
from admissions.inbox.service import backlog, finish, forget, next_in, receive, waiting_chats

__all__ = ["ReceivedUpdate", "backlog", "finish", "forget", "next_in", "receive", "waiting_chats"]
