"""The wait list: one after the other, each for half an hour."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from admissions import applicants, consultations
from admissions.consultations import ConsultationStatus
from admissions.database import Database
from admissions.places import place_of_zone
from tests.integration.consultations.conftest import NOTICE, advisors_file, an_applicant, wanted

BEFORE = datetime(2026, 12, 4, 14, tzinfo=UTC)
"""The Friday before, 08:00 in Houston."""


async def booked_out(database: Database) -> int:
    """Leave one slot, and book it; return whose it is."""
    async with database.transaction() as session:
        file = advisors_file("dana", hours={"mon": ["09:00-09:30"]}, horizon_days=5)
        await consultations.import_advisors(session, file)
    applicant = await an_applicant(database)
    async with database.transaction() as session:
        await consultations.book(session, applicant, wanted(), at=BEFORE)
    return applicant


async def waiting(database: Database, count: int) -> Sequence[int]:
    applicants = [await an_applicant(database) for _ in range(count)]
    for number, applicant in enumerate(applicants):
        async with database.transaction() as session:
            assert await consultations.wait(session, applicant, at=BEFORE + timedelta(seconds=number))
    return applicants


async def offered(database: Database, at: datetime) -> Sequence[int]:
    async with database.transaction() as session:
        return [each.applicant_id for each in await consultations.offer_freed(session, at=at)]


async def cancel(database: Database, applicant: int) -> None:
    async with database.transaction() as session:
        await consultations.cancel(session, applicant, at=BEFORE, notice=NOTICE)


async def test_nobody_is_offered_what_is_not_free(database: Database) -> None:
    await booked_out(database)
    await waiting(database, 1)
    assert await offered(database, BEFORE) == []


async def test_a_freed_slot_goes_to_the_longest_wait_and_is_held(database: Database) -> None:
    applicant = await booked_out(database)
    first, _ = await waiting(database, 2)
    await cancel(database, applicant)
    assert await offered(database, BEFORE) == [first]
    assert await offered(database, BEFORE + timedelta(minutes=29)) == []
    async with database.reading() as session:
        assert await consultations.free(session, at=BEFORE) == []


async def test_after_half_an_hour_the_next_is_asked_and_the_first_goes_last(database: Database) -> None:
    applicant = await booked_out(database)
    first, second = await waiting(database, 2)
    await cancel(database, applicant)
    rounds = [await offered(database, BEFORE + timedelta(minutes=30 * number)) for number in range(3)]
    assert rounds == [[first], [second], [first]]


async def test_who_takes_the_offer_has_the_talk_and_waits_no_more(database: Database) -> None:
    applicant = await booked_out(database)
    [first] = await waiting(database, 1)
    await cancel(database, applicant)
    await offered(database, BEFORE)
    async with database.transaction() as session:
        offer = await consultations.get_offer(session, first, at=BEFORE)
        talk = await consultations.book(session, first, wanted(offer.begins_at, offer.advisor_id), at=BEFORE)
        assert talk.status is ConsultationStatus.BOOKED
        assert not await consultations.is_waiting(session, first)


async def test_nobody_else_can_book_what_is_held(database: Database) -> None:
    applicant = await booked_out(database)
    await waiting(database, 1)
    await cancel(database, applicant)
    await offered(database, BEFORE)
    with pytest.raises(consultations.SlotTaken):
        async with database.transaction() as session:
            await consultations.book(session, await an_applicant(database), wanted(), at=BEFORE)


async def test_an_offer_that_lapsed_cannot_be_taken(database: Database) -> None:
    applicant = await booked_out(database)
    [first] = await waiting(database, 1)
    await cancel(database, applicant)
    await offered(database, BEFORE)
    async with database.reading() as session:
        with pytest.raises(consultations.OfferLapsed):
            await consultations.get_offer(session, first, at=BEFORE + timedelta(minutes=30))


async def test_who_sleeps_is_passed_over_and_keeps_the_place(database: Database) -> None:
    applicant = await booked_out(database)
    sleeper, second = await waiting(database, 2)
    async with database.transaction() as session:
        await applicants.settle(session, sleeper, place_of_zone("Asia/Tokyo"))  # 23:00 there
    await cancel(database, applicant)
    assert await offered(database, BEFORE) == [second]
    assert await offered(database, BEFORE + timedelta(hours=9)) == [sleeper]


async def test_who_stops_waiting_frees_what_was_held(database: Database) -> None:
    applicant = await booked_out(database)
    first, second = await waiting(database, 2)
    await cancel(database, applicant)
    await offered(database, BEFORE)
    async with database.transaction() as session:
        await consultations.stop_waiting(session, first)
    assert await offered(database, BEFORE) == [second]


async def test_waiting_twice_keeps_the_place(database: Database) -> None:
    [first] = await waiting(database, 1)
    async with database.transaction() as session:
        assert not await consultations.wait(session, first, at=BEFORE + timedelta(hours=1))
