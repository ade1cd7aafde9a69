"""Put into the outbox: once, whoever else does the same; taken out of it while it waits."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select

from admissions import applicants, notifications
from admissions.applicants import Applicant
from admissions.database import Database
from admissions.notifications import STAFF, Kind, Notification, Reason, State

AMINA = 700_000_001


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)


async def enqueue(database: Database, due_at: datetime, kind: Kind = Kind.CONSULTATION_SOON) -> bool:
    async with database.transaction() as session:
        return await notifications.enqueue(session, AMINA, kind, "consultation:12", due_at=due_at)


async def cancel(database: Database, kinds: Sequence[Kind] | None = None) -> int:
    async with database.transaction() as session:
        return await notifications.cancel(session, "consultation:12", kinds=kinds)


async def every(database: Database) -> Sequence[Notification]:
    async with database.reading() as session:
        return (await session.scalars(select(Notification).order_by(Notification.id))).all()


async def test_the_same_twice_is_told_once(database: Database, now: datetime) -> None:
    assert [await enqueue(database, now), await enqueue(database, now)] == [True, False]
    assert len(await every(database)) == 1


async def test_twenty_who_enqueue_the_same_at_once_enqueue_it_once(database: Database, now: datetime) -> None:
    outcomes = await asyncio.gather(*(enqueue(database, now) for _ in range(20)))
    assert sorted(outcomes) == [False] * 19 + [True]


async def test_another_moment_or_kind_is_another_notification(database: Database, now: datetime) -> None:
    await enqueue(database, now)
    assert await enqueue(database, now + timedelta(hours=1))
    assert await enqueue(database, now, Kind.CONSULTATION_DAY_BEFORE)


async def test_what_is_cancelled_is_dropped_with_the_reason(database: Database, now: datetime) -> None:
    await enqueue(database, now)
    assert [await cancel(database), await cancel(database)] == [1, 0]
    [dropped] = await every(database)
    assert (dropped.state, dropped.reason) == (State.DROPPED, Reason.CANCELLED)


async def test_one_kind_is_cancelled_and_the_others_stay(database: Database, now: datetime) -> None:
    await enqueue(database, now)
    await enqueue(database, now, Kind.CONSULTATION_CHANGED)
    assert await cancel(database, [Kind.CONSULTATION_SOON]) == 1
    assert [row.state for row in await every(database)] == [State.DROPPED, State.WAITING]


async def test_what_was_cancelled_may_be_enqueued_again(database: Database, now: datetime) -> None:
    await enqueue(database, now)
    await cancel(database)
    assert await enqueue(database, now)
    [row] = await every(database)
    assert (row.state, row.reason) == (State.WAITING, None)


async def test_it_goes_when_whom_it_concerns_goes(database: Database, now: datetime) -> None:
    await enqueue(database, now)
    async with database.transaction() as session:
        tell = partial(notifications.enqueue, session, STAFF, Kind.HANDOFF_REQUESTED, due_at=now)
        await tell("handoff:1", applicant_id=AMINA)
        await tell("handoff:2")
        await session.execute(delete(Applicant))
    assert [row.about for row in await every(database)] == ["handoff:2"]
