"""Amina, who wants to apply."""

from datetime import datetime

import pytest

from admissions import applicants
from admissions.database import Database
from tests.integration.applications.steps import Applicant


@pytest.fixture
async def amina(database: Database, now: datetime) -> Applicant:
    return await an_applicant(database, 700_000_001, now)


async def an_applicant(database: Database, number: int, now: datetime) -> Applicant:
    async with database.transaction() as session:
        await applicants.meet(session, number, name="Amina Yusuf", language="en", at=now)
    return Applicant(database, number, now)
