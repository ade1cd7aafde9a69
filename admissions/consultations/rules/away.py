"""When an advisor is away, as they type it: "fri 14:00-17:00", "tomorrow", "24 dec - 2 jan"."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from admissions.consultations.errors import AwayInThePast, AwayUnclear
from admissions.consultations.rules.clock_times import DAY_ENDS, Window
from admissions.consultations.rules.wish_days import Days, coming
from admissions.consultations.rules.wishes import Reading, read_times

SAID = re.compile(r"\b(?:i'm|away|off|out|absent|sick|ill|busy|leave|vacation|holidays?)\b", re.IGNORECASE)
"""Words that say no more than the command itself."""

DENIED = re.compile(r"\b(?:not|no|except|but)\b", re.IGNORECASE)
WHOLE_DAY = Window(time.min, DAY_ENDS)


def read_away(text: str, *, zone: tzinfo, at: datetime) -> tuple[datetime, datetime]:
    """Read from when until when an advisor is away.

    Args:
        text: What was typed: days, or one day with a time from and until; a weekday is the coming one.
        zone: The advisor's; a time without a day is today's there.
        at: Now, aware.

    Returns:
        The beginning and the end, aware, UTC; days last from midnight to midnight.

    Raises:
        AwayUnclear: It says something else, or not until when.
        AwayInThePast: It would be over already.
        NoSuchDay: The calendar has no such day.
    """
    now = at.astimezone(zone)
    reading = read_times(SAID.sub(" ", text), today=now.date())
    if reading is None or not reading.is_whole or DENIED.search(text):
        raise AwayUnclear
    first, last = _days(reading, now)
    window = reading.window or WHOLE_DAY
    if window.is_exact or last == date.max or (first != last and reading.window):
        raise AwayUnclear
    begins_at, ends_at = _instant(first, window.first, zone), _instant(last, window.last, zone)
    if ends_at <= at:
        raise AwayInThePast
    return begins_at, ends_at


def _days(reading: Reading, now: datetime) -> tuple[date, date]:
    days = reading.days
    if days.weekdays is not None:
        return _run(days, days.weekdays, reading.window, now)
    if days.range is None and reading.window is None:
        raise AwayUnclear
    return days.range or (now.date(), now.date())


def _run(days: Days, weekdays: frozenset[int], window: Window | None, now: datetime) -> tuple[date, date]:
    """Return the days in a row that some weekdays are, in the days that were named or else the coming ones."""
    begins = [weekday for weekday in weekdays if (weekday - 1) % 7 not in weekdays]
    if len(begins) != 1:
        raise AwayUnclear
    [begin] = begins
    first = coming(begin, days.range[0] if days.range else now.date())
    if days.range is None and window and first == now.date() and window.last <= now.time():
        first += timedelta(7)
    last = first + timedelta(len(weekdays) - 1)
    if days.range and last > days.range[1]:
        raise AwayUnclear
    return first, last


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    if clock == DAY_ENDS:
        day, clock = day + timedelta(1), time.min
    return datetime.combine(day, clock, zone).astimezone(UTC)
