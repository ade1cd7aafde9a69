"""What Telegram said lately of who is a member of the staff's group."""

from dataclasses import dataclass
from datetime import datetime

from admissions.staff import Standing


@dataclass(frozen=True)
class Membership:
    """An answer of Telegram's."""

    standing: Standing
    asked_at: datetime


class Members:
    """The answers, by Telegram id."""

    def __init__(self) -> None:
        self._known: dict[int, Membership] = {}

    def get(self, person_id: int) -> Membership | None:
        """Return what Telegram said of somebody, if it was asked."""
        return self._known.get(person_id)

    def note(self, person_id: int, at: datetime, standing: Standing) -> None:
        """Keep an answer."""
        self._known[person_id] = Membership(standing, at)

    def forget(self, person_id: int) -> None:
        """Drop an answer that holds no longer."""
        self._known.pop(person_id, None)
