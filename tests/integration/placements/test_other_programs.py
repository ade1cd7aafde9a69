"""Another program writes the shared database by plain SQL: psql and sqlite3, which know nothing of ours."""

import re
from datetime import datetime

import pytest

from admissions import applications, placements
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.placements import Role
from admissions.settings import ROOT
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import Desk, rows
from tests.programs import Program

CONTRACT = (ROOT / "docs" / "shared-database.md").read_text("utf-8")


@pytest.fixture
def program(database_url: str) -> Program:
    return Program(database_url)


async def test_it_moves_an_application_and_the_history_says_so(
    program: Program, desk: Desk, amina: Applicant
) -> None:
    assert await program.runs("UPDATE applications SET status = 'in_review';") is None
    async with desk.database.reading() as session:
        change = (await placements.history(session, await desk.application_of(amina)))[-1]
    assert (change.before, change.after, change.role, change.by) == ("submitted", "in_review", Role.PROGRAM, None)
    assert change.told_at is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE applications SET status = 'completed';",
        "UPDATE applications SET status = 'accepted_by_us';",
        "UPDATE applications SET status = 'draft';",
        "UPDATE applications SET reference = 'HMC-1042';",
        "UPDATE applications SET status = 'in_review', moved_as = 'boss';",
        "INSERT INTO applications (status, reference) VALUES ('in_review', '7K4M-WQ3X');",
        "INSERT INTO applications (status) VALUES ('submitted');",
        "INSERT INTO open_items (application_id, waits_for, what) SELECT id, 'nobody', 'X' FROM applications;",
        "INSERT INTO open_items (application_id, waits_for, what) SELECT id, 'hmc', ' ' FROM applications;",
        "UPDATE status_changes SET role = 'lead';",
        "INSERT INTO open_items (application_id, waits_for, what) VALUES (4711, 'hmc', 'X');",
    ],
)
async def test_what_breaks_the_contract_is_refused_and_changes_nothing(
    program: Program, desk: Desk, amina: Applicant, sql: str
) -> None:
    application_id = await desk.application_of(amina)
    assert await program.runs(sql)
    async with desk.database.reading() as session:
        application = await placements.get_application(session, application_id)
        assert application.status is ApplicationStatus.SUBMITTED
        assert len(await placements.history(session, application_id)) == 2
    assert await rows(desk.database, "SELECT count(*) FROM applications") == [(1,)]


async def test_every_example_of_the_contract_works(program: Program, desk: Desk, amina: Applicant) -> None:
    reference = (await amina.reviews()).reference
    for example in re.findall(r"```sql\n(.*?)```", CONTRACT, re.DOTALL):
        assert await program.runs(example.replace("7K4M-WQ3X", f"{reference}")) is None, example
        await desk.passes_on()
    async with desk.database.reading() as session:
        standing = await placements.status_of(session, await desk.application_of(amina), at=desk.now)
    assert standing.place
    assert standing.place.site == "Bayou City Clinic"
    assert standing.status is placements.Shown.OFFERED


async def test_an_application_that_comes_in_is_one_of_ours(
    program: Program, database: Database, now: datetime
) -> None:
    brings = (
        "INSERT INTO applications (status, reference) VALUES ('submitted', '7K4M-WQ3X');"
        " INSERT INTO application_answers (application_id, question, value)"
        " SELECT id, 'email', '\"omar@example.org\"' FROM applications;"
    )
    assert await program.runs(brings) is None
    async with database.reading() as session:
        application = await applications.get_by_reference(session, "7K4M-WQ3X")
        standing = await placements.status_of(session, application.id, at=now)
    assert application.submitted_at
    assert application.begun_at.tzinfo
    assert standing.status is placements.Shown.SUBMITTED


async def test_what_it_ends_is_ended(program: Program, amina: Applicant) -> None:
    assert await program.runs("UPDATE applications SET status = 'not_placed';") is None
    with pytest.raises(applications.ApplicationNotFound):
        await amina.reviews()
    await amina.begins()


def test_the_contract_names_every_status_and_table() -> None:
    for status in (*ApplicationStatus, *placements.PlacementStatus):
        assert f"`{status}`" in CONTRACT
    for table in ("applications", "placements", "sites", "status_changes", "status_transitions", "open_items"):
        assert f"**`{table}`**" in CONTRACT
