"""What an applicant types to narrow the choice of slots: "tuesday afternoon", "after 5pm my time", "next week"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from admissions.consultations.rules import wish_patterns as patterns
from admissions.consultations.rules.clock_times import (
    DAY_ENDS,
    PARTS,
    Window,
    mark_halves,
    take_window,
)
from admissions.consultations.rules.lines import Line
from admissions.consultations.rules.wish_days import Days, take_wished_days
from admissions.consultations.values import Slot, Wish

LONGEST = 500
"""Characters; who writes more says more than when."""


@dataclass(frozen=True)
class Reading:
    """What a text says of days and of the time of the day; `is_whole` if it says nothing else."""

    days: Days
    window: Window | None
    is_whole: bool


def read_wish(text: str, *, today: date) -> Wish | None:
    """Read when somebody would like to talk; None if the text says nothing of it.

    Args:
        text: What was typed; a day that is over is understood too, and no slot will be on it.
        today: The date in the applicant's zone.

    Raises:
        NoSuchDay: The calendar has no such day.
    """
    reading = read_times(text, today=today)
    if reading is None:
        return None
    between = (reading.window.first, reading.window.last) if reading.window else None
    return Wish(reading.days.range, reading.days.weekdays, between, reading.is_whole)


def read_times(text: str, *, today: date) -> Reading | None:
    """Read what a text says of days and of the time of the day; None if nothing.

    Raises:
        NoSuchDay: The calendar has no such day.
    """
    if len(text) > LONGEST:
        return None
    line = Line(text)
    is_tonight = "tonight" in line.text
    mark_halves(line)
    days = take_wished_days(line, today)
    window = take_window(line, has_day=bool(days.range or days.weekdays))
    if is_tonight and window is None:
        window = Window(PARTS["evening"][0], DAY_ENDS)
    if patterns.OTHER_CLOCK.search(line.text):
        window = None  # a time in another zone is none of the applicant's
    if not (days.range or days.weekdays or days.is_any or window):
        return None
    return Reading(days, window, line.is_read)


def narrow(slots: Iterable[Slot], wish: Wish, zone: tzinfo) -> Sequence[Slot]:
    """Return the slots that begin and end as was wished, by the clocks in the applicant's zone."""
    return [slot for slot in slots if _fits(slot, wish, zone)]


def _fits(slot: Slot, wish: Wish, zone: tzinfo) -> bool:
    begins, ends = slot.begins_at.astimezone(zone), slot.ends_at.astimezone(zone)
    day = begins.date()
    if wish.days and not wish.days[0] <= day <= wish.days[1]:
        return False
    if wish.weekdays is not None and day.weekday() not in wish.weekdays:
        return False
    if wish.between is None:
        return True
    first, last = wish.between
    return first <= begins.time() and (
        last == DAY_ENDS or ends.replace(tzinfo=None) <= datetime.combine(day, last)
    )
