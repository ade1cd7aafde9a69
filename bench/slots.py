"""How long it takes to compute the free slots of many advisors."""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from admissions import applicants, consultations, schema
from admissions.consultations import (
    AdvisorEntry,
    AdvisorsFile,
    Availability,
    Busy,
    Consultation,
    ConsultationStatus,
    free_slots,
)
from admissions.database import Database
from bench.stopwatch import spread

ADVISORS, DAYS, BOOKINGS = 20, 21, 2000
ROUNDS = 100
ZONES = ("America/Chicago", "America/New_York", "America/Los_Angeles", "Europe/London", "Asia/Karachi")
NOW = datetime(2026, 10, 26, 15, 2, tzinfo=UTC)
"""The three weeks after it have the change of the clocks in the USA."""
SLOT, BUFFER = timedelta(minutes=30), timedelta(minutes=10)


def slots(folder: Path) -> None:
    """Print the time for 20 advisors over 21 days with 2,000 bookings, at a start, and with reading the rows."""
    advisors = [_advisor(number) for number in range(ADVISORS)]
    first = _milliseconds(advisors, [], NOW)
    busy = _bookings(advisors)
    times = [_milliseconds(advisors, busy, NOW + timedelta(minutes=number)) for number in range(ROUNDS)]
    print(f"free slots        {spread(times)} (asked: 10)")
    print(f"  at a start      {first:.1f} ms with nothing booked: the days are computed once")
    print(f"  from the rows   {spread(asyncio.run(_from_rows(folder, busy)))} with reading 2,000 of them")


async def _from_rows(folder: Path, busy: Sequence[Busy]) -> list[float]:
    """Store the same advisors and bookings, and ask the core as the bot does."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'slots.db'}")
    await schema.upgrade(database)
    hours = {day: ["09:00-12:00", "13:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    rest = {"slot_minutes": 30, "buffer_minutes": 10, "notice_hours": 12, "horizon_days": DAYS, "daily_limit": 10}
    entries = {
        f"advisor-{number}": AdvisorEntry.model_validate(
            {
                "name": f"Advisor {number}",
                "zone": ZONES[number % len(ZONES)],
                "hours": hours,
                "media": {"phone": True},
            }
            | rest
        )
        for number in range(ADVISORS)
    }
    async with database.transaction() as session:
        await consultations.import_advisors(session, AdvisorsFile(advisors=entries))
        ids = [advisor.id for advisor in await consultations.active_advisors(session)]
        for number, each in enumerate(busy, start=1):
            await applicants.meet(session, number, name="Amina", language=None, at=NOW)
            session.add(_row(number, ids[each.advisor_id], each))
    times = []
    async with database.reading() as session:
        for number in range(ROUNDS):
            began = time.perf_counter()
            await consultations.free(session, at=NOW + timedelta(minutes=number))
            times.append((time.perf_counter() - began) * 1000)
    await database.close()
    return times


def _row(number: int, advisor_id: int, busy: Busy) -> Consultation:
    return Consultation(
        applicant_id=number,
        advisor_id=advisor_id,
        status=ConsultationStatus.BOOKED,
        begins_at=busy.begins_at,
        ends_at=busy.ends_at - BUFFER,
        blocked_until=busy.ends_at,
        uid=str(number),
        sequence=0,
        created_at=NOW,
    )


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
