"""Another program writes the shared database, and the applicant is told within ten seconds, once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import texts
from tests.assistant import Assistant, running
from tests.conftest import create_database, drop_database
from tests.integration.applications.steps import Applicant
from tests.people import an_applicant
from tests.personas import Person
from tests.programs import Program

WITHIN = 10
"""Seconds."""


@pytest.fixture(params=["sqlite", "postgres"])
async def own(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Assistant]:
    """An assistant of this test's own, on SQLite and on Postgres."""
    if request.param == "sqlite":
        async with running(tmp_path / "own") as assistant:
            yield assistant
        return
    postgres, name = request.getfixturevalue("postgres"), "status_e2e"
    create_database(postgres, name)
    async with running(tmp_path / "own", DATABASE_URL=postgres.format(name)) as assistant:
        yield assistant
    drop_database(postgres, name)


@pytest.fixture
async def amina(own: Assistant) -> AsyncIterator[Person]:
    """An applicant whose application is sent."""
    amina = await an_applicant(own)
    database = own.open_database()
    applicant = Applicant(database, amina.id, datetime.now(UTC))
    await applicant.fills_in()
    await applicant.submits()
    yield amina
    await database.close()


async def test_what_another_program_writes_is_told_within_ten_seconds_and_once(
    own: Assistant, amina: Person
) -> None:
    program = Program(own.environment["DATABASE_URL"])
    steps = {
        "UPDATE applications SET status = 'in_review';": texts.NEWS["in_review"],
        "INSERT INTO sites (name) VALUES ('Bayou City Clinic'); INSERT INTO placements (application_id, site_id,"
        " specialty, first_day, last_day, reply_by) SELECT applications.id, sites.id, 'Surgery', '2099-03-02',"
        " '2099-04-24', '2099-01-15 23:00:00' FROM applications, sites;": texts.OFFER_TITLE,
        "UPDATE placements SET status = 'cancelled';": texts.NEWS["cancelled"],
        "UPDATE applications SET status = 'not_placed';": texts.NEWS["not_placed"],
    }
    for sql, words in steps.items():
        assert await program.runs(sql) is None
        async with asyncio.timeout(WITHIN):
            assert (await amina.hears()).text.startswith(words)
    picture, status = await first_two(amina)
    assert "✗" in picture
    assert status.startswith(texts.STATUSES["not_placed"])  # nothing was said twice in between


async def first_two(amina: Person) -> tuple[str, str]:
    await amina.send("/status")
    picture, status = await amina.hears_all(2)
    return picture.text, status.text
