"""What an error of a call to Telegram tells."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from admissions.notifications import Failure
from bot import mishaps


def because(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "failure", "problem"),
    [
        (
            because(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")),
            Failure.KNOWN,
            "ConnectError",
        ),
        (because(TimedOut(), httpx.ConnectTimeout("")), Failure.KNOWN, "ConnectTimeout"),
        (because(TimedOut(), httpx.PoolTimeout("")), Failure.KNOWN, "PoolTimeout"),
        (NetworkError("Bad Gateway"), Failure.KNOWN, "NetworkError"),
        (InvalidToken("Not Found"), Failure.KNOWN, "InvalidToken"),
        (Conflict("another poller"), Failure.KNOWN, "Conflict"),
        (because(TimedOut(), httpx.ReadTimeout("")), Failure.UNKNOWN, "ReadTimeout"),
        (because(TimedOut(), httpx.WriteTimeout("")), Failure.UNKNOWN, "WriteTimeout"),
        (because(NetworkError("x"), httpx.ReadError("reset")), Failure.UNKNOWN, "ReadError"),
        (because(NetworkError("x"), httpx.RemoteProtocolError("hung up")), Failure.UNKNOWN, "RemoteProtocolError"),
        (TelegramError("Invalid server response"), Failure.UNKNOWN, "TelegramError"),
        (TimeoutError(), Failure.UNKNOWN, "TimeoutError"),
        (BadRequest("Message is too long"), Failure.REFUSED, "BadRequest"),
        (Forbidden("bot was blocked by the user"), Failure.REFUSED, "Forbidden"),
    ],
)
def test_whether_it_surely_did_not_arrive(
    error: TelegramError | TimeoutError, failure: Failure, problem: str
) -> None:
    mishap = mishaps.read(error, to_staff=False)
    assert (mishap.failure, mishap.problem) == (failure, problem)
    assert mishap.is_forbidden == isinstance(error, Forbidden)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (Forbidden("bot was kicked from the supergroup chat"), Failure.CLOSED),
        (BadRequest("Chat not found"), Failure.CLOSED),
        (ChatMigrated(-1001), Failure.CLOSED),
        (BadRequest("Message is too long"), Failure.REFUSED),
    ],
)
def test_the_staffs_group_may_be_opened_again(error: TelegramError, failure: Failure) -> None:
    assert mishaps.read(error, to_staff=True).failure is failure


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_how_long_telegram_wants_to_be_left_alone() -> None:
    mishap = mishaps.read(RetryAfter(35), to_staff=True)
    assert (mishap.failure, mishap.retry_after) == (Failure.KNOWN, timedelta(seconds=35))
