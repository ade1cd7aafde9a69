"""The operator's view of the outbox: numbers, no names; what failed is tried again."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from admissions import applicants, notifications
from admissions.database import Database
from admissions.notifications import STAFF, Dead, Kind, State
from tests.assistant import environment_for, start

AMINA = 700_000_001


@pytest.fixture
async def dead(database: Database, now: datetime) -> int:
    """A notification that could not be sent."""
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Zebedee", language="en", at=now)
        await notifications.enqueue(
            session, AMINA, Kind.LETTER_RECEIVED, "letter:1", due_at=now, payload={"x": "Zoe"}
        )
        await notifications.enqueue(session, STAFF, Kind.HANDOFF_REQUESTED, "handoff:2", due_at=now)
        row = (await notifications.listed(session, states=[State.WAITING], limit=9))[-1]
        await notifications.settle(session, row, Dead("BadRequest"), attempts=0, at=now)
    return row.id


async def clerkship(database_url: str, *arguments: str, folder: Path) -> tuple[int | None, str]:
    environment = environment_for(folder) | {"DATABASE_URL": database_url}
    process = await start(environment, *arguments)
    said, _ = await process.communicate()
    return process.returncode, said.decode()


def numbers(listing: str) -> Sequence[str]:
    return [line.split()[0] for line in listing.splitlines()[1:]]


async def test_what_is_dead_is_listed_without_names_and_replayed(
    database_url: str, dead: int, tmp_path: Path
) -> None:
    _, everything = await clerkship(database_url, "outbox", "list", folder=tmp_path)
    _, listed = await clerkship(database_url, "outbox", "list", "--state", "dead", folder=tmp_path)
    assert len(numbers(everything)) == 2
    assert numbers(listed) == [str(dead)]
    assert "letter_received" in listed
    assert "BadRequest" in listed
    assert "Zebedee" not in everything
    assert "Zoe" not in everything

    _, replayed = await clerkship(database_url, "outbox", "replay", folder=tmp_path)
    assert replayed.strip() == f"to be tried again: {dead}"
    _, again = await clerkship(database_url, "outbox", "replay", str(dead), folder=tmp_path)
    assert f"left as they are: {dead}" in again
    _, nothing = await clerkship(database_url, "outbox", "list", "--state", "dead", folder=tmp_path)
    assert nothing.strip() == "nothing"


async def test_a_state_that_does_not_exist_is_refused(database_url: str, tmp_path: Path) -> None:
    code, said = await clerkship(database_url, "outbox", "list", "--state", "lost", folder=tmp_path)
    assert code == 2
    assert "lost" in said
