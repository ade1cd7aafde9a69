"""Handoffs: asked for once, told to staff, resolved once."""

import asyncio
from datetime import datetime

import pytest

from admissions import applicants, handoffs
from admissions.database import Database
from admissions.handoffs import HandoffReason

AMINA = 700_000_001


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)


async def ask(database: Database, now: datetime, reason: HandoffReason = HandoffReason.ASKED) -> None:
    async with database.transaction() as session:
        await handoffs.request(session, AMINA, reason, at=now)


async def test_asking_twice_is_one_handoff(database: Database, now: datetime) -> None:
    await ask(database, now)
    with pytest.raises(handoffs.HandoffAlreadyRequested):
        await ask(database, now)


async def test_asking_twenty_times_at_once_is_one_handoff(database: Database, now: datetime) -> None:
    outcomes = await asyncio.gather(*(ask(database, now) for _ in range(20)), return_exceptions=True)
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, handoffs.HandoffAlreadyRequested) for outcome in outcomes) == 19


async def test_another_reason_is_another_handoff(database: Database, now: datetime) -> None:
    await ask(database, now)
    await ask(database, now, HandoffReason.DELETE_DATA)
    async with database.reading() as session:
        reasons = [handoff.reason for handoff in await handoffs.unalerted(session)]
    assert reasons == [HandoffReason.ASKED, HandoffReason.DELETE_DATA]


async def test_staff_are_told_once_and_of_whom(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        [handoff] = await handoffs.unalerted(session)
        assert handoff.applicant.name == "Amina Yusuf"
        await handoffs.mark_alerted(session, handoff.id, at=now)
    async with database.reading() as session:
        assert await handoffs.unalerted(session) == []


async def test_the_second_colleague_who_resolves_learns_who_was_first(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        [handoff] = await handoffs.unalerted(session)
        await handoffs.resolve(session, handoff.id, by="Grace", at=now)
    with pytest.raises(handoffs.HandoffAlreadyResolved) as refused:
        async with database.transaction() as session:
            await handoffs.resolve(session, handoff.id, by="Omar", at=now)
    assert refused.value.resolved_by == "Grace"


async def test_after_it_is_resolved_one_may_ask_again(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        [handoff] = await handoffs.unalerted(session)
        await handoffs.resolve(session, handoff.id, by="Grace", at=now)
    await ask(database, now)


async def test_a_handoff_that_does_not_exist_cannot_be_resolved(database: Database, now: datetime) -> None:
    with pytest.raises(handoffs.HandoffNotFound):
        async with database.transaction() as session:
            await handoffs.resolve(session, 404, by="Grace", at=now)
