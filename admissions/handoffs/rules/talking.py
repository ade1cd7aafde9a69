"""Who talks with an applicant, and what a line of the staff's is for."""

from datetime import datetime, timedelta
from typing import Final

from admissions.handoffs.values import HandoffState

REOPENS_WITHIN: Final = timedelta(days=7)
"""After it was resolved; later a new handoff begins."""
INTERNAL: Final = "//"
"""A line that begins so stays with the staff."""
COURTESY: Final = frozenset(
    {
        "thanks",
        "thank",
        "you",
        "u",
        "very",
        "much",
        "so",
        "a",
        "lot",
        "many",
        "ok",
        "okay",
        "k",
        "great",
        "good",
        "fine",
    }
    | {
        "perfect",
        "nice",
        "bye",
        "goodbye",
        "take",
        "care",
        "sir",
        "madam",
        "ma'am",
        "dear",
        "yes",
        "sure",
        "welcome",
    }
    | {"have", "day", "night", "thx", "ty"}
)
"""Words that ask nothing: a message of these alone does not open anything again."""


def is_resting(state: HandoffState, rests_until: datetime | None, at: datetime) -> bool:
    """Tell whether the assistant is silent, because a person talks."""
    return state is HandoffState.TAKEN and rests_until is not None and at < rests_until


def reopens(resolved_at: datetime | None, at: datetime) -> bool:
    """Tell whether a handoff that was resolved goes on with what is written now."""
    return resolved_at is not None and at - resolved_at <= REOPENS_WITHIN


def without_internal(text: str) -> str:
    """Return what of a text of the staff's is for the applicant; nothing, if all of it is internal."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(INTERNAL)).strip()


def is_internal(text: str) -> bool:
    """Tell whether a part of a text of the staff's stays with them."""
    return any(line.lstrip().startswith(INTERNAL) for line in text.splitlines())


def is_courtesy(text: str) -> bool:
    """Tell whether a message asks nothing, such as "thank you so much" or a thumb."""
    words = "".join(letter if letter.isalnum() or letter == "'" else " " for letter in text.lower()).split()
    return all(word in COURTESY for word in words)
