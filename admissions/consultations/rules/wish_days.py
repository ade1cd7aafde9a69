"""Days in a text: "next week", "mondays or wednesdays", "not friday", "after 8 december", "tomorrow"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce

from admissions.consultations.errors import NoSuchDay
from admissions.consultations.rules import wish_patterns as patterns
from admissions.consultations.rules.lines import Line
from admissions.dates import NotInCalendar, add_months, dated, last_of_month, take_days
from admissions.dates import patterns as date_patterns

WEEK = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
WEEKEND = WEEK - WORKING_DAYS
SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

COUNTS = {"a": 1, "an": 1, "few": 3, "couple of": 2} | patterns.NUMBERS


@dataclass(frozen=True)
class Piece:
    """Days in a row that a part of the text names; `is_day` if that is one date."""

    start: int
    end: int
    first: date
    last: date
    is_day: bool = False


@dataclass(frozen=True)
class Days:
    """What a text says of days.

    Attributes:
        range: The first and the last that are meant; None for any.
        weekdays: Those that are meant, Monday being 0; None for all.
        is_any: Whether it says that any day is right.
    """

    range: tuple[date, date] | None = None
    weekdays: frozenset[int] | None = None
    is_any: bool = False


def take_wished_days(line: Line, today: date) -> Days:
    """Take all that names days out of a line.

    Raises:
        NoSuchDay: The calendar has no such day.
    """
    line.text = patterns.MONTH_DAYS.sub(r"\1 \2 \3 \1 \4", line.text)
    line.text = patterns.DAYS_OF_MONTH.sub(r"\1 \4 \2 \3 \4", line.text)
    pieces = [*_dates(line, today), *_near(line, today)]
    without = _weekdays(match["days"] for match in line.take(patterns.NOT_DAYS))
    pieces += _those_weekdays(line, today)
    spans = [_span(match["first"], match["last"]) for match in line.take(patterns.SPAN_OF_WEEKDAYS)]
    pieces += _bound_weekdays(line, today)
    named = _weekdays(match.group() for match in line.take(patterns.WEEKDAYS)).union(*spans)
    is_any = any([*line.take(patterns.SOONEST)])
    if any(piece.is_day for piece in pieces):
        named = without = frozenset()
    weekdays = (named or WEEK) - without if named or without else None
    return Days(_joined(line, pieces, today), weekdays or None, is_any)


def coming(weekday: int, today: date) -> date:
    """Return the next such weekday, which may be today."""
    return today + timedelta((weekday - today.weekday()) % 7)


def _dates(line: Line, today: date) -> Iterator[Piece]:
    try:
        line.text, named = take_days(line.text, today, includes_today=True)
        yield from (Piece(each.start, each.end, each.day, each.last or each.day, is_day=True) for each in named)
        for match in date_patterns.WHOLE_MONTH.finditer(line.text):
            if _is_month(match):
                line.blank(*match.span())
                yield Piece(*match.span(), *_month(match, today))
    except NotInCalendar:
        raise NoSuchDay from None
    for match in line.take(patterns.DAY_OF_MONTH):
        day = _day_of_month(int(match["day"]), today)
        yield Piece(*match.span(), day, day, is_day=True)


def _is_month(match: re.Match[str]) -> bool:
    """Tell a month from a season, which is too far and too long, and from the verb "may"."""
    if match["month"] in date_patterns.SEASONS:
        return False
    return match["month"] != "may" or bool(
        match["part"] or patterns.BEFORE_MONTH.search(match.string[: match.start()])
    )


def _month(match: re.Match[str], today: date) -> tuple[date, date]:
    part = (match["part"] or "").lower()
    begin = date_patterns.PARTS.get(part, 1)
    first = _month_begins(match, today).replace(day=begin)
    return first, first + timedelta(9) if part and begin < date_patterns.PARTS["late"] else last_of_month(first)


def _month_begins(match: re.Match[str], today: date) -> date:
    month = date_patterns.month_number(match["month"])
    if month == today.month and not match["year"]:
        return today.replace(day=1)
    return dated(match["year"], month, 1, today, includes_today=True)


def _day_of_month(day: int, today: date) -> date:
    """Return the next day with that number, in this month or one of the next two."""
    for months in range(3):
        month = add_months(today.replace(day=1), months)
        if 1 <= day <= last_of_month(month).day and month.replace(day=day) >= today:
            return month.replace(day=day)
    raise NoSuchDay


def _near(line: Line, today: date) -> Iterator[Piece]:
    for match in line.take(patterns.NEAR):
        first, last = _named_near(match.lastgroup or "", today)
        yield Piece(*match.span(), first, last)
    for match in line.take(patterns.DISTANT):
        first, last = _distant(match, today)
        yield Piece(*match.span(), first, last)


def _named_near(name: str, today: date) -> tuple[date, date]:
    monday = today - timedelta(today.weekday())
    next_month = add_months(today.replace(day=1), 1)
    return {
        "yesterday": (today - timedelta(1), today - timedelta(1)),
        "today": (today, today),
        "tonight": (today, today),
        "tomorrow": (today + timedelta(1), today + timedelta(1)),
        "overmorrow": (today + timedelta(2), today + timedelta(2)),
        "week": (today, monday + timedelta(6)),
        "next_week": (monday + timedelta(7), monday + timedelta(13)),
        "after_next": (monday + timedelta(14), monday + timedelta(20)),
        "month": (today, last_of_month(today)),
        "next_month": (next_month, last_of_month(next_month)),
    }[name]


def _distant(match: re.Match[str], today: date) -> tuple[date, date]:
    """Read "in 3 days" as that day, "in 3 weeks" as that week, "within 3 days" as all the days until then."""
    count = int(match["count"]) if match["count"].isdigit() else COUNTS[match["count"]]
    day = today + count * timedelta(7 if match["unit"] == "week" else 1)
    if match["within"] not in {"in", "after"}:
        return today, day
    if match["unit"] == "day":
        return day, day
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def _those_weekdays(line: Line, today: date) -> Iterator[Piece]:
    """Read "next tuesday" as that of next week, "this tuesday" as the coming one."""
    for match in line.take(patterns.THAT_WEEKDAY):
        weekday = 5 if match["day"].startswith("week") else _number(match["day"])
        monday = today - timedelta(today.weekday())
        first = monday + timedelta(7 + weekday) if match["which"] == "next" else coming(weekday, today)
        yield Piece(*match.span(), first, first + timedelta(match["day"].startswith("week")))


def _bound_weekdays(line: Line, today: date) -> Iterator[Piece]:
    for match in patterns.BOUND_WEEKDAY.finditer(line.text):
        day = coming(_number(match["day"]), today)
        line.blank(*match.span("day"))
        yield Piece(*match.span("day"), day, day)


def _weekdays(written: Iterable[str]) -> frozenset[int]:
    return frozenset().union(*(_each(name) for days in written for name in re.findall(patterns.ANY_DAYS, days)))


def _each(name: str) -> frozenset[int]:
    if re.match(r"week\s?end", name):
        return WEEKEND
    return WORKING_DAYS if name.startswith(("week", "work")) else frozenset({_number(name)})


def _span(first: str, last: str) -> frozenset[int]:
    begin, end = _number(first), _number(last)
    return frozenset(day % 7 for day in range(begin, end + 1 if end >= begin else end + 8))


def _number(name: str) -> int:
    return SHORT.index(name[:3])


def _joined(line: Line, pieces: Iterable[Piece], today: date) -> tuple[date, date] | None:
    """Join the pieces: "8 - 10 december", "tomorrow or friday"; and cut them where "after" or "before" says so."""
    bounds, open_ranges = [], []
    for piece in _merged(line, sorted(pieces, key=lambda piece: piece.start)):
        before = line.text[: piece.start]
        if patterns.NOT_LEAD.search(before):
            bounds.append((piece.last + timedelta(1), date.max))
        elif (lead := patterns.LEAD.search(before)) and not (lead["lead"] == "from" and piece.first != piece.last):
            line.blank(lead.start(), lead.end())
            bounds.append(_bounded(lead["lead"], piece, today))
        else:
            open_ranges.append((piece.first, piece.last))
    if open_ranges:
        bounds.append((min(first for first, _ in open_ranges), max(last for _, last in open_ranges)))
    return reduce(lambda one, other: (max(one[0], other[0]), min(one[1], other[1])), bounds) if bounds else None


def _bounded(lead: str, piece: Piece, today: date) -> tuple[date, date]:
    if lead == "after":
        return piece.last + timedelta(1), date.max
    if lead in {"from", "since", "starting", "not before"}:
        return piece.first, date.max
    return today, piece.first - timedelta(1) if lead == "before" else piece.last


def _merged(line: Line, pieces: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        if merged and patterns.JOINT.fullmatch(line.text[merged[-1].end : piece.start]):
            line.blank(merged[-1].end, piece.start)
            merged[-1] = _through(merged[-1], piece)
        else:
            merged.append(piece)
    return merged


def _through(one: Piece, other: Piece) -> Piece:
    """Reach from one piece to another; what would end before it begins began last year."""
    if other.last < one.first:
        return replace(one, end=other.end, first=add_months(one.first, -12), last=other.last)
    return replace(one, end=other.end, last=max(one.last, other.last))
