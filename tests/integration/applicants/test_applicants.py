"""Applicants: met once, known by what they call themselves today."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admissions import applicants, places
from admissions.database import Database


async def test_an_applicant_who_changes_name_stays_the_same_person(database: Database, now: datetime) -> None:
    later = now + timedelta(days=3)
    async with database.transaction() as session:
        await applicants.meet(session, 5_000_000_007, name="Amina", language="en", at=now)
    async with database.transaction() as session:
        await applicants.meet(session, 5_000_000_007, name="Amina Yusuf", language="ha", at=later)
    async with database.reading() as session:
        amina = await session.get_one(applicants.Applicant, 5_000_000_007)
    assert (amina.name, amina.language, amina.met_at) == ("Amina Yusuf", "ha", now)


async def test_a_time_without_zone_is_a_bug_and_not_stored(database: Database, now: datetime) -> None:
    with pytest.raises(Exception, match="must be aware"):
        async with database.transaction() as session:
            await applicants.meet(session, 1, name="Amina", language=None, at=now.replace(tzinfo=None))


async def test_the_clock_is_utc_until_it_is_known_and_may_change(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert await applicants.clock_of(session, 7) == applicants.UNKNOWN
        await applicants.meet(session, 7, name="Amina", language="en", at=now)
        assert await applicants.clock_of(session, 7) == applicants.UNKNOWN
    for zone, label in (("Africa/Lagos", "Lagos"), ("Asia/Kathmandu", "Kathmandu")):
        async with database.transaction() as session:
            await applicants.settle(session, 7, places.place_of_zone(zone))
        async with database.reading() as session:
            clock = await applicants.clock_of(session, 7)
        assert clock == applicants.Clock(ZoneInfo(zone), label, is_known=True)


async def test_meeting_again_leaves_the_clock(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, 7, name="Amina", language="en", at=now)
        await applicants.settle(session, 7, places.place_of_zone("Africa/Lagos"))
        await applicants.meet(session, 7, name="Amina Yusuf", language="en", at=now)
        assert (await applicants.clock_of(session, 7)).place == "Lagos"
