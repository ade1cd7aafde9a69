"""Which of several processes leads: the one that does what must be done by one alone.

On Postgres an advisory lock decides, held by a connection of its own: it ends with the process, and who loses the
connection leads no longer. On SQLite, which one machine alone can use, a lock on a file beside the database does.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import NullPool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from admissions.database import Database

logger = logging.getLogger(__name__)

KEY: Final = 0x484D43
"""Of the advisory lock: the letters HMC."""
ASK_EVERY: Final = 1.0
"""Seconds between attempts to lead, and between looks whether we still do."""
PATIENCE: Final = 3.0
"""Seconds the database may take to answer such a look."""
NOTICE_THE_DEAD = ("tcp_keepalives_idle = 5", "tcp_keepalives_interval = 2", "tcp_keepalives_count = 3")
"""So that Postgres lets go of a machine that vanished within seconds, not hours."""
UNANSWERED = (DBAPIError, OSError, TimeoutError)
"""What the database's silence looks like."""


class Lock(Protocol):
    """What one process at a time can hold."""

    async def take(self) -> bool:
        """Take it, if nobody has it; tell whether we have."""

    async def lost(self) -> None:
        """Wait until it is ours no longer."""

    async def release(self) -> None:
        """Give it back."""


async def while_leading(database: Database, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do some work for as long as this process leads, and again each time that it leads anew; until cancelled.

    Args:
        database: Processes with the same database have one leader.
        work: Begun once we lead; cancelled, and waited for, when we do no longer.
    """
    lock = _lock_of(database)
    try:
        while True:
            if await lock.take():
                logger.info("this process leads now")
                try:
                    await _either(work(), lock.lost())
                except Exception:
                    logger.exception("what the leading process does met an error; it begins anew")
                else:
                    logger.warning("this process leads no longer")
            await asyncio.sleep(ASK_EVERY)
    finally:
        await lock.release()


@asynccontextmanager
async def alone(database: Database) -> AsyncIterator[bool]:
    """Keep every other process from leading; yield whether that could be done, as none leads now."""
    lock = _lock_of(database)
    try:
        yield await lock.take()
    finally:
        await lock.release()


async def _either(work: Coroutine[Any, Any, None], lost: Coroutine[Any, Any, None]) -> None:
    """Run both until one ends; the other is cancelled and waited for."""
    tasks = [asyncio.create_task(work), asyncio.create_task(lost)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome


def _lock_of(database: Database) -> Lock:
    url = database.engine.url
    if url.get_backend_name() == "postgresql":
        return _AdvisoryLock(url.render_as_string(hide_password=False))
    return _FileLock(Path(f"{url.database}.leader"))


class _AdvisoryLock:
    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                connection = self._connection or await self._connect()
                took = await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY})
        except UNANSWERED:
            await self._hang_up()
            return False
        return bool(took)

    async def lost(self) -> None:
        assert self._connection is not None, "it was taken"
        try:
            while True:
                await asyncio.sleep(ASK_EVERY)
                async with asyncio.timeout(PATIENCE):
                    await self._connection.scalar(text("SELECT 1"))
        except UNANSWERED:
            await self._hang_up()

    async def release(self) -> None:
        await self._hang_up()
        await self._engine.dispose()

    async def _connect(self) -> AsyncConnection:
        self._connection = await self._engine.connect()
        for setting in NOTICE_THE_DEAD:
            await self._connection.execute(text(f"SET {setting}"))
        return self._connection

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()


class _FileLock:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)

    async def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    async def lost(self) -> None:
        await asyncio.Event().wait()  # it ends with the process

    async def release(self) -> None:
        os.close(self._file)
