"""Who is told of a change, whoever made it, and how often: once."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text

from admissions import notifications, placements
from admissions.applications import ApplicationStatus
from admissions.notifications import STAFF, Kind, State
from admissions.placements import PlacementStatus
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import LENA, Desk, an_offer, rows


async def told(desk: Desk) -> Sequence[tuple[int, Kind]]:
    """Return who is told what, the oldest first."""
    async with desk.database.reading() as session:
        found = await notifications.listed(session, states=[*State], limit=99)
    return [(each.recipient, each.kind) for each in reversed(found)]


async def test_what_she_did_herself_is_not_told_to_her(desk: Desk, amina: Applicant) -> None:
    assert await desk.application_of(amina)
    await desk.passes_on()
    assert await told(desk) == []


async def test_a_change_is_told_once_however_often_it_is_looked_for(desk: Desk, amina: Applicant) -> None:
    await desk.moves(await desk.application_of(amina), ApplicationStatus.IN_REVIEW)
    await asyncio.gather(*(desk.passes_on() for _ in range(4)))
    await desk.passes_on()
    assert await told(desk) == [(amina.id, Kind.STATUS_CHANGED)]


async def test_a_change_that_is_not_to_be_told_is_not(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.moves(application_id, ApplicationStatus.IN_REVIEW, tell=False)
    await desk.does(placements.offer, application_id, offer_of(desk), LENA, tell=False)
    await desk.passes_on()
    assert await told(desk) == []


async def test_there_and_back_is_told_twice(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    for status in (ApplicationStatus.IN_REVIEW, ApplicationStatus.INTERVIEW, ApplicationStatus.IN_REVIEW):
        await desk.moves(application_id, status)
    await desk.passes_on()
    assert await told(desk) == [(amina.id, Kind.STATUS_CHANGED)] * 3


async def test_an_offer_is_made_and_remembered_a_day_before_it_ends(desk: Desk, amina: Applicant) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    await desk.passes_on()
    assert await told(desk) == [(amina.id, Kind.OFFER_MADE), (amina.id, Kind.OFFER_ENDS_SOON)]
    [(due_at,)] = await rows(desk.database, "SELECT due_at FROM notifications WHERE kind = 'offer_ends_soon'")
    assert f"{offered.reply_by - timedelta(days=1):%Y-%m-%d %H:%M}" in str(due_at)


async def test_staff_are_told_of_her_answer_and_she_of_what_she_did_not_do(desk: Desk, amina: Applicant) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    await amina.does(placements.accept, offered.id, at=desk.now)
    await desk.passes_on()
    assert (await told(desk))[-1] == (STAFF, Kind.OFFER_ANSWERED)


async def test_an_offer_that_lapses_is_told_to_both(desk: Desk, amina: Applicant) -> None:
    offered = await desk.offers(await desk.application_of(amina))
    await desk.passes_on()
    desk.now = offered.reply_by
    await desk.passes_on()
    assert set((await told(desk))[2:]) == {(amina.id, Kind.STATUS_CHANGED), (STAFF, Kind.OFFER_ANSWERED)}


async def test_what_follows_is_done_and_not_told(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    offered = await desk.offers(application_id)
    await desk.passes_on()
    await desk.moves(application_id, ApplicationStatus.WITHDRAWN, LENA)
    await desk.passes_on()
    assert (await told(desk))[2:] == [(amina.id, Kind.STATUS_CHANGED)]
    async with desk.database.reading() as session:
        assert (await placements.get_placement(session, offered.id)).status is PlacementStatus.CANCELLED
        news = await placements.news_of(session, (await placements.history(session, application_id))[-2].id)
    assert news.shown is placements.Shown.WITHDRAWN


async def test_who_is_not_on_telegram_is_not_written_to(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await session.execute(
            text("INSERT INTO applications (status, reference) VALUES ('submitted', '7K4M-WQ3X')")
        )
    await desk.passes_on()
    assert await told(desk) == []
    assert await rows(desk.database, "SELECT count(*) FROM status_changes WHERE told_at IS NULL") == [(0,)]


def offer_of(desk: Desk) -> placements.Offer:

    return an_offer(desk.now)
