"""What a tap on a consultation's button has chosen so far, as the button's own data.

The data says all that its message shows, so that what is booked is what was read, on whichever device.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final, Self

from admissions.consultations import Medium, Topic

DAYS: Final = "days"
ADVISORS: Final = "advisors"
ADVISOR: Final = "advisor:"
DAY: Final = "day:"
TIME: Final = "time:"
TOPIC: Final = "about:"
BOOK: Final = "book:"
SHIFT: Final = "shift:"
CANCEL: Final = "cancel:"
KEEP_TALK: Final = "keep_talk"
WAIT: Final = "wait"
STOP_WAITING: Final = "stop_waiting"
TAKE_OFFER: Final = "take_offer"
COMING: Final = "coming:"
LATE: Final = "late:"
PLACE: Final = "place:"
ZONE: Final = "zone:"
OTHER_PLACE: Final = "other_place"
MOVE: Final = "/reschedule_consultation"
CANCEL_ASKED: Final = "/cancel_consultation"
HELD: Final = "held:"
NO_SHOW: Final = "no_show:"
NEXT_STEP: Final = "next_step:"
ASK_TO_MOVE: Final = "ask_to_move:"


@dataclass(frozen=True)
class Pick:
    """A slot, and what is known of the talk in it.

    Attributes:
        begins_at: Aware, UTC.
        advisor_id: With whom; None for any advisor.
    """

    begins_at: datetime
    advisor_id: int | None = None
    topic: Topic | None = None
    medium: Medium | None = None

    def data(self, prefix: str) -> str:
        """Return a button's data."""
        parts = [int(self.begins_at.timestamp()), self.advisor_id or 0, self.topic, self.medium]
        return prefix + ":".join(str(part) for part in parts if part is not None)

    @classmethod
    def read(cls, data: str) -> Self:
        """Read a button's data."""
        _, seconds, advisor_id, *rest = data.split(":")
        topic, medium, *_ = [*rest, None, None]
        return cls(
            datetime.fromtimestamp(int(seconds), UTC),
            int(advisor_id) or None,
            Topic(topic) if topic else None,
            Medium(medium) if medium else None,
        )

    def about(self, topic: Topic) -> "Pick":
        """Return the same with a topic."""
        return replace(self, topic=topic)

    def by(self, medium: Medium) -> "Pick":
        """Return the same with a medium."""
        return replace(self, medium=medium)


def day_data(day: date, page: int = 0) -> str:
    """Return the data of a button that shows the times of a day, from a page on."""
    return f"{DAY}{day.isoformat()}:{page}"


def read_day(data: str) -> tuple[date, int]:
    """Read the data of a button that shows the times of a day."""
    _, day, page = data.split(":")
    return date.fromisoformat(day), int(page)
