"""Handoffs: asked for once, told to staff, resolved once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from admissions import applicants, handoffs, notifications
from admissions.database import Database, Session
from admissions.handoffs import HandoffReason
from admissions.notifications import STAFF, Kind, State

AMINA = 700_000_001


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)


async def ask(database: Database, now: datetime, reason: HandoffReason = HandoffReason.ASKED) -> None:
    async with database.transaction() as session:
        await handoffs.request(session, AMINA, reason, at=now)


async def the_handoff(session: Session) -> int:
    """Return the number of the only handoff, as its notification has it."""
    [notification] = await notifications.listed(session, states=[State.WAITING], limit=9)
    return notification.about_id


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
        handoff_ids = [row.about_id for row in await notifications.listed(session, states=[*State], limit=9)]
        found = [await handoffs.find(session, handoff_id) for handoff_id in sorted(handoff_ids)]
    assert [handoff.reason for handoff in found if handoff] == [HandoffReason.ASKED, HandoffReason.DELETE_DATA]


async def test_staff_are_told_in_the_same_transaction_once_and_of_whom(database: Database, now: datetime) -> None:
    await ask(database, now)
    with pytest.raises(handoffs.HandoffAlreadyRequested):
        await ask(database, now + timedelta(hours=1))
    async with database.reading() as session:
        [told] = await notifications.listed(session, states=[*State], limit=9)
        assert (told.recipient, told.applicant_id, told.kind) == (STAFF, AMINA, Kind.HANDOFF_REQUESTED)
        handoff = await handoffs.find(session, told.about_id)
        assert handoff is not None
        assert handoff.applicant.name == "Amina Yusuf"


async def test_the_second_colleague_who_resolves_learns_who_was_first(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        await handoffs.resolve(session, await the_handoff(session), by="Grace", at=now)
    with pytest.raises(handoffs.HandoffAlreadyResolved) as refused:
        async with database.transaction() as session:
            await handoffs.resolve(session, await the_handoff(session), by="Omar", at=now)
    assert refused.value.resolved_by == "Grace"


async def test_after_it_is_resolved_one_may_ask_again(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        await handoffs.resolve(session, await the_handoff(session), by="Grace", at=now)
    await ask(database, now)


async def test_a_handoff_that_does_not_exist_cannot_be_resolved(database: Database, now: datetime) -> None:
    with pytest.raises(handoffs.HandoffNotFound):
        async with database.transaction() as session:
            await handoffs.resolve(session, 404, by="Grace", at=now)
