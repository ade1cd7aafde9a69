"""One of several processes leads; who loses the lock leads no longer, and the next one does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from admissions import leadership
from admissions.database import Database
from admissions.leadership import while_leading


class Candidate:
    """A process that would lead, and whether it does."""

    def __init__(self) -> None:
        self.leads = asyncio.Event()
        self.leads_no_longer = asyncio.Event()

    async def work(self) -> None:
        self.leads.set()
        self.leads_no_longer.clear()
        try:
            await asyncio.Event().wait()
        finally:
            self.leads.clear()
            self.leads_no_longer.set()


@asynccontextmanager
async def standing(database: Database) -> AsyncIterator[tuple[Candidate, "asyncio.Task[None]"]]:
    candidate = Candidate()
    task = asyncio.create_task(while_leading(database, candidate.work))
    try:
        yield candidate, task
    finally:
        await withdraw(task)


async def withdraw(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "ASK_EVERY", 0.05)


async def test_of_two_one_leads_and_the_other_follows_when_it_ends(database: Database) -> None:
    async with standing(database) as (first, task):
        await asyncio.wait_for(first.leads.wait(), 20)
        async with standing(database) as (second, _):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(second.leads.wait(), 0.5)
            await withdraw(task)
            assert first.leads_no_longer.is_set()
            await asyncio.wait_for(second.leads.wait(), 20)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_who_loses_the_connection_leads_no_longer_until_it_is_back(database: Database) -> None:
    async with standing(database) as (candidate, _):
        await asyncio.wait_for(candidate.leads.wait(), 20)
        async with database.transaction() as session:
            holder = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database"
            await session.execute(text(f"{holder} WHERE locktype = 'advisory' AND datname = current_database()"))
        await asyncio.wait_for(candidate.leads_no_longer.wait(), 20)
        await asyncio.wait_for(candidate.leads.wait(), 20)


async def test_work_that_ends_badly_is_begun_again(database: Database) -> None:
    tries = 0
    done = asyncio.Event()

    async def work() -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RuntimeError("a slip")
        done.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(while_leading(database, work))
    await asyncio.wait_for(done.wait(), 20)
    await withdraw(task)
