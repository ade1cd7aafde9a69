"""The schema: migrations and models say the same, on both databases."""

from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from admissions import handoffs, notifications, schema
from admissions.database import Base, Database
from admissions.handoffs import HandoffReason, HandoffState
from admissions.notifications import STAFF, Kind, State

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

BEFORE_THE_DESK = """
INSERT INTO applicants (id, name, met_at) VALUES
    (1, 'Amina', '2026-11-23 12:00:00'), (2, 'Omar', '2026-11-23 12:00:00');
INSERT INTO handoffs (id, applicant_id, reason, requested_at, resolved_at, resolved_by) VALUES
    (1, 1, 'asked', '2026-11-23 12:00:00', NULL, NULL), (2, 1, 'delete_data', '2026-11-23 12:00:00', NULL, NULL),
    (3, 2, 'asked', '2026-11-23 12:00:00', '2026-11-23 12:00:00', 'Grace'),
    (4, 2, 'my_data', '2026-11-23 12:00:00', NULL, NULL)
"""


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
    empty_url: str, now: datetime
) -> None:
    database = Database(empty_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(migrate, "0004")
        for statement in BEFORE_THE_OUTBOX.split(";"):
            await connection.execute(text(statement.replace(":", r"\:")))
        await connection.run_sync(migrate, "head")
    async with database.transaction() as session:
        assert await notifications.listed(session, states=[State.WAITING], limit=9) == []
        assert await handoffs.announce(session, at=now) == len(await handoffs.unresolved(session)) == 2
        waiting = await notifications.listed(session, states=[State.WAITING], limit=9)
        assert {(row.kind, row.recipient) for row in waiting} == {(Kind.HANDOFF_REQUESTED, STAFF)}
        assert await notifications.muted(session, 1) == {Kind.DRAFT_REMINDER}
        assert await notifications.muted(session, 2) == set()
    await database.close()


async def test_the_handoffs_of_an_applicant_become_one_with_every_reason_and_none_is_forgotten(
    empty_url: str, now: datetime
) -> None:
    database = Database(empty_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(migrate, "0010")
        for statement in BEFORE_THE_DESK.split(";"):
            await connection.execute(text(statement.replace(":", r"\:")))
        await connection.run_sync(migrate, "head")
    async with database.transaction() as session:
        amina, omar = await handoffs.unresolved(session)
        reasons = [request.reason for request in await handoffs.requests(session, amina.id)]
        assert reasons == [HandoffReason.ASKED, HandoffReason.DELETE_DATA]
        assert (amina.applicant_id, amina.waits_since) == (1, now)
        assert (omar.applicant_id, omar.state) == (2, HandoffState.OPEN)
        assert await handoffs.announce(session, at=now) == 3
    async with database.engine.begin() as connection:
        await connection.run_sync(go_back, "0010")
    await database.close()


def migrate(connection: Connection, to: str) -> None:
    command.upgrade(config_of(connection), to)


def go_back(connection: Connection, to: str) -> None:
    command.downgrade(config_of(connection), to)


def config_of(connection: Connection) -> Config:
    config = schema._config()
    config.attributes["connection"] = connection
    return config
