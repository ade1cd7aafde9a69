"""What is sent before a talk, and until when it is still of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from admissions.consultations.values import ReminderKind


@dataclass(frozen=True)
class DueTime:
    """When something is to be sent.

    Attributes:
        due_at: Aware.
        useful_until: Aware; what could not be sent by then is dropped.
    """

    kind: ReminderKind
    due_at: datetime
    useful_until: datetime


TIMES = {
    ReminderKind.DAY_BEFORE: (-timedelta(hours=24), -timedelta(hours=3)),
    ReminderKind.HOURS_BEFORE: (-timedelta(hours=2), -timedelta(minutes=30)),
    ReminderKind.BRIEF: (-timedelta(minutes=15), timedelta(minutes=10)),
    ReminderKind.MINUTES_BEFORE: (-timedelta(minutes=10), timedelta(minutes=5)),
}
"""From the beginning of the talk: when each is due, and until when it is useful."""


def due_times(begins_at: datetime, *, at: datetime) -> Sequence[DueTime]:
    """Return what is still to be sent for a talk, the earliest first.

    Args:
        begins_at: When the talk begins, aware.
        at: Now, aware; what is due at this moment or was before is not sent any more.
    """
    times = (DueTime(kind, begins_at + due, begins_at + until) for kind, (due, until) in TIMES.items())
    return [time for time in times if time.due_at > at]
