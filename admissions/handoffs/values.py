"""The plain values of handoffs."""

from dataclasses import dataclass
from enum import StrEnum


class HandoffReason(StrEnum):
    """Why an applicant passes to a person."""

    ASKED = "asked"
    NOT_UNDERSTOOD = "not_understood"
    FRUSTRATED = "frustrated"
    LISTED_WORDS = "listed_words"
    NOT_SOLVED = "not_solved"
    MY_DATA = "my_data"
    DELETE_DATA = "delete_data"


class HandoffState(StrEnum):
    """How far staff have come with a handoff."""

    OPEN = "open"
    TAKEN = "taken"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class RelayState(StrEnum):
    """What became of a message between an applicant and staff."""

    WAITING = "waiting"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True)
class Asked:
    """What is known of the moment in which a person was asked for.

    Attributes:
        said: The applicant's words, if they wrote any.
        understood_as: What they were taken for.
        confidence: How sure the language understanding was of that, from 0 to 1.
        listed: The list of words that they are on.
        is_crisis: Somebody may be in danger.
    """

    said: str | None = None
    understood_as: str | None = None
    confidence: float | None = None
    listed: str = ""
    is_crisis: bool = False


@dataclass(frozen=True)
class Member:
    """Somebody of the staff, as Telegram knows them."""

    id: int
    name: str
