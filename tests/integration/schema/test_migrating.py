"""A database with applications in it is brought up to date, and back: none of their answers is lost."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from admissions import schema
from admissions.database import Database
from tests.conftest import create_database, drop_database
from tests.integration.placements.steps import rows

BEFORE = """
INSERT INTO applicants (id, name, met_at) VALUES (1, 'Amina', '2026-11-01'), (2, 'Omar', '2026-11-01');
INSERT INTO applications
    (id, applicant_id, status, is_paused, reference, begun_at, last_answered_at, reminders_sent)
    VALUES (1, 1, 'taken', false, '7K4M-WQ3X', '2026-11-01', '2026-11-01', 0),
        (2, 2, 'draft', false, NULL, '2026-11-03', '2026-11-03', 0);
INSERT INTO application_answers (application_id, question, value, answered_at)
    VALUES (1, 'email', '"amina@example.org"', '2026-11-01')
"""


async def migrate(database: Database, version: str, *, down: bool = False) -> None:
    """Bring the schema to a version, the way `schema.upgrade` does it."""
    config = schema._config()
    go = command.downgrade if down else command.upgrade

    def run(connection: object) -> None:
        config.attributes["connection"] = connection
        go(config, version)

    async with database.engine.connect() as connection:
        await schema._set_foreign_keys(connection, "OFF")
        async with connection.begin():
            await connection.run_sync(run)
        await schema._set_foreign_keys(connection, "ON")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_placements_come_and_go_and_no_answer_is_lost(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/old.db"
    if kind == "postgres":
        postgres = request.getfixturevalue("postgres")
        create_database(postgres, "migrating")
        url = postgres.format("migrating")
    database = Database(url)
    await migrate(database, "0009")
    async with database.transaction() as session:
        for statement in BEFORE.split(";"):
            await session.execute(text(statement))

    await schema.upgrade(database)
    assert await rows(database, "SELECT id, status FROM applications ORDER BY id") == [
        (1, "in_review"),
        (2, "draft"),
    ]
    history = 'SELECT application_id, "after", role FROM status_changes WHERE told_at IS NOT NULL ORDER BY id'
    assert await rows(database, history) == [(1, "in_review", "coordinator"), (2, "draft", "applicant")]
    assert await rows(database, "SELECT application_id FROM application_answers") == [(1,)]

    await migrate(database, "0009", down=True)
    assert await rows(database, "SELECT id, status FROM applications ORDER BY id") == [(1, "taken"), (2, "draft")]
    assert await rows(database, "SELECT application_id FROM application_answers") == [(1,)]
    await schema.upgrade(database)
    await schema.require_current(database)
    await database.close()
    if kind == "postgres":
        drop_database(request.getfixturevalue("postgres"), "migrating")
