"""Booking, moving, cancelling: one talk for one slot, whoever taps at once."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from admissions import consultations, notifications
from admissions.consultations import ConsultationStatus, Medium, Reply, Topic, Wanted
from admissions.consultations.models import Consultation
from admissions.database import Database
from admissions.notifications import Kind, State
from admissions.notifications.models import Notification
from tests.integration.consultations.conftest import MONDAY, NOTICE, advisors_file, an_applicant, wanted

pytestmark = pytest.mark.usefixtures("dana")

NEXT = MONDAY + timedelta(minutes=40)
RACERS = 50


async def book(database: Database, applicant: int, begins_at: datetime, *, at: datetime) -> int:
    async with database.transaction() as session:
        return (await consultations.book(session, applicant, wanted(begins_at), at=at)).id


async def write(database: Database, number: int, **values: object) -> None:
    """Write into a talk past all rules of ours."""
    async with database.transaction() as session:
        await session.execute(update(Consultation).where(Consultation.id == number).values(**values))


async def planned(database: Database, applicant: int) -> list[tuple[Kind, datetime]]:
    """What the applicant will be told, and when."""
    async with database.reading() as session:
        rows = await session.scalars(
            select(Notification)
            .where(Notification.recipient == applicant, Notification.state == State.WAITING)
            .order_by(Notification.due_at)
        )
        return [(row.kind, row.due_at) for row in rows]


async def test_a_booked_slot_is_not_offered_again(database: Database, now: datetime) -> None:
    await book(database, await an_applicant(database), MONDAY, at=now)
    async with database.reading() as session:
        free = {slot.begins_at for slot in await consultations.free(session, at=now)}
    assert MONDAY not in free
    assert NEXT in free


async def test_fifty_people_who_tap_one_slot_at_once_make_one_talk(database: Database, now: datetime) -> None:
    racers = [await an_applicant(database) for _ in range(RACERS)]
    outcomes = await asyncio.gather(
        *(book(database, racer, MONDAY, at=now) for racer in racers), return_exceptions=True
    )
    refused = [each for each in outcomes if isinstance(each, consultations.SlotTaken)]
    booked = [each for each in outcomes if isinstance(each, int)]
    print(f"{RACERS} tapped one slot at once: {len(booked)} booking, {len(refused)} kind answers")
    assert (len(booked), len(refused)) == (1, RACERS - 1)
    assert all(len(each.nearest) == 3 for each in refused)


async def test_the_database_itself_lets_no_two_talks_overlap(database: Database, now: datetime) -> None:
    number = await book(database, await an_applicant(database), MONDAY, at=now)
    other = await book(database, await an_applicant(database), NEXT, at=now)
    with pytest.raises(IntegrityError):
        await write(database, other, begins_at=MONDAY + timedelta(minutes=5))
    await write(database, number, status=ConsultationStatus.CANCELLED)  # which stands in nobody's way
    await write(database, other, begins_at=MONDAY + timedelta(minutes=5))


async def test_booking_the_same_slot_twice_changes_nothing(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    assert await book(database, applicant, MONDAY, at=now) == await book(database, applicant, MONDAY, at=now)


async def test_one_who_taps_twice_at_once_has_one_talk(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    first, second = await asyncio.gather(*(book(database, applicant, MONDAY, at=now) for _ in range(2)))
    assert first == second


async def test_there_is_one_talk_to_come_at_a_time(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    with pytest.raises(consultations.AlreadyBooked) as refused:
        await book(database, applicant, NEXT, at=now)
    assert refused.value.begins_at == MONDAY


async def test_a_slot_that_has_begun_is_refused(database: Database) -> None:
    with pytest.raises(consultations.SlotPast):
        await book(database, await an_applicant(database), MONDAY, at=MONDAY)


async def test_a_time_that_is_no_slot_is_refused_with_the_nearest(database: Database, now: datetime) -> None:
    with pytest.raises(consultations.SlotTaken) as refused:
        await book(database, await an_applicant(database), MONDAY + timedelta(minutes=7), at=now)
    assert MONDAY in {slot.begins_at for slot in refused.value.nearest}


async def test_a_medium_that_nobody_offers_is_refused(database: Database, now: datetime) -> None:
    by_video = Wanted(MONDAY, None, Topic.VISA, Medium.VIDEO)
    with pytest.raises(consultations.MediumUnavailable):
        async with database.transaction() as session:
            await consultations.book(session, await an_applicant(database), by_video, at=now)


async def test_the_least_loaded_advisor_is_booked(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana", "marcus"))
    numbers = [await book(database, await an_applicant(database), when, at=now) for when in (MONDAY, NEXT)]
    async with database.reading() as session:
        booked = {(await consultations.get(session, number)).advisor.slug for number in numbers}
    assert booked == {"dana", "marcus"}


async def test_the_daily_limit_holds_under_a_race(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana", daily_limit=2))
    times = [MONDAY + timedelta(minutes=40 * number) for number in range(4)]
    racers = [await an_applicant(database) for _ in times]
    outcomes = await asyncio.gather(
        *(book(database, racer, time, at=now) for racer, time in zip(racers, times, strict=True)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, int) for each in outcomes) == 2


async def test_reminders_are_planned_with_the_booking(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    assert await planned(database, applicant) == [
        (Kind.CONSULTATION_DAY_BEFORE, MONDAY - timedelta(hours=24)),
        (Kind.CONSULTATION_SOON, MONDAY - timedelta(hours=2)),
        (Kind.CONSULTATION_SOON, MONDAY - timedelta(minutes=10)),
    ]


async def test_a_booking_that_fails_plans_nothing(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    with suppress(RuntimeError):
        async with database.transaction() as session:
            await consultations.book(session, applicant, wanted(), at=now)
            raise RuntimeError
    assert await planned(database, applicant) == []


async def test_moving_plans_the_reminders_anew(database: Database, now: datetime) -> None:
    applicant, tuesday = await an_applicant(database), MONDAY + timedelta(days=1)
    await book(database, applicant, MONDAY, at=now)
    async with database.transaction() as session:
        moved = await consultations.move(session, applicant, tuesday, None, at=now, notice=NOTICE)
        assert (moved.begins_at, moved.sequence) == (tuesday, 1)
    assert {due_at for _, due_at in await planned(database, applicant)} == {
        tuesday - timedelta(hours=24),
        tuesday - timedelta(hours=2),
        tuesday - timedelta(minutes=10),
    }


async def test_moved_and_moved_back_it_is_reminded_of_all_the_same(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    before = await planned(database, applicant)
    for time in (MONDAY + timedelta(days=1), MONDAY):
        async with database.transaction() as session:
            await consultations.move(session, applicant, time, None, at=now, notice=NOTICE)
    assert await planned(database, applicant) == before


async def test_a_talk_can_move_by_less_than_its_own_length(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana"))
        await consultations.import_advisors(
            session, advisors_file("dana", hours={"mon": ["09:20-17:00"], "tue": ["09:00-17:00"]})
        )
    applicant, later = await an_applicant(database), MONDAY + timedelta(minutes=20)
    await book(database, applicant, later, at=now)
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana"))
    async with database.transaction() as session:
        moved = await consultations.move(session, applicant, MONDAY, None, at=now, notice=NOTICE)
    assert moved.begins_at == MONDAY


async def test_cancelling_frees_the_slot_and_its_reminders(database: Database, now: datetime) -> None:
    applicant, other = await an_applicant(database), await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    async with database.transaction() as session:
        await consultations.cancel(session, applicant, at=now, notice=NOTICE)
    assert await planned(database, applicant) == []
    await book(database, other, MONDAY, at=now)


async def test_shortly_before_a_talk_only_a_person_can_change_it(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    late = MONDAY - NOTICE + timedelta(seconds=1)
    async with database.transaction() as session:
        with pytest.raises(consultations.TooLateToChange) as refused:
            await consultations.cancel(session, applicant, at=late, notice=NOTICE)
        with pytest.raises(consultations.TooLateToChange):
            await consultations.move(session, applicant, NEXT, None, at=late, notice=NOTICE)
    assert refused.value.hours == 12


async def test_who_has_no_talk_cannot_change_one(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    async with database.transaction() as session:
        with pytest.raises(consultations.ConsultationNotFound):
            await consultations.cancel(session, applicant, at=now, notice=NOTICE)


async def test_the_advisor_hears_of_everything(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    async with database.transaction() as session:
        await consultations.reply(session, applicant, Reply.LATE, at=now + timedelta(seconds=1))
        await consultations.cancel(session, applicant, at=now + timedelta(seconds=2), notice=NOTICE)
    async with database.reading() as session:
        told = await session.scalars(
            select(Notification)
            .where(Notification.recipient == notifications.STAFF, Notification.kind == Kind.CONSULTATION_CHANGED)
            .order_by(Notification.due_at)
        )
        assert [row.payload["change"] for row in told if row.payload] == ["booked", "late", "cancelled"]


async def test_a_talk_that_is_over_does_not_hinder_the_next(database: Database, now: datetime) -> None:
    applicant = await an_applicant(database)
    await book(database, applicant, MONDAY, at=now)
    await book(database, applicant, MONDAY + timedelta(days=1), at=MONDAY + timedelta(hours=1))
