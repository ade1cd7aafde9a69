"""Follows a message through Rasa by the id that the bot sends with it, and times it."""

from __future__ import annotations

import logging
import re
import time
from contextvars import ContextVar
from typing import Any

from prometheus_client import Histogram
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

logger = logging.getLogger(__name__)

METADATA = "correlation_id"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 3, 5, 8)

current: ContextVar[str | None] = ContextVar(METADATA, default=None)
messages = Histogram(
    "clerkship_rasa_message_seconds",
    "What Rasa takes for a message, its actions included",
    ["outcome"],
    buckets=SECONDS,
)

_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_handle_message = MessageProcessor.handle_message


def follow_messages() -> None:
    """Lets every log line that a message causes carry its id, whichever channel it came by.

    The id goes on to the action server within the tracker: it is in the metadata of the message.
    """
    MessageProcessor.handle_message = _follow


async def _follow(self: MessageProcessor, message: UserMessage) -> list[dict[str, Any]] | None:
    began, outcome = time.perf_counter(), "failed"
    token = current.set(_read(message.metadata))
    try:
        answer = await _handle_message(self, message)
        outcome = "ok"
        return answer
    finally:
        seconds = time.perf_counter() - began
        messages.labels(outcome).observe(seconds)
        logger.info("a message was handled (%s) in %.3f s", outcome, seconds)
        current.reset(token)


def _read(metadata: dict[str, Any] | None) -> str | None:
    value = (metadata or {}).get(METADATA)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None
