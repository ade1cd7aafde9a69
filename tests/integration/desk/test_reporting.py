"""The figures in the group: on request, and by themselves on Mondays."""

from datetime import UTC, datetime, timedelta

from bot import jobs
from bot.desk import texts as words
from tests.integration.desk.conftest import Desk
from tests.personas import Person


async def test_the_figures_come_as_a_picture_with_the_same_as_text(desk: Desk, amina: Person) -> None:
    await desk.an_application(amina)
    shown = await desk.priya.says("/stats")
    assert shown.photo
    assert shown.text.startswith("The last 28 days")
    assert "Submitted: 1 (100 %)" in shown.text
    week = await desk.priya.taps("7 days", shown)
    assert week.text.startswith("The last 7 days")


async def test_so_many_days_cannot_be_looked_back_on(desk: Desk) -> None:
    for days in ("0", "400", "many"):
        assert (await desk.priya.says(f"/stats {days}")).text == words.DAYS_UNCLEAR


async def test_every_monday_they_come_by_themselves_once(desk: Desk) -> None:
    await jobs.plan_report(desk.services)
    desk.clock.now = datetime(2026, 11, 30, 14, tzinfo=UTC)
    desk.services.news.set()
    report = await desk.dana.hears()
    assert report.photo
    assert report.text.startswith("Monday: the last 28 days")
    desk.clock.now += timedelta(minutes=1)
    await jobs.plan_report(desk.services)
    desk.services.news.set()
    assert words.QUEUE_TITLE in (await desk.dana.says("/queue")).text
