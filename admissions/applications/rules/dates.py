"""From when: dates as applicants write them. An own small grammar first, recognizers-text behind it."""

import calendar
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.applications.errors import NoSuchDate, PeriodUnclear, StartTooVague
from admissions.applications.rules import date_patterns as patterns
from admissions.applications.rules.durations import number_of
from admissions.applications.rules.recognizing import recognize


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
    line = _spelled(line)
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


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _recognized(line: str, today: date) -> Start | None:
    """Ask recognizers-text what our grammar does not know: "after Christmas"."""
    found = recognize(line, today)
    return Start(found.day, is_exact=found.is_exact) if found else None


def _named(line: str, today: date) -> list[Start]:
    """Return the dates named in a text, in its order."""
    found: list[tuple[int, Start]] = []
    for pattern, read in READERS:
        found += [(match.start(), read(match, today)) for match in pattern.finditer(line)]
        line = pattern.sub(lambda match: " " * len(match.group()), line)
    return [start for _, start in sorted(found, key=lambda pair: pair[0])]


def _until(first: Start, other: Start) -> Start:
    """Join two dates to a range: the second ends it."""
    end = other.end or (other.day if other.is_exact else _last_of_month(other.day))
    while end < first.day:
        end = add_months(end, 12)
    return Start(first.day, first.is_exact, first.is_middle, end=end)


def _day(match: re.Match[str], today: date) -> Start:
    month, last = patterns.month_number(match["month"]), match.groupdict().get("last")
    day = _dated(match["year"], month, int(match["day"]), today)
    return Start(day, is_exact=True, end=_dated(str(day.year), month, int(last), today) if last else None)


def _numeric(match: re.Match[str], today: date) -> Start:
    """Read 3/15/2027 as Americans do; 15/3/2027 and 15.3.2027 can only be the other way round."""
    month, day = int(match["first"]), int(match["second"] or match["day"])
    if match["mark"] == "." or month > len(patterns.MONTHS):
        month, day = day, month
    return Start(_dated(match["year"], month, day, today), is_exact=True)


def _month(match: re.Match[str], today: date) -> Start:
    part, month = (match["part"] or "").lower(), patterns.month_number(match["month"])
    day = _dated(match["year"], month, patterns.PARTS.get(part, 1), today)
    if part == "last":
        return Start(_last_of_month(day) - timedelta(days=6))
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


def _dated(year: str | None, month: int, day: int, today: date) -> date:
    if year and (named := re.search(r"\d\d$", year)):
        return _date(2000 + int(named.group()), month, day)
    if year:
        return _date(today.year + year.lower().startswith("next"), month, day)
    for next_year in (today.year, today.year + 1):
        with suppress(NoSuchDate):
            if (found := _date(next_year, month, day)) > today:
                return found
    raise NoSuchDate


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDate from None


def _last_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def _spelled(line: str) -> str:
    """Mend the names of months: "febuary"; "next march" is said as "march"."""
    mended = re.sub(r"[a-z]{5,}", lambda word: _mended(word.group()), line, flags=re.IGNORECASE)
    return patterns.NEXT_MONTHS.sub("", mended)


def _mended(word: str) -> str:
    near = process.extractOne(
        word.lower(), [*patterns.MONTHS], scorer=OSA.distance, score_cutoff=1 + (len(word) > 6)
    )
    return near[0] if near and word.lower() != near[0] and near[0][0] == word[0].lower() else word


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Start]], ...] = (
    (patterns.ISO, _day),
    (patterns.NUMERIC, _numeric),
    (patterns.MONTH_DAY, _day),
    (patterns.DAY_MONTH, _day),
    (patterns.WHOLE_MONTH, _month),
)
"""What is looked for first hides what is looked for later."""
