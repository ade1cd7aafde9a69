"""Advisors with hours, and applicants who know where they are."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from admissions import applicants, consultations
from admissions.consultations import AdvisorEntry, AdvisorsFile, Medium, Topic, Wanted
from admissions.database import Database

MONDAY = datetime(2026, 12, 7, 15, tzinfo=UTC)
"""09:00 in Houston, the first slot of that day."""
NOTICE = timedelta(hours=12)
NUMBERS = count(810_000_001)
EVERY_DAY = {day: ["09:00-12:00", "13:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def advisors_file(*slugs: str, **changes: object) -> AdvisorsFile:
    """Return a file of advisors that are alike."""
    entry = {
        "zone": "America/Chicago",
        "hours": EVERY_DAY,
        "slot_minutes": 30,
        "buffer_minutes": 10,
        "notice_hours": 2,
        "horizon_days": 21,
        "daily_limit": 8,
        "media": {"telegram": True, "phone": True},
    } | changes
    return AdvisorsFile(
        advisors={slug: AdvisorEntry.model_validate({"name": slug.title(), **entry}) for slug in slugs}
    )


def wanted(begins_at: datetime = MONDAY, advisor_id: int | None = None) -> Wanted:
    return Wanted(begins_at, advisor_id, Topic.VISA, Medium.TELEGRAM)


async def an_applicant(database: Database) -> int:
    """Return the number of a new applicant."""
    number = next(NUMBERS)
    async with database.transaction() as session:
        await applicants.meet(session, number, name="Amina", language="en", at=MONDAY - timedelta(days=9))
    return number


@pytest.fixture
async def dana(database: Database) -> int:
    """The only advisor."""
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana"))
    async with database.reading() as session:
        [advisor] = await consultations.active_advisors(session)
    return advisor.id
