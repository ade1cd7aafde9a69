"""Refusals, with Telegram's codes and words."""

from typing import NoReturn


class ApiError(Exception):
    """A Bot API call that Telegram refuses.

    Attributes:
        code: The HTTP status, which is also the answer's error_code.
        description: Telegram's own words.
        retry_after: Seconds to wait, for 429 only.
    """

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


class PersonError(Exception):
    """A person's action that no Telegram client would allow.

    Attributes:
        status: The HTTP status of the answer.
    """

    def __init__(self, words: str, *, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


def bad_request(words: str) -> ApiError:
    """Refuse as Telegram does: its words begin small, unless they are a code such as BUTTON_DATA_INVALID."""
    return ApiError(400, f"Bad Request: {words}")


def refuse(words: str) -> NoReturn:
    """Refuse at once, in words that depend on the call."""
    raise bad_request(words) from None


def forbidden(words: str) -> ApiError:
    """Refuse because of who the bot talks to."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """Refuse because updates are already taken another way."""
    return ApiError(409, f"Conflict: {words}")


def too_many_requests(seconds: int) -> ApiError:
    """Refuse for a while."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
