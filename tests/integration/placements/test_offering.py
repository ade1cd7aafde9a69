"""An offer: accepted or declined in time, by whom it is for, once."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from admissions import placements
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.placements import (
    MoveNotAllowed,
    OfferEnded,
    PeriodRefused,
    PlacementNotFound,
    PlacementStatus,
    ReplyByPast,
    WordsMissing,
)
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import LENA, Desk


async def test_she_accepts_and_accepting_again_changes_nothing(desk: Desk, amina: Applicant) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    for _ in range(2):
        accepted = await amina.does(placements.accept, offered.id, at=desk.now)
        assert accepted.status is PlacementStatus.ACCEPTED
    with pytest.raises(MoveNotAllowed):
        await amina.does(placements.decline, offered.id, at=desk.now)


async def test_she_accepts_on_two_devices_at_once_and_it_counts_once(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    offered = await desk.offers(application_id)
    await asyncio.gather(*(amina.does(placements.accept, offered.id, at=desk.now) for _ in range(3)))
    async with desk.database.reading() as session:
        history = await placements.history(session, application_id)
    assert [change.after for change in history].count("accepted") == 1


async def test_she_declines_and_her_application_is_in_review_again(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    offered = await desk.offers(application_id)
    await desk.passes_on()
    assert (await amina.reviews()).status is ApplicationStatus.MATCHED
    await amina.does(placements.decline, offered.id, at=desk.now)
    await desk.passes_on()
    assert (await amina.reviews()).status is ApplicationStatus.IN_REVIEW
    await desk.offers(application_id)


async def test_an_offer_of_somebody_else_is_not_there(desk: Desk, amina: Applicant, now: datetime) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    mallory = await an_applicant(desk.database, 700_000_666, now)
    for step in (placements.accept, placements.decline, placements.get_offer):
        with pytest.raises(PlacementNotFound):
            await mallory.does(step, offered.id, at=now)
        with pytest.raises(PlacementNotFound):
            await amina.does(step, 4711, at=now)


@pytest.mark.parametrize("swept", [False, True], ids=["before the sweep", "after the sweep"])
async def test_an_offer_ends_at_its_time_sharp(desk: Desk, amina: Applicant, *, swept: bool) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    desk.now = offered.reply_by
    if swept:
        await desk.passes_on()
    for step in (placements.accept, placements.decline, placements.get_offer):
        with pytest.raises(OfferEnded):
            await amina.does(step, offered.id, at=desk.now)


async def test_an_offer_can_be_taken_until_a_second_before(desk: Desk, amina: Applicant) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    desk.now = offered.reply_by - timedelta(seconds=1)
    await desk.passes_on()
    assert (await amina.does(placements.get_offer, offered.id, at=desk.now)).id == offered.id
    await amina.does(placements.accept, offered.id, at=desk.now)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"first_day": date(2027, 3, 2)}, PeriodRefused),
        ({"last_day": date(2027, 4, 22)}, PeriodRefused),
        ({"last_day": date(2027, 3, 19)}, PeriodRefused),
        ({"site": "  "}, WordsMissing),
        ({"specialty": "x" * 101}, WordsMissing),
        ({"reply_by": datetime.fromisoformat("2026-11-23T12:00:00+00:00")}, ReplyByPast),
    ],
    ids=str,
)
async def test_an_offer_that_cannot_be_is_not_made(
    desk: Desk, amina: Applicant, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    application_id = await desk.application_of(amina)
    with pytest.raises(refusal):
        await desk.offers(application_id, **wrong)


async def test_four_weeks_are_enough(desk: Desk, amina: Applicant) -> None:
    await desk.offers(await desk.application_of(amina), last_day=date(2027, 3, 26))


async def test_a_rotation_that_is_completed_ends_the_application(
    desk: Desk, amina: Applicant, database: Database
) -> None:
    application_id = await desk.application_of(amina)
    offered = await desk.offers(application_id)
    await desk.passes_on()
    await amina.does(placements.accept, offered.id, at=desk.now)
    for status in (
        PlacementStatus.CONFIRMED,
        PlacementStatus.PREPARATION,
        PlacementStatus.IN_PROGRESS,
        PlacementStatus.COMPLETED,
    ):
        await desk.moves(offered.id, status)
    await desk.passes_on()
    async with database.reading() as session:
        application = await placements.get_application(session, application_id)
    assert (application.status, application.ended_at) == (ApplicationStatus.COMPLETED, desk.now)
    await amina.begins()


async def test_what_ends_takes_its_open_placement_along(desk: Desk, amina: Applicant, database: Database) -> None:
    application_id = await desk.application_of(amina)
    offered = await desk.offers(application_id)
    await desk.moves(application_id, ApplicationStatus.WITHDRAWN, LENA)
    await desk.passes_on()
    async with database.reading() as session:
        assert (await placements.get_placement(session, offered.id)).status is PlacementStatus.CANCELLED


async def test_giving_up_costs_once_a_place_is_confirmed(desk: Desk, amina: Applicant) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    await amina.does(placements.accept, offered.id, at=desk.now)
    assert not await amina.does(placements.cancelling_costs)
    await desk.moves(offered.id, PlacementStatus.CONFIRMED)
    assert await amina.does(placements.cancelling_costs)
