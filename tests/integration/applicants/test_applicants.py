"""Applicants: met once, known by what they call themselves today."""

from datetime import datetime, timedelta

import pytest

from admissions import applicants
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
