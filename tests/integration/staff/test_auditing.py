"""The audit log: written with what is done, read by operators, changed by nobody."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from admissions import applicants, staff
from admissions.database import Database
from admissions.staff import Actor, Deed, Permission, Role

AMINA = 700_000_001
GRACE = Actor(600_000_001, "Grace", Role.COORDINATOR)
MALLORY = Actor(666_000_001, "Mallory", None)


@pytest.fixture(autouse=True)
async def entries(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)
        await staff.record(
            session,
            GRACE,
            Deed.DOCUMENT_APPROVED,
            about="document:1",
            applicant_id=AMINA,
            before="received",
            after="approved",
            at=now,
        )
        await staff.record(
            session, GRACE, Deed.ANSWER_PUBLISHED, about="answer:faq_visa", before="a", after="b", at=now
        )
    async with database.transaction() as session:
        await staff.record_refused(session, MALLORY, Permission.MOVE, about="/stage", at=now)


async def test_who_did_what_to_whom_is_written_down_with_before_and_after(
    database: Database, now: datetime
) -> None:
    async with database.reading() as session:
        [entry] = await staff.listed(session, limit=9, applicant_id=AMINA)
    assert (entry.actor_id, entry.actor_name, entry.role) == (GRACE.id, "Grace", Role.COORDINATOR)
    assert (entry.deed, entry.about, entry.before, entry.after) == (
        Deed.DOCUMENT_APPROVED,
        "document:1",
        "received",
        "approved",
    )
    assert entry.at == now


async def test_what_was_tried_and_refused_is_written_down_too(database: Database) -> None:
    async with database.reading() as session:
        [entry] = await staff.listed(session, limit=9, refused=True)
    assert (entry.actor_name, entry.role, entry.permission, entry.about) == (
        "Mallory",
        None,
        Permission.MOVE,
        "/stage",
    )


async def test_the_newest_come_last_and_no_more_than_asked(database: Database) -> None:
    async with database.reading() as session:
        entries = await staff.listed(session, limit=2)
    assert [entry.deed for entry in entries] == [Deed.ANSWER_PUBLISHED, Deed.TRIED]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor_name = 'Nobody'",
        "UPDATE audit_entries SET applicant_id = NULL WHERE applicant_id IS NOT NULL",
        "DELETE FROM audit_entries WHERE applicant_id IS NULL",
        "DELETE FROM audit_entries WHERE applicant_id IS NOT NULL",
        (
            "INSERT INTO audit_entries (id, at, actor_id, actor_name, deed)"
            " SELECT id, at, 1, 'Nobody', deed FROM audit_entries WHERE id = 1"
            " ON CONFLICT (id) DO UPDATE SET actor_name = 'Nobody'"
        ),
    ],
)
async def test_no_statement_changes_an_entry(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError):
        async with database.transaction() as session:
            await session.execute(text(statement))
    async with database.reading() as session:
        assert len(await staff.listed(session, limit=9)) == 3


async def test_an_entry_goes_with_the_person_it_is_about_and_the_others_stay(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("DELETE FROM applicants"))
    async with database.reading() as session:
        assert [entry.applicant_id for entry in await staff.listed(session, limit=9)] == [None, None]


async def test_an_entry_that_is_undone_with_its_deed_is_not_there(database: Database, now: datetime) -> None:
    async def fail() -> None:
        async with database.transaction() as session:
            await staff.record(session, GRACE, Deed.NOTE_WRITTEN, at=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.reading() as session:
        assert len(await staff.listed(session, limit=9)) == 3
