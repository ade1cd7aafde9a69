"""Clocks: what a time zone shows within the next year."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

Year = Sequence[tuple[datetime, timedelta]]
"""From which instants a clock is how far ahead of UTC; two places with the same one show the same time."""

DAYS = 366
HALF_A_YEAR = timedelta(days=183)
MINUTE = timedelta(minutes=1)


def ahead(zone: str, at: datetime) -> timedelta:
    """Return how far the clock of a zone is ahead of UTC."""
    offset = at.astimezone(_zone(zone)).utcoffset()
    assert offset is not None, "a zone always knows"
    return offset


def year_of(zone: str, at: datetime) -> Year:
    """Return how a zone's clock goes in the year that begins on the day of `at`."""
    return _year_of(zone, at.astimezone(UTC).date())


def are_alike(zones: Iterable[str], at: datetime) -> bool:
    """Tell whether the clocks of all these zones show the same throughout the next year."""
    return len({year_of(zone, at) for zone in zones}) <= 1


def abbreviations(zone: str, at: datetime) -> set[str]:
    """Return what the zone's time is called in winter and in summer, in small letters: "est" and "edt"."""
    names = (instant.astimezone(_zone(zone)).tzname() for instant in (at, at + HALF_A_YEAR))
    return {name.lower() for name in names if name and name.isalpha()}


@lru_cache(maxsize=2048)
def _year_of(zone: str, first: date) -> Year:
    begins = datetime.combine(first, time(), UTC)
    days = [begins + timedelta(days=number) for number in range(DAYS)]
    changes = [(begins, ahead(zone, begins))]
    for before, after in pairwise(days):
        if ahead(zone, after) != changes[-1][1]:
            changes.append((_change(zone, before, after), ahead(zone, after)))
    return tuple(changes)


def _change(zone: str, before: datetime, after: datetime) -> datetime:
    """Return the minute in which the clock has changed, by halving."""
    old = ahead(zone, before)
    while after - before > MINUTE:
        middle = before + (after - before) // MINUTE // 2 * MINUTE
        before, after = (middle, after) if ahead(zone, middle) == old else (before, middle)
    return after


@cache
def _zone(name: str) -> ZoneInfo:
    """Return a zone; zoneinfo itself keeps eight and reads the others anew."""
    return ZoneInfo(name)
