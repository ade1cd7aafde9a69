"""The database: one transaction around one use case, on SQLite or Postgres."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from typing_extensions import override

from admissions.sealing import Keyring

Session = AsyncSession
"""What a use case works in; a door opens it and hands it over."""

DatabaseUnavailable = (OperationalError, InterfaceError)
"""What a door catches when the database cannot be reached or is too busy; the same call may succeed later."""

PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 5000")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; SQLite, which forgets time zones, included."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of all models."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012 - SQLAlchemy's own form


class Database:
    """The engine and its transactions.

    Args:
        url: A SQLAlchemy URL with an async driver, as `Settings.database_url` has it.
        keyring: What seals personal data in it; without one they are written as they are.
    """

    def __init__(self, url: str, keyring: Keyring | None = None) -> None:
        self.engine = _create_engine(url)
        self.engine.dialect.keyring = keyring  # type: ignore[attr-defined]  # where the sealed types look for it
        self._session = async_sessionmaker(self.engine, expire_on_commit=False)
        self._reading_session = async_sessionmaker(self.engine.execution_options(reads_only=True))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a session whose work is committed at the end, or undone by any exception."""
        async with self._session.begin() as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open a session that only reads, and so waits for no writer."""
        async with self._reading_session() as session:
            yield session

    async def compact(self) -> None:
        """Leave nothing of removed rows in SQLite's files: it keeps them in free pages, and in its log, else.

        Raises:
            OperationalError: Others read or write just now; the same call may succeed later.
        """
        if self.engine.dialect.name != "sqlite":
            return
        async with self.engine.connect() as connection:
            driver_connection: Any = (await connection.get_raw_connection()).driver_connection
            await driver_connection.execute("VACUUM")
            cursor = await driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = await cursor.fetchone()
            await cursor.close()
        if is_busy:
            raise OperationalError("PRAGMA wal_checkpoint(TRUNCATE)", None, TimeoutError("others are reading"))

    async def answers(self) -> bool:
        """Tell whether a transaction can be begun now."""
        try:
            async with self.transaction() as session:
                await session.connection()
        except DatabaseUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def _create_engine(url: str) -> AsyncEngine:
    # hide_parameters: an exception's text goes to the log, a person's data must not
    engine = create_async_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy begins each transaction itself, in _begin
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once if another wrote meanwhile; one that
    # begins as a writer waits its turn.
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def insert(session: AsyncSession, model: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    """Begin an INSERT that may say what happens on a conflict, in the session's own dialect."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement: postgresql.Insert | sqlite.Insert = dialect.insert(model)
    return statement
