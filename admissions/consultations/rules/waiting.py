"""How long a slot is held for whoever waits, and when they can be asked."""

from datetime import datetime, time, timedelta, tzinfo

HOLDS_FOR = timedelta(minutes=30)
WAKES, SLEEPS = time(7), time(23)
"""By the applicant's own clock: an offer that lasts half an hour is no use to a sleeper."""


def is_awake(at: datetime, zone: tzinfo) -> bool:
    """Tell whether somebody can be expected to see an offer in time."""
    return WAKES <= at.astimezone(zone).time() < SLEEPS
