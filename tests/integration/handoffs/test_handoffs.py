"""Handoffs: one at a time for each applicant, taken by one, paused, resolved once, gone on with within a week."""

import asyncio
from datetime import datetime, timedelta

import pytest

from admissions import applicants, handoffs, notifications
from admissions.database import Database, Session
from admissions.handoffs import Asked, Handoff, HandoffReason, HandoffState, Member
from admissions.notifications import STAFF, Kind, Notification, State
from admissions.staff import read_desk

AMINA = 700_000_001
GRACE, OMAR = Member(600_000_001, "Grace"), Member(600_000_002, "Omar")
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    await meet(database, AMINA, now)


async def meet(database: Database, number: int, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, number, name="Amina Yusuf", language="en", at=now)


async def ask(
    database: Database,
    at: datetime,
    reason: HandoffReason = HandoffReason.ASKED,
    applicant: int = AMINA,
    asked: Asked | None = None,
) -> None:
    async with database.transaction() as session:
        await handoffs.request(session, applicant, reason, at=at, asked=asked or Asked())


async def the_handoff(session: Session) -> Handoff:
    handoff = await handoffs.find_latest(session, AMINA)
    assert handoff is not None
    return handoff


async def read(database: Database) -> Handoff:
    async with database.reading() as session:
        return await the_handoff(session)


async def take(database: Database, at: datetime, by: Member = GRACE) -> Handoff:
    async with database.transaction() as session:
        return await handoffs.take(session, (await the_handoff(session)).id, by, rests=HOUR, at=at)


async def resolve(database: Database, at: datetime, by: str = "Grace") -> None:
    async with database.transaction() as session:
        await handoffs.resolve(session, (await the_handoff(session)).id, by=by, at=at)


async def waiting(database: Database, *kinds: Kind) -> list[Notification]:
    async with database.reading() as session:
        rows = await notifications.listed(session, states=[State.WAITING], limit=999)
    return [row for row in reversed(rows) if row.kind in kinds]


async def test_asking_twice_is_one_handoff(database: Database, now: datetime) -> None:
    await ask(database, now)
    with pytest.raises(handoffs.HandoffAlreadyRequested):
        await ask(database, now)


async def test_asking_twenty_times_at_once_is_one_handoff(database: Database, now: datetime) -> None:
    outcomes = await asyncio.gather(*(ask(database, now) for _ in range(20)), return_exceptions=True)
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, handoffs.HandoffAlreadyRequested) for outcome in outcomes) == 19


async def test_every_reason_at_once_is_one_handoff_that_knows_them_all(database: Database, now: datetime) -> None:
    reasons = [*HandoffReason]
    await asyncio.gather(*(ask(database, now, reason) for reason in reasons))
    async with database.reading() as session:
        assert len(await handoffs.unresolved(session)) == 1
        known = await handoffs.requests(session, (await the_handoff(session)).id)
    assert {request.reason for request in known} == set(reasons)


async def test_what_was_said_and_understood_is_kept(database: Database, now: datetime) -> None:
    await ask(database, now, asked=Asked("please a human", "handoff", 0.93))
    async with database.reading() as session:
        [request] = await handoffs.requests(session, (await the_handoff(session)).id)
    assert (request.said, request.understood_as, request.confidence) == ("please a human", "handoff", 0.93)


async def test_the_second_who_takes_it_learns_who_has_it(database: Database, now: datetime) -> None:
    await ask(database, now)
    outcomes = await asyncio.gather(take(database, now, GRACE), take(database, now, OMAR), return_exceptions=True)
    [taken] = [outcome for outcome in outcomes if isinstance(outcome, Handoff)]
    [refused] = [outcome for outcome in outcomes if isinstance(outcome, handoffs.HandoffAlreadyTaken)]
    assert refused.taken_by == taken.taken_by_name
    assert (await read(database)).state is HandoffState.TAKEN


async def test_the_applicant_is_told_once_who_talks_and_asked_at_the_end(
    database: Database, now: datetime
) -> None:
    await ask(database, now)
    await take(database, now)
    for minutes in (1, 2, 3):
        async with database.transaction() as session:
            await handoffs.write(session, AMINA, OMAR, rests=HOUR, at=now + timedelta(minutes=minutes))
    assert len(await waiting(database, Kind.HANDOFF_TAKEN)) == 1
    [solved] = await waiting(database, Kind.HANDOFF_SOLVED_ASKED)
    assert solved.due_at == now + HOUR + timedelta(minutes=3)
    assert (await read(database)).taken_by_name == "Grace"


async def test_whoever_writes_first_has_taken_it(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        await handoffs.write(session, AMINA, OMAR, rests=HOUR, at=now)
    handoff = await read(database)
    assert (handoff.state, handoff.taken_by_name, handoff.waits_since) == (HandoffState.TAKEN, "Omar", None)


@pytest.mark.parametrize("later", [timedelta(), HOUR - timedelta(seconds=1), HOUR])
async def test_the_assistant_rests_until_some_time_after_the_last_words(
    database: Database, now: datetime, later: timedelta
) -> None:
    await ask(database, now)
    handoff = await take(database, now)
    assert handoffs.is_resting(handoff.state, handoff.rests_until, now + later) is (later < HOUR)


async def test_the_applicant_may_wake_the_assistant(database: Database, now: datetime) -> None:
    await ask(database, now)
    await take(database, now)
    for expected in (True, False):
        async with database.transaction() as session:
            assert await handoffs.wake(session, AMINA, at=now) is expected
    handoff = await read(database)
    assert handoff.state is HandoffState.TAKEN
    assert not handoffs.is_resting(handoff.state, handoff.rests_until, now)
    assert await waiting(database, Kind.HANDOFF_SOLVED_ASKED) == []


async def test_who_asks_again_after_the_person_fell_silent_waits_for_somebody(
    database: Database, now: datetime
) -> None:
    await ask(database, now)
    await take(database, now)
    await ask(database, now + HOUR)
    handoff = await read(database)
    assert (handoff.state, handoff.waits_since) == (HandoffState.OPEN, now + HOUR)


async def test_a_snooze_ends_by_itself(database: Database, now: datetime) -> None:
    await ask(database, now)
    handoff = await take(database, now)
    async with database.transaction() as session:
        await handoffs.snooze(session, handoff.id, GRACE, until=now + HOUR, at=now)
    assert (await read(database)).state is HandoffState.SNOOZED
    assert len(await waiting(database, Kind.HANDOFF_PAUSED)) == 1
    for at, count in ((now + HOUR - timedelta(seconds=1), 0), (now + HOUR, 1), (now + HOUR, 0)):
        async with database.transaction() as session:
            assert len(await handoffs.end_snoozes(session, at=at)) == count
    assert (await read(database)).waits_since == now + HOUR


async def test_the_second_colleague_who_resolves_learns_who_was_first(database: Database, now: datetime) -> None:
    await ask(database, now)
    await resolve(database, now)
    with pytest.raises(handoffs.HandoffAlreadyResolved) as refused:
        await resolve(database, now, by="Omar")
    assert refused.value.resolved_by == "Grace"


@pytest.mark.parametrize(("later", "same"), [(WEEK, True), (WEEK + timedelta(seconds=1), False)])
async def test_who_asks_within_a_week_goes_on_with_the_same_handoff(
    database: Database, now: datetime, later: timedelta, same: bool
) -> None:
    await ask(database, now)
    before = await read(database)
    await resolve(database, now)
    await ask(database, now + later)
    after = await read(database)
    assert (after.id == before.id) is same
    assert (after.state, after.waits_since) == (HandoffState.OPEN, now + later)


@pytest.mark.parametrize(("later", "reopens"), [(WEEK, True), (WEEK + timedelta(seconds=1), False)])
async def test_who_writes_within_a_week_opens_it_again_without_alarm(
    database: Database, now: datetime, later: timedelta, reopens: bool
) -> None:
    await ask(database, now)
    await resolve(database, now)
    async with database.transaction() as session:
        again = await handoffs.write_again(session, AMINA, at=now + later)
    assert (again is not None) is reopens
    handoff = await read(database)
    assert handoff.waits_since is None
    assert (handoff.state is HandoffState.OPEN) is reopens


async def test_what_is_not_solved_waits_for_a_person_again(database: Database, now: datetime) -> None:
    await ask(database, now)
    await resolve(database, now)
    async with database.transaction() as session:
        handoff = await the_handoff(session)
        await handoffs.answer_solved(session, handoff.id, AMINA, is_solved=False, at=now + HOUR)
    handoff = await read(database)
    assert (handoff.state, handoff.is_solved, handoff.waits_since) == (HandoffState.OPEN, False, now + HOUR)


async def test_what_is_solved_after_the_person_fell_silent_is_resolved(database: Database, now: datetime) -> None:
    await ask(database, now)
    handoff = await take(database, now)
    async with database.transaction() as session:
        await handoffs.answer_solved(session, handoff.id, AMINA, is_solved=True, at=now + HOUR)
    handoff = await read(database)
    assert (handoff.state, handoff.is_solved, handoff.resolved_by) == (HandoffState.RESOLVED, True, "Grace")


async def test_nobody_else_says_whether_it_is_solved(database: Database, now: datetime) -> None:
    await ask(database, now)
    handoff = await read(database)
    with pytest.raises(handoffs.HandoffNotFound):
        async with database.transaction() as session:
            await handoffs.answer_solved(session, handoff.id, AMINA + 1, is_solved=True, at=now)


async def test_what_somebody_had_who_left_is_open_again_and_announced_again(
    database: Database, now: datetime
) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        await handoffs.announce(session, at=now)
    await take(database, now)
    async with database.transaction() as session:
        assert len(await handoffs.release(session, GRACE.id, at=now + HOUR / 2)) == 1
        assert await handoffs.release(session, GRACE.id, at=now + HOUR / 2) == []
        assert await handoffs.announce(session, at=now + HOUR / 2) == 1
    handoff = await read(database)
    assert (handoff.state, handoff.taken_by, handoff.waits_since) == (HandoffState.OPEN, None, now + HOUR / 2)


async def test_a_handoff_that_does_not_exist_cannot_be_taken_or_resolved(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        with pytest.raises(handoffs.HandoffNotFound):
            await handoffs.take(session, 404, GRACE, rests=HOUR, at=now)
        with pytest.raises(handoffs.HandoffNotFound):
            await handoffs.resolve(session, 404, by="Grace", at=now)


async def test_few_are_announced_each_by_itself(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        assert await handoffs.announce(session, at=now) == 1
        assert await handoffs.announce(session, at=now) == 0
    [told] = await waiting(database, Kind.HANDOFF_REQUESTED)
    assert (told.recipient, told.applicant_id) == (STAFF, AMINA)


async def test_two_hundred_in_a_minute_are_one_message_and_a_crisis_is_not_in_it(
    database: Database, now: datetime
) -> None:
    for number in range(200):
        await meet(database, AMINA + number, now)
        is_crisis = number == 150
        asked = Asked("I want to die", listed="crisis", is_crisis=is_crisis)
        await ask(database, now, HandoffReason.LISTED_WORDS, AMINA + number, asked)
        if number % 10 == 0:
            async with database.transaction() as session:
                await handoffs.announce(session, at=now + timedelta(seconds=number / 4))
    async with database.transaction() as session:
        await handoffs.announce(session, at=now + timedelta(seconds=50))
        [digest] = await handoffs.digests(session, at=now)
        together = await handoffs.of_digest(session, digest.id)
    assert len(await waiting(database, Kind.HANDOFF_DIGEST)) == 1
    alone = await waiting(database, Kind.HANDOFF_REQUESTED)
    assert len(alone) + len(together) == 200
    assert len(alone) <= 6
    assert AMINA + 150 in {each.applicant_id for each in alone}


async def test_what_nobody_takes_is_brought_to_duty_and_then_to_the_lead_in_office_hours(
    database: Database,
) -> None:
    desk = read_desk()
    before_opening = datetime.fromisoformat("2026-11-23T14:55:00+00:00")  # five to nine on a Monday in Houston
    await ask(database, before_opening)
    for minutes, told in ((9, 0), (14, 0), (15, 1), (16, 1), (34, 1), (35, 2), (600, 2)):
        at = before_opening + timedelta(minutes=minutes)
        async with database.transaction() as session:
            after = (desk.ask_duty_after, desk.ask_lead_after)
            await handoffs.escalate(session, desk.office_hours(at), after, at=at)
        assert len(await waiting(database, Kind.HANDOFF_OVERDUE)) == told, minutes


async def test_a_crisis_waits_for_no_office_hours(database: Database) -> None:
    desk = read_desk()
    midnight = datetime.fromisoformat("2026-11-22T06:00:00+00:00")
    await ask(database, midnight, HandoffReason.LISTED_WORDS, asked=Asked("I want to die", is_crisis=True))
    at = midnight + timedelta(minutes=10)
    async with database.transaction() as session:
        after = (desk.ask_duty_after, desk.ask_lead_after)
        assert len(await handoffs.escalate(session, desk.office_hours(at), after, at=at)) == 1


async def test_what_was_taken_in_time_is_brought_to_nobody(database: Database) -> None:
    desk = read_desk()
    opening = datetime.fromisoformat("2026-11-23T15:00:00+00:00")
    await ask(database, opening)
    await take(database, opening)
    async with database.transaction() as session:
        after = (desk.ask_duty_after, desk.ask_lead_after)
        at = opening + HOUR
        assert await handoffs.escalate(session, desk.office_hours(at), after, at=at) == []


async def test_one_of_many_makes_the_topic(database: Database, now: datetime) -> None:
    async def claim() -> bool:
        async with database.transaction() as session:
            return await handoffs.claim_topic(session, AMINA, at=now)

    assert sum(await asyncio.gather(*(claim() for _ in range(20)))) == 1
    async with database.transaction() as session:
        await handoffs.note_topic(session, AMINA, 77)
        assert not await handoffs.claim_topic(session, AMINA, at=now + HOUR)
        assert await handoffs.whose_topic(session, 77) == AMINA


async def test_a_topic_that_was_begun_and_never_made_may_be_made_by_another(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        assert await handoffs.claim_topic(session, AMINA, at=now)
        assert not await handoffs.claim_topic(session, AMINA, at=now + timedelta(seconds=59))
        assert await handoffs.claim_topic(session, AMINA, at=now + timedelta(seconds=61))


async def test_a_topic_that_was_deleted_is_lost_once_and_made_anew(database: Database, now: datetime) -> None:
    await ask(database, now)
    async with database.transaction() as session:
        await handoffs.claim_topic(session, AMINA, at=now)
        await handoffs.note_topic(session, AMINA, 77)
        assert await handoffs.without_topic(session) == []
        assert await handoffs.lose_topic(session, AMINA, 77)
        assert not await handoffs.lose_topic(session, AMINA, 77)
        assert await handoffs.without_topic(session) == [AMINA]
        assert await handoffs.claim_topic(session, AMINA, at=now)
