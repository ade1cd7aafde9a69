"""How long it takes to compute the free slots of many advisors."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock

from admissions.consultations import Availability, Busy, free_slots
from bench.stopwatch import spread

ADVISORS, DAYS, BOOKINGS = 20, 21, 2000
ROUNDS = 100
ZONES = ("America/Chicago", "America/New_York", "America/Los_Angeles", "Europe/London", "Asia/Karachi")
NOW = datetime(2026, 10, 26, 15, 2, tzinfo=UTC)
"""The three weeks after it have the change of the clocks in the USA."""
SLOT, BUFFER = timedelta(minutes=30), timedelta(minutes=10)


def slots() -> None:
    """Print the time for 20 advisors over 21 days with 2,000 bookings; and before any day was computed."""
    advisors = [_advisor(number) for number in range(ADVISORS)]
    first = _milliseconds(advisors, [], NOW)
    busy = _bookings(advisors)
    times = [_milliseconds(advisors, busy, NOW + timedelta(minutes=number)) for number in range(ROUNDS)]
    print(f"free slots        {spread(times)} (asked: 10)")
    print(f"  at a start      {first:.1f} ms with nothing booked: the days are computed once")


def _milliseconds(advisors: Sequence[Availability], busy: Sequence[Busy], at: datetime) -> float:
    began = time.perf_counter()
    free_slots(advisors, busy, at=at)
    return (time.perf_counter() - began) * 1000


def _advisor(number: int) -> Availability:
    """Make an advisor who works nine to five with a break at noon, on weekdays."""
    return Availability(
        advisor_id=number,
        zone=ZONES[number % len(ZONES)],
        hours=dict.fromkeys(range(5), ((clock(9), clock(12)), (clock(13), clock(17)))),
        slot=SLOT,
        buffer=BUFFER,
        notice=timedelta(hours=12),
        horizon_days=DAYS,
        daily_limit=10,
        days_off=frozenset(),
    )


def _bookings(advisors: Sequence[Availability]) -> list[Busy]:
    """Book slots of each advisor at random, spread over the three weeks."""
    chance = random.Random(1)  # noqa: S311 - no secret
    return [
        Busy(advisor.advisor_id, slot.begins_at, slot.ends_at + BUFFER, counts=True)
        for advisor in advisors
        for slot in chance.sample(free_slots([advisor], [], at=NOW), BOOKINGS // ADVISORS)
    ]
