"""The schema: migrations and models say the same, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from admissions import notifications, schema
from admissions.database import Base, Database
from admissions.notifications import STAFF, Kind, State
from tests.conftest import create_database, drop_database

BEFORE_THE_OUTBOX = """
INSERT INTO applicants (id, name, met_at) VALUES
    (1, 'Amina', '2026-11-23 12:00:00'), (2, 'Omar', '2026-11-23 12:00:00');
INSERT INTO handoffs (id, applicant_id, reason, requested_at, alerted_at) VALUES
    (1, 1, 'asked', '2026-11-23 12:00:00', '2026-11-23 12:00:00'), (2, 2, 'asked', '2026-11-23 12:00:00', NULL);
INSERT INTO applications
    (id, applicant_id, status, is_paused, begun_at, last_answered_at, reminders_sent, reminders_muted) VALUES
    (1, 1, 'draft', false, '2026-11-23 12:00:00', '2026-11-23 12:00:00', 1, true),
    (2, 2, 'draft', false, '2026-11-23 12:00:00', '2026-11-23 12:00:00', 1, false)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    postgres, name = request.getfixturevalue("postgres"), f"empty_{uuid4().hex}"
    create_database(postgres, name)
    yield postgres.format(name)
    drop_database(postgres, name)


async def test_migrations_make_what_the_models_say(database: Database) -> None:
    schema.import_models()

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_without_migrations_is_told_from_a_current_one(tmp_path: Path) -> None:
    bare = Database(f"sqlite+aiosqlite:///{tmp_path}/bare.db")
    with pytest.raises(schema.SchemaOutdated):
        await schema.require_current(bare)
    await schema.upgrade(bare)
    await schema.require_current(bare)
    await bare.close()


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    await schema.upgrade(database)
    await schema.require_current(database)


async def test_alerts_that_wait_and_reminders_that_are_muted_outlast_the_move_to_the_outbox(
    empty_url: str,
) -> None:
    database = Database(empty_url)

    def migrate(connection: Connection, to: str) -> None:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)

    async with database.engine.begin() as connection:
        await connection.run_sync(migrate, "0004")
        for statement in BEFORE_THE_OUTBOX.split(";"):
            await connection.execute(text(statement.replace(":", r"\:")))
        await connection.run_sync(migrate, "head")
    async with database.reading() as session:
        waiting = await notifications.listed(session, states=[*State], limit=9)
        assert [(row.kind, row.recipient, row.about) for row in waiting] == [
            (Kind.HANDOFF_REQUESTED, STAFF, "handoff:2")
        ]
        assert await notifications.muted(session, 1) == {Kind.DRAFT_REMINDER}
        assert await notifications.muted(session, 2) == set()
    await database.close()
