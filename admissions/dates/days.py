"""Days named in a text: "8 december", "dec 8-10", "2026-12-08", "12/8"."""

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.dates import patterns

WORD = re.compile(r"[a-z]{5,}", re.IGNORECASE)
"""A word that is long enough to be mended."""
MONTHS = [*patterns.MONTHS]


class NotInCalendar(ValueError):
    """The calendar has no such day: 30 February."""


@dataclass(frozen=True)
class NamedDays:
    """One day as it was named, or several in a row.

    Attributes:
        start: Where in the text it begins.
        end: Where in the text it ends.
        day: The day, or the first.
        last: The last day, if one was named with the first: "march 1-26".
    """

    start: int
    end: int
    day: date
    last: date | None = None


def take_days(line: str, today: date, *, includes_today: bool = False) -> tuple[str, list[NamedDays]]:
    """Find the days named in a text.

    Args:
        line: The text; names of months are spelled right (`mend_months`).
        today: The date where the text was written; a day without a year is the next after it.
        includes_today: Whether such a day may be today itself.

    Returns:
        The text with blanks in their places, and the days in the order of the text.

    Raises:
        NotInCalendar: The calendar has no such day.
    """
    found: list[NamedDays] = []
    for pattern, read in READERS:
        found += [read(match, today, includes_today) for match in pattern.finditer(line)]
        line = pattern.sub(lambda match: " " * len(match.group()), line)
    return line, sorted(found, key=lambda days: days.start)


def dated(year: str | None, month: int, day: int, today: date, *, includes_today: bool = False) -> date:
    """Return a day of a year as it was written, "2027", "'27" or "next year"; without one the next.

    Raises:
        NotInCalendar: The calendar has no such day.
    """
    if year and (named := re.search(r"\d\d$", year)):
        return _date(2000 + int(named.group()), month, day)
    if year:
        return _date(today.year + year.lower().startswith("next"), month, day)
    for next_year in (today.year, today.year + 1):
        with suppress(NotInCalendar):
            found = _date(next_year, month, day)
            if found > today or (includes_today and found == today):
                return found
    raise NotInCalendar


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def mend_months(line: str) -> str:
    """Mend the names of months, "febuary"; "next march" is said as "march"."""
    return patterns.NEXT_MONTHS.sub("", WORD.sub(lambda word: mend_month(word.group()), line))


def mend_month(word: str) -> str:
    """Mend the name of a month; any other word stays as it is."""
    return word if word.lower() in patterns.NOT_MISSPELLED else _mended(word, MONTHS)


def mend(line: str, names: Iterable[str]) -> str:
    """Mend a slip in the names of months, weekdays and the like, "thrusday"; short words stay as they are."""
    known = [*names]
    return WORD.sub(lambda word: _mended(word.group(), known), line)


def _day(match: re.Match[str], today: date, includes_today: bool) -> NamedDays:
    month, last = patterns.month_number(match["month"]), match.groupdict().get("last")
    day = dated(match["year"], month, int(match["day"]), today, includes_today=includes_today)
    return NamedDays(*match.span(), day, _date(day.year, month, int(last)) if last else None)


def _numeric(match: re.Match[str], today: date, includes_today: bool) -> NamedDays:
    """Read 3/15/2027 as Americans do; 15/3/2027 and 15.3.2027 can only be the other way round."""
    month, day = int(match["first"]), int(match["second"] or match["day"])
    if match["mark"] == "." or month > len(patterns.MONTHS):
        month, day = day, month
    return NamedDays(*match.span(), dated(match["year"], month, day, today, includes_today=includes_today))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotInCalendar from None


def _mended(word: str, names: Sequence[str]) -> str:
    plain = word.lower()
    alike = [name for name in names if name[0] == plain[0]]
    near = (
        process.extractOne(plain, alike, scorer=OSA.distance, score_cutoff=1 + (len(word) > 6)) if alike else None
    )
    return near[0] if near and near[0] != plain else word


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, bool], NamedDays]], ...] = (
    (patterns.ISO, _day),
    (patterns.NUMERIC, _numeric),
    (patterns.MONTH_DAY, _day),
    (patterns.DAY_MONTH, _day),
)
"""What is looked for first hides what is looked for later."""
