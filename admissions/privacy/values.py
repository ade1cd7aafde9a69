"""The words of the subject: why somebody is forgotten, what is left of them, how long data are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Self


class Occasion(StrEnum):
    """Why somebody is forgotten."""

    ASKED = "asked"
    """They wanted it."""
    EXPIRED = "expired"
    """Their data were kept as long as they are kept."""


@dataclass(frozen=True)
class Leftovers:
    """What is left of somebody outside the database.

    Attributes:
        files: Their names in the store.
        thread: The number of their topic in the staff's group.
        messages: What was written to others about them: recipient and number, as the outbox has them.
    """

    files: Sequence[str] = ()
    thread: int | None = None
    messages: Sequence[tuple[int, int]] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the database keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `as_json` returned."""
        messages = [(recipient, number) for recipient, number in kept["messages"]]
        return cls(kept["files"], kept["thread"], messages)


@dataclass(frozen=True)
class Keeping:
    """How long data are kept of somebody of whom nothing more is heard; the operator's choice.

    Attributes:
        drafts: Where nothing was ever submitted.
        closed: Where an application was, and has ended.
        warned_before: How long before they are told.
    """

    drafts: timedelta
    closed: timedelta
    warned_before: timedelta
