"""From when: dates as applicants write them. An own small grammar first, recognizers-text behind it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from admissions.applications.errors import NoSuchDate, PeriodUnclear, StartTooVague
from admissions.applications.rules.recognizing import recognize
from admissions.dates import NotInCalendar, add_months, dated, last_of_month, mend_months, patterns, take_days
from admissions.dates.durations import number_of


@dataclass(frozen=True)
class Start:
    """A start as it was said.

    Attributes:
        day: The day, or the first of those that may be meant.
        is_exact: Whether the very day was named.
        is_middle: Whether the days around it are meant as much as those after it.
        is_soonest: Whether any day is right, the sooner the better.
        end: The last day, if it was named.
    """

    day: date
    is_exact: bool = False
    is_middle: bool = False
    is_soonest: bool = False
    end: date | None = None


def find_start(line: str, today: date, *, is_whole: bool) -> Start | None:
    """Find from when somebody wants to come, and until when if that is said.

    Args:
        line: What was said, without how long.
        today: The date in the applicant's zone; a day without a year is the next after it.
        is_whole: Whether nothing else was said, so that a text without dates is no answer at all.

    Raises:
        PeriodUnclear: There is no date, and nothing else was said.
        StartTooVague: Only a year was said.
        NoSuchDate: The calendar has no such day.
    """
    line = mend_months(line)
    starts = _named(line, today)
    if starts:
        first, *others = starts
        return _until(first, others[0]) if others else first
    if start := _relative(line, today) or _recognized(line, today):
        return start
    if found := patterns.YEAR_ALONE.search(line):
        raise StartTooVague(int(found["year"] or today.year + found.group().lower().startswith("next")))
    if is_whole:
        raise PeriodUnclear
    return None


def _recognized(line: str, today: date) -> Start | None:
    """Ask recognizers-text what our grammar does not know: "after Christmas"."""
    found = recognize(line, today)
    return Start(found.day, is_exact=found.is_exact) if found else None


def _named(line: str, today: date) -> list[Start]:
    """Return the dates named in a text, in its order: days first, then whole months in what is left."""
    try:
        line, days = take_days(line, today)
        starts = [(each.start, Start(each.day, is_exact=True, end=each.last)) for each in days]
        starts += [(match.start(), _month(match, today)) for match in patterns.WHOLE_MONTH.finditer(line)]
    except NotInCalendar:
        raise NoSuchDate from None
    return [start for _, start in sorted(starts, key=lambda pair: pair[0])]


def _until(first: Start, other: Start) -> Start:
    """Join two dates to a range: the second ends it."""
    end = other.end or (other.day if other.is_exact else last_of_month(other.day))
    while end < first.day:
        end = add_months(end, 12)
    return Start(first.day, first.is_exact, first.is_middle, end=end)


def _month(match: re.Match[str], today: date) -> Start:
    part, month = (match["part"] or "").lower(), patterns.month_number(match["month"])
    day = dated(match["year"], month, patterns.PARTS.get(part, 1), today)
    if part == "last":
        return Start(last_of_month(day) - timedelta(days=6))
    return Start(day, is_middle=part.startswith("mid"))


def _relative(line: str, today: date) -> Start | None:
    if patterns.SOONEST.search(line):
        return Start(today, is_soonest=True)
    if patterns.NEXT_MONTH.search(line):
        return Start(add_months(today, 1).replace(day=1))
    if found := patterns.RELATIVE.search(line):
        count, unit = round(number_of(found["count"] or found["later"])), found["unit"].lower()
        if unit in {"day", "week"}:
            return Start(today + count * timedelta(days=1 if unit == "day" else 7))
        return Start(add_months(today, count * (12 if unit == "year" else 1)))
    return None
