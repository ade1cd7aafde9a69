"""What an error of a call to Telegram tells: did the message surely not arrive, or does nobody know?"""

from dataclasses import dataclass
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from admissions.notifications import Failure

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""The request was not written. Any other error of the transport may have come after Telegram took the message."""


@dataclass(frozen=True)
class Mishap:
    """What an error tells.

    Attributes:
        failure: Whether another try makes sense.
        problem: The error, as a short technical word.
        is_forbidden: Telegram refuses what we write to this recipient.
        retry_after: How long Telegram wants to be left alone.
    """

    failure: Failure
    problem: str
    is_forbidden: bool = False
    retry_after: timedelta | None = None


def read(error: TelegramError | TimeoutError, *, to_staff: bool) -> Mishap:
    """Tell what an error of sending a message means.

    Args:
        error: As python-telegram-bot raised it; it hides the transport's own in `__cause__`.
        to_staff: Whether the message was for the staff's group, whose doors may be opened by somebody.
    """
    cause = error.__cause__
    problem = type(cause if isinstance(cause, httpx.HTTPError) else error).__name__
    if isinstance(error, RetryAfter):
        return Mishap(Failure.KNOWN, problem, retry_after=_seconds(error))
    if to_staff and _is_closed(error):
        return Mishap(Failure.CLOSED, problem)
    if isinstance(error, Forbidden):
        return Mishap(Failure.REFUSED, problem, is_forbidden=True)
    if isinstance(error, BadRequest | ChatMigrated):
        return Mishap(Failure.REFUSED, problem)
    if isinstance(cause, NOT_SENT):
        return Mishap(Failure.KNOWN, problem)
    if isinstance(error, InvalidToken | Conflict) or _is_answer(error):
        return Mishap(Failure.KNOWN, problem)
    return Mishap(Failure.UNKNOWN, problem)


def _is_closed(error: TelegramError | TimeoutError) -> bool:
    return isinstance(error, Forbidden | ChatMigrated) or (
        isinstance(error, BadRequest) and "chat not found" in error.message.lower()
    )


def _is_answer(error: TelegramError | TimeoutError) -> bool:
    """Whether Telegram answered with an error of its own: a network error without a cause in the transport."""
    return isinstance(error, NetworkError) and error.__cause__ is None


def _seconds(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
