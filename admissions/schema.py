"""The schema and its migrations."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from admissions.database import Base, Database

SUBJECTS = (
    "answers",
    "applicants",
    "inbox",
    "notifications",
    "emails",
    "handoffs",
    "applications",
    "documents",
    "consultations",
    "placements",
    "staff",
    "understanding",
    "alarms",
    "privacy",
)


class SchemaOutdated(Exception):
    """The database lacks migrations; `clerkship db upgrade` brings them."""


def import_models() -> None:
    """Make `Base.metadata` know every model."""
    for subject in SUBJECTS:
        import_module(f"admissions.{subject}")


def own_tables() -> set[str]:
    """Return the names of the tables that are ours."""
    return set(Base.metadata.tables)


async def upgrade(database: Database) -> None:
    """Bring the schema to its newest version; does nothing where it is."""
    async with database.engine.connect() as connection:
        await _set_foreign_keys(connection, "OFF")
        try:
            async with connection.begin():
                await connection.run_sync(_upgrade)
        finally:
            await _set_foreign_keys(connection, "ON")


async def require_current(database: Database) -> None:
    """Check that the schema is of the newest version.

    Raises:
        SchemaOutdated: It is not.
    """
    async with database.engine.connect() as connection:
        stored = await connection.run_sync(_stored_version)
    if stored != _newest_version():
        raise SchemaOutdated


async def why_unready(database: Database) -> str | None:
    """Tell why the database cannot be worked with, in a short technical word; None if it can."""
    try:
        await require_current(database)
    except (SchemaOutdated, SQLAlchemyError, OSError) as error:
        return type(error).__name__
    return None


def knows(version: str | None) -> bool:
    """Tell whether a database of this version can be upgraded by us; a newer assistant made one that cannot."""
    return version is None or version in {script.revision for script in _scripts().walk_revisions()}


async def _set_foreign_keys(connection: AsyncConnection, state: Literal["ON", "OFF"]) -> None:
    """Let SQLite make a table anew and keep what refers to it; it heeds this outside a transaction only."""
    if connection.dialect.name == "sqlite":
        driver_connection: Any = (await connection.get_raw_connection()).driver_connection
        await driver_connection.execute(f"PRAGMA foreign_keys = {state}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


@cache
def _newest_version() -> str | None:
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _stored_version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
