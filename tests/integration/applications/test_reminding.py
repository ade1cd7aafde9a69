"""A draft left alone: two reminders in the applicant's daytime, none where none is wanted."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from admissions import applicants, applications, places
from admissions.applications import DraftToRemind
from tests.integration.applications.steps import WORDS, Applicant

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def due(amina: Applicant, at: datetime) -> Sequence[DraftToRemind]:
    async with amina.database.reading() as session:
        return await applications.drafts_to_remind(session, at=at)


async def remind(amina: Applicant, draft: DraftToRemind, at: datetime) -> bool:
    async with amina.database.transaction() as session:
        return await applications.mark_reminded(session, draft.application_id, draft.number, at=at)


@pytest.fixture(autouse=True)
async def draft(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("standing")


async def test_after_a_day_and_after_three_and_never_again(amina: Applicant) -> None:
    now = amina.now
    assert await due(amina, now + DAY - HOUR) == []
    [first] = await due(amina, now + DAY)
    assert (first.applicant_id, first.number, first.progress.left) == (amina.id, 1, 12)
    assert await remind(amina, first, now + DAY)
    assert await due(amina, now + DAY + HOUR) == []
    [second] = await due(amina, now + 3 * DAY)
    assert second.number == 2
    assert await remind(amina, second, now + 3 * DAY)
    assert await due(amina, now + 9 * DAY) == []


async def test_at_night_it_waits_for_the_morning(amina: Applicant) -> None:
    await amina.does(applicants.settle, places.place_of_zone("Pacific/Auckland"))
    one_at_night_there = amina.now + DAY
    assert await due(amina, one_at_night_there) == []
    assert len(await due(amina, one_at_night_there + 8 * HOUR)) == 1


async def test_until_the_clock_is_known_that_of_the_country_decides(amina: Applicant) -> None:
    for question in list(WORDS)[1 : list(WORDS).index("citizenship")]:
        await amina.answers(question)
    await amina.answers("citizenship", "New Zealand")
    one_at_night_there = amina.now + DAY
    assert await due(amina, one_at_night_there) == []
    await amina.does(applicants.settle, places.place_of_zone("Africa/Lagos"))
    assert len(await due(amina, one_at_night_there)) == 1


async def test_after_a_long_downtime_both_are_not_sent_at_once(amina: Applicant) -> None:
    later = amina.now + 5 * DAY
    [first] = await due(amina, later)
    await remind(amina, first, later)
    assert await due(amina, later + HOUR) == []
    assert len(await due(amina, later + DAY)) == 1


async def test_twenty_senders_send_it_once(amina: Applicant) -> None:
    at = amina.now + DAY
    [first] = await due(amina, at)
    outcomes = await asyncio.gather(*(remind(amina, first, at) for _ in range(20)))
    assert sorted(outcomes) == [False] * 19 + [True]


async def test_an_answer_begins_the_count_anew(amina: Applicant) -> None:
    [first] = await due(amina, amina.now + DAY)
    await remind(amina, first, amina.now + DAY)
    amina.now += 2 * DAY
    await amina.answers("core_rotations")
    assert await due(amina, amina.now + DAY - HOUR) == []
    assert [draft.number for draft in await due(amina, amina.now + DAY)] == [1]


async def test_none_is_sent_to_who_wants_none(amina: Applicant) -> None:
    [first] = await due(amina, amina.now + DAY)
    await amina.does(applications.mute_reminders)
    assert await due(amina, amina.now + DAY) == []
    assert not await remind(amina, first, amina.now + DAY)


async def test_none_is_sent_of_what_is_submitted_or_withdrawn(amina: Applicant) -> None:
    while question := (await amina.sees()).question:
        await amina.answers(question)
    await amina.submits()
    assert await due(amina, amina.now + 3 * DAY) == []
    await amina.does(applications.withdraw, "No time.", at=amina.now)
    assert await due(amina, amina.now + 3 * DAY) == []
