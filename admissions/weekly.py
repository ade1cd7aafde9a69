"""Working hours, days off and public holidays, as people write them in the files they edit."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache
from itertools import pairwise
from typing import Annotated
from zoneinfo import available_timezones

import holidays
from pydantic import AfterValidator, BeforeValidator, PlainSerializer
from rapidfuzz import process

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(name: str) -> str:
    if name not in WEEKDAYS:
        raise ValueError(f"{name} is no weekday; they are {', '.join(WEEKDAYS)}")
    return name


def _zone(name: str) -> str:
    if name in _zones():
        return name
    near = process.extractOne(name, sorted(_zones()))
    raise ValueError(f"there is no time zone {name}" + (f"; perhaps {near[0]}" if near else ""))


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _interval(written: object) -> tuple[time, time]:
    found = re.fullmatch(r"(\d\d?:\d\d)\s*[-\u2013]\s*(\d\d?:\d\d)", str(written).strip())
    if not found:
        raise ValueError(f'{written} is no interval such as "09:00-12:00"')
    begin, end = _clock(found[1]), _clock(found[2])
    if end <= begin:
        raise ValueError(f"{written} ends before it begins")
    return begin, end


def _clock(written: str) -> time:
    try:
        return time.fromisoformat(written.zfill(5))
    except ValueError:
        raise ValueError(f"there is no time {written}") from None


def _apart(intervals: tuple[tuple[time, time], ...]) -> tuple[tuple[time, time], ...]:
    ordered = tuple(sorted(intervals))
    for one, other in pairwise(ordered):
        if other[0] < one[1]:
            raise ValueError(f"{shown(one)} and {shown(other)} overlap")
    return ordered


def _days(written: object) -> tuple[date, date]:
    first, _, last = str(written).partition(" - ")
    days = _day(first.strip()), _day((last or first).strip())
    if days[1] < days[0]:
        raise ValueError(f"{written} ends before it begins")
    return days


def _day(written: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        raise ValueError(f"{written} is no day such as 2026-12-24")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"the calendar has no day {written}") from None


def _holidays(code: str) -> str:
    country, _, part = code.partition("-")
    parts = _countries().get(country)
    if parts is None:
        raise ValueError(f"no holidays are known for {country}; write the two letters of a country, such as US")
    if part and part not in parts:
        raise ValueError(
            f"no holidays are known for {part} in {country}; there are {', '.join(parts) or 'no parts'}"
        )
    return code


@cache
def _countries() -> Mapping[str, Sequence[str]]:
    return holidays.list_supported_countries()


Interval = Annotated[
    tuple[time, time],
    BeforeValidator(_interval),
    PlainSerializer(lambda interval: shown(interval), when_used="json"),
]
Hours = Mapping[Annotated[str, AfterValidator(_weekday)], Annotated[tuple[Interval, ...], AfterValidator(_apart)]]
DaysOff = Annotated[
    tuple[date, date],
    BeforeValidator(_days),
    PlainSerializer(lambda days: " - ".join(map(str, days)), when_used="json"),
]
Weekday = Annotated[str, AfterValidator(_weekday)]
Zone = Annotated[str, AfterValidator(_zone)]
Holidays = Annotated[str, AfterValidator(_holidays)]


def by_number(hours: Hours) -> dict[int, tuple[tuple[time, time], ...]]:
    """Return the hours by the number of the weekday, Monday being 0, without the days that have none."""
    return {WEEKDAYS.index(weekday): intervals for weekday, intervals in hours.items() if intervals}


def shown(interval: tuple[time, time]) -> str:
    """Write an interval as the file has it."""
    return "-".join(format(clock, "%H:%M") for clock in interval)


@cache
def public_holidays(where: str, year: int) -> frozenset[date]:
    """Return the public holidays of a year in a country, such as US, or in a part of it, such as US-TX."""
    country, _, part = where.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
