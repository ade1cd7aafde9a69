"""What counts as what, in the figures."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from admissions.reports.values import Wait

HOUSTON: Final = ZoneInfo("America/Chicago")
REPORTED_AT: Final = time(8)
"""By Houston's clock, on Mondays."""


def next_report_at(at: datetime) -> datetime:
    """Return the next Monday at eight in Houston, aware; one that is this very moment counts."""
    there = at.astimezone(HOUSTON)
    monday = there.date() + timedelta(days=-there.weekday() % 7)
    moment = datetime.combine(monday, REPORTED_AT, HOUSTON)
    if moment < at:
        moment = datetime.combine(monday + timedelta(weeks=1), REPORTED_AT, HOUSTON)
    return moment.astimezone(at.tzinfo)


def waited(asked: int, waits: Sequence[timedelta]) -> Wait:
    """Sum up how long applicants waited for a person.

    Args:
        asked: How many asked.
        waits: How long those waited who do not any more.
    """
    middle = timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None
    return Wait(asked, asked - len(waits), middle, max(waits, default=None))
