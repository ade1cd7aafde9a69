"""On Postgres each role can do what it is for, and nothing else."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from admissions import applications, placements, privacy, staff
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.privacy import Occasion
from admissions.settings import ROOT
from admissions.staff import Actor, Deed, Role
from tests.integration.applications.steps import Applicant
from tests.integration.desk.conftest import meet
from tests.integration.placements.steps import GRACE as MOVER
from tests.integration.privacy.planting import AT

ROLES = (ROOT / "admissions" / "migrations" / "roles.sql").read_text("utf-8")
GRACE = Actor(700_000_001, "Grace", Role.LEAD)
AMINA = 930_000_001


@pytest.fixture
async def owner(postgres_url: str) -> AsyncIterator[Database]:
    """The database with its roles, as its owner opens it; one applicant has applied."""
    for _ in range(2):  # it may be run again
        await asyncio.to_thread(_run, postgres_url)
    database = Database(postgres_url)
    await meet(database, AMINA, "Amina Yusuf", AT)
    amina = Applicant(database, AMINA, AT)
    await amina.begins()
    while question := (await amina.sees()).question:
        await amina.answers(question)
    await amina.submits()
    yield database
    await database.close()


def _run(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(ROLES)


def as_role(owner: Database, role: str) -> Database:
    url = owner.engine.url.update_query_dict({"options": f"-c role={role}"})
    return Database(url.render_as_string(hide_password=False))


async def may(owner: Database, role: str, statement: str) -> bool:
    """Tell whether a role may do something; it is undone."""
    database = as_role(owner, role)
    try:
        async with database.engine.connect() as connection:
            await connection.execute(text(statement))
    except ProgrammingError as error:
        assert re.search("permission denied|must be owner", str(error.orig))  # noqa: PT017 - nothing else is wrong
        return False
    finally:
        await database.close()
    return True


async def test_whoever_counts_sees_no_person_and_writes_nothing(owner: Database) -> None:
    for statement in (
        "SELECT name FROM applicants",
        "SELECT value FROM application_answers",
        "SELECT reference FROM applications",
        "SELECT file_name FROM uploads",
        "SELECT text FROM notes",
        "SELECT address FROM emails",
        "SELECT words FROM handoff_relays",
        "SELECT actor_name FROM audit_entries",
        "INSERT INTO audit_entries (at, actor_id, actor_name, deed) VALUES (now(), 1, 'x', 'tried')",
        "UPDATE applications SET status = 'in_review'",
        "DELETE FROM forgettings",
    ):
        assert not await may(owner, "clerkship_report", statement)


async def test_whoever_counts_can_count(owner: Database) -> None:
    for statement in (
        "SELECT status, count(*) FROM applications GROUP BY status",
        "SELECT question, count(*) FROM application_answers GROUP BY question",
        "SELECT state, count(*) FROM documents GROUP BY state",
        "SELECT before, after, changed_at FROM status_changes",
    ):
        assert await may(owner, "clerkship_report", statement)


async def test_a_program_moves_what_it_may_and_the_history_says_so(owner: Database) -> None:
    program = as_role(owner, "clerkship_program")
    async with program.transaction() as session:
        await session.execute(text("UPDATE applications SET status = 'in_review'"))
        await session.execute(text("INSERT INTO sites (name) VALUES ('Bayou City Clinic')"))
        await session.execute(
            text(
                "INSERT INTO open_items (application_id, waits_for, what) SELECT id, 'hmc', 'x' FROM applications"
            )
        )
        changes = "SELECT after, role FROM status_changes ORDER BY id DESC LIMIT 1"
        assert (await session.execute(text(changes))).one() == ("in_review", "program")
    await program.close()
    for statement in (
        "INSERT INTO status_changes SELECT * FROM status_changes",
        "SELECT name FROM applicants",
        "SELECT stored_as FROM uploads",
        "DELETE FROM applications",
        "SELECT actor_name FROM audit_entries",
    ):
        assert not await may(owner, "clerkship_program", statement)


async def test_the_assistant_works_and_cannot_touch_the_audit_log_but_by_forgetting(owner: Database) -> None:
    app = as_role(owner, "clerkship_app")
    async with app.transaction() as session:
        application = await placements.latest_application(session, AMINA)
        await placements.move_application(session, application.id, ApplicationStatus.IN_REVIEW, MOVER, at=AT)
        await placements.note(session, application.id, "A note.", by="Grace", at=AT)
        await staff.record(session, GRACE, Deed.NOTE_WRITTEN, applicant_id=AMINA, at=AT)
    while True:
        async with app.transaction() as session:
            if not await placements.pass_on(session, at=AT + timedelta(minutes=1)):
                break
    for statement in (
        "UPDATE audit_entries SET actor_name = 'x'",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
        "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entries_kept ON audit_entries",
        "UPDATE status_changes SET after = 'x'",
        "UPDATE status_transitions SET role = 'applicant'",
    ):
        assert not await may(owner, "clerkship_app", statement)
    async with app.transaction() as session:
        await privacy.forget(session, AMINA, Occasion.ASKED, at=AT)
    async with owner.reading() as session:
        assert await applications.find_active(session, AMINA) is None
        assert await staff.listed(session, limit=9) == []
    await app.close()
