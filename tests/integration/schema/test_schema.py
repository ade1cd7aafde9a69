"""The schema: migrations and models say the same, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from admissions import schema
from admissions.database import Base, Database


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
