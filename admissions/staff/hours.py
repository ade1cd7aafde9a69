"""When the office is open, by the clocks there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

AHEAD: Final = 370
"""Days to look for an open one; an office that is closed longer has no hours to tell."""

Opening = tuple[datetime, datetime]


@dataclass(frozen=True)
class OfficeHours:
    """When the office is open.

    Attributes:
        zone: Whose clocks the hours go by.
        hours: By the number of the weekday, Monday being 0: from and until when.
        days_off: Days on which it is closed all the same.
    """

    zone: ZoneInfo
    hours: Mapping[int, Sequence[tuple[time, time]]]
    days_off: frozenset[date]


def is_open(office: OfficeHours, at: datetime) -> bool:
    """Tell whether the office is open at a moment, aware; at the closing minute it is not any more."""
    return any(begins <= at < ends for begins, ends in _openings(office, _day(office, at)))


def opens_at(office: OfficeHours, at: datetime) -> datetime | None:
    """Return when the office opens next after a moment, aware; None if it does not within a year."""
    days = (_day(office, at) + timedelta(ahead) for ahead in range(AHEAD))
    openings = (opening for day in days for opening in _openings(office, day))
    return next((begins for begins, _ in openings if begins > at), None)


def worked(office: OfficeHours, since: datetime, until: datetime) -> timedelta:
    """Return how long the office was open between two moments, aware."""
    first = _day(office, since)
    days = takewhile(lambda day: day <= _day(office, until), (first + timedelta(ahead) for ahead in range(AHEAD)))
    openings = (opening for day in days for opening in _openings(office, day))
    spans = (min(ends, until) - max(begins, since) for begins, ends in openings)
    return sum((span for span in spans if span > timedelta()), timedelta())


def _openings(office: OfficeHours, day: date) -> Iterator[Opening]:
    if day in office.days_off:
        return
    for begins, ends in office.hours.get(day.weekday(), ()):
        yield _moment(office, day, begins), _moment(office, day, ends)


def _moment(office: OfficeHours, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, office.zone).astimezone(
        UTC
    )  # compared as instants, whatever the clocks do


def _day(office: OfficeHours, at: datetime) -> date:
    return at.astimezone(office.zone).date()
