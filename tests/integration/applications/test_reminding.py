"""A draft left alone: two reminders, apart from each other, and none once it goes on."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from admissions import applications, notifications
from admissions.applications import Progress
from admissions.notifications import Kind, Notification, State
from tests.integration.applications.steps import Applicant

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def remind(amina: Applicant, at: datetime) -> int:
    async with amina.database.transaction() as session:
        return await applications.remind(session, at=at)


async def reminders(amina: Applicant) -> Sequence[Notification]:
    async with amina.database.reading() as session:
        return await notifications.listed(session, states=[*State], limit=99)


async def left_alone(amina: Applicant) -> Progress | None:
    [reminder, *_] = await reminders(amina)
    async with amina.database.reading() as session:
        return await applications.left_alone(session, reminder.about_id)


@pytest.fixture(autouse=True)
async def draft(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("standing")


async def test_after_a_day_and_after_three_and_never_again(amina: Applicant) -> None:
    moments = [amina.now + after for after in (DAY - HOUR, DAY, DAY + HOUR, 3 * DAY, 9 * DAY)]
    assert [await remind(amina, at) for at in moments] == [0, 1, 0, 1, 0]
    rows = await reminders(amina)
    assert {(row.recipient, row.kind) for row in rows} == {(amina.id, Kind.DRAFT_REMINDER)}
    assert [row.due_at - amina.now for row in rows] == [3 * DAY, DAY]


async def test_it_tells_how_many_questions_are_left(amina: Applicant) -> None:
    await remind(amina, amina.now + DAY)
    progress = await left_alone(amina)
    assert progress is not None
    assert (progress.left, progress.total) == (12, 13)


async def test_after_a_long_downtime_both_are_not_sent_at_once(amina: Applicant) -> None:
    later = amina.now + 5 * DAY
    assert [await remind(amina, at) for at in (later, later + HOUR, later + DAY)] == [1, 0, 1]


async def test_twenty_who_look_at_once_remind_once(amina: Applicant) -> None:
    outcomes = await asyncio.gather(*(remind(amina, amina.now + DAY) for _ in range(20)))
    assert sorted(outcomes) == [0] * 19 + [1]


async def test_an_answer_begins_the_count_anew_and_makes_the_reminder_moot(amina: Applicant) -> None:
    await remind(amina, amina.now + DAY)
    amina.now += 2 * DAY
    await amina.answers("core_rotations")
    assert await left_alone(amina) is None
    assert [await remind(amina, amina.now + after) for after in (DAY - HOUR, DAY)] == [0, 1]


async def test_none_is_sent_of_what_is_submitted_or_withdrawn(amina: Applicant) -> None:
    await remind(amina, amina.now + DAY)
    while question := (await amina.sees()).question:
        await amina.answers(question)
    await amina.submits()
    assert await left_alone(amina) is None
    assert await remind(amina, amina.now + 3 * DAY) == 0
    await amina.does(applications.withdraw, "No time.", at=amina.now)
    assert await remind(amina, amina.now + 3 * DAY) == 0
