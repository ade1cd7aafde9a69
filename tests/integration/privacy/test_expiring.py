"""Data are not kept for ever: a warning, time to keep them with one tap, and then they go."""

from datetime import datetime, timedelta

import pytest

from admissions import notifications, privacy
from admissions.applications import ApplicationStatus
from admissions.notifications import State
from admissions.privacy import Acquaintance, Keeping
from bot import jobs, texts
from tests.integration.privacy.conftest import Office

KEEPING = Keeping(drafts=timedelta(180), closed=timedelta(730), warned_before=timedelta(14))


def days(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("statuses", "ended", "kept_for"),
    [
        ([], None, 180),
        ([ApplicationStatus.DRAFT], None, 180),
        ([ApplicationStatus.SUBMITTED], None, None),
        ([ApplicationStatus.IN_REVIEW, ApplicationStatus.WITHDRAWN], 10, None),
        ([ApplicationStatus.COMPLETED], 10, 740),
        ([ApplicationStatus.COMPLETED], -10, 730),
        ([ApplicationStatus.NOT_PLACED, ApplicationStatus.DRAFT], 0, 730),
    ],
)
def test_data_are_kept_as_long_as_the_settings_say(
    now: datetime, statuses: list[ApplicationStatus], ended: int | None, kept_for: int | None
) -> None:
    ended_at = None if ended is None else now + days(ended)
    person = Acquaintance(1, now, statuses=frozenset(statuses), ended_at=ended_at)
    assert privacy.kept_until(person, KEEPING) == (None if kept_for is None else now + days(kept_for))


def test_whoever_has_plans_or_is_held_is_kept(now: datetime) -> None:
    assert privacy.kept_until(Acquaintance(1, now, has_plans=True), KEEPING) is None
    assert privacy.kept_until(Acquaintance(1, now, is_held=True), KEEPING) is None


def test_nobody_goes_without_a_warning_of_full_length(now: datetime) -> None:
    late = now + days(400)
    silent = Acquaintance(1, now)
    assert privacy.is_to_be_warned(silent, KEEPING, late)
    assert not privacy.is_to_be_forgotten(silent, KEEPING, late)
    warned = Acquaintance(1, now, warned_at=late)
    assert not privacy.is_to_be_warned(warned, KEEPING, late)
    assert not privacy.is_to_be_forgotten(warned, KEEPING, late + days(13.9))
    assert privacy.is_to_be_forgotten(warned, KEEPING, late + days(14))
    heard_of = Acquaintance(1, late + days(1), warned_at=late)
    assert not privacy.is_to_be_forgotten(heard_of, KEEPING, late + days(14))


async def hour(office: Office) -> None:
    await jobs.expire_data(office.desk.app, office.services)
    office.services.news.set()


async def test_who_stays_silent_is_warned_once_and_then_forgotten(office: Office) -> None:
    desk = office.desk
    amina = await desk.an_applicant()
    desk.clock.now += days(165)
    await hour(office)
    async with desk.database.reading() as session:
        assert await notifications.count(session, State.WAITING) == 0
    desk.clock.now += days(1.1)
    await hour(office)
    await hour(office)
    warning = await amina.hears()
    assert "On 22 May 2027 I remove" in warning.text
    assert warning.buttons == [texts.KEEP_DATA, texts.REMOVE]
    desk.clock.now += days(14)
    await hour(office)
    assert "they were kept as long as data are kept" in (await desk.marcus.hears()).text
    async with desk.database.reading() as session:
        assert await privacy.rows_of(session, amina.id) == {}


async def test_one_tap_keeps_the_data_as_long_again(office: Office) -> None:
    desk = office.desk
    amina = await desk.an_applicant()
    desk.clock.now += days(166.1)
    await hour(office)
    warning = await amina.hears()
    await amina.tap(texts.KEEP_DATA, warning)
    await amina.sees(warning.number, lambda bubble: bubble.text == texts.DATA_STAY)
    desk.clock.now += days(20)
    await hour(office)
    async with desk.database.reading() as session:
        assert await privacy.rows_of(session, amina.id) != {}
