"""The figures, counted over the real tables of an invented clerkship; told every Monday, once."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from admissions import notifications, reports, staff
from admissions.database import Database
from admissions.notifications import STAFF, Kind, State
from admissions.reports import Figures, Stage
from bot.desk import figures
from tests.integration.reports import invented

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)  # eight o'clock in Houston
DESK = staff.read_desk()


async def counted(database: Database, at: datetime = MONDAY) -> Figures:
    async with database.reading() as session:
        return await reports.figures(session, DESK.office_hours(at), since=at - reports.LOOKED_BACK, at=at)


async def test_how_many_came_how_far(database: Database) -> None:
    await invented.invent(database, MONDAY)
    assert (await counted(database)).funnel == {
        Stage.STARTED: invented.STARTED,
        Stage.BEGAN: invented.BEGAN,
        Stage.SUBMITTED: invented.SUBMITTED,
        Stage.TALKED: invented.TALKED,
        Stage.OFFERED: invented.OFFERED,
        Stage.CONFIRMED: invented.CONFIRMED,
    }


async def test_where_drafts_are_left_alone(database: Database) -> None:
    await invented.invent(database, MONDAY)
    stops = (await counted(database)).stops
    assert {stop.question: stop.left for stop in stops if stop.left} == invented.LEFT_AT
    reached = [stop.reached for stop in stops]
    assert reached[0] == invented.BEGAN
    assert reached == sorted(reached, reverse=True)


async def test_what_was_asked_and_what_needed_a_person(database: Database) -> None:
    await invented.invent(database, MONDAY)
    of_all = await counted(database)
    assert of_all.messages == invented.UNDERSTOOD + invented.NOT_UNDERSTOOD
    assert of_all.unanswered == invented.NOT_UNDERSTOOD
    assert set(of_all.newest_unanswered) == set(invented.WORDS)
    assert (of_all.wait.asked, of_all.wait.open) == (21, 2)
    assert of_all.wait.median
    assert of_all.wait.longest
    assert of_all.wait.median <= of_all.wait.longest
    assert of_all.askers - of_all.askers_alone == of_all.wait.asked
    assert 0 < of_all.out_of_hours < of_all.messages


async def test_what_is_older_is_left_out(database: Database) -> None:
    await invented.invent(database, MONDAY)
    later = await counted(database, MONDAY + timedelta(days=40))
    assert later.funnel[Stage.STARTED] == 0
    assert later.messages == 0
    assert later.wait.asked == 0


async def test_an_empty_database_makes_a_picture_and_a_text_too(database: Database) -> None:
    nothing = await counted(database)
    assert "nothing yet" in figures.write(nothing)
    assert Image.open(BytesIO(figures.draw("The last 28 days", nothing))).size[0] == figures.WIDTH


async def test_the_text_says_what_the_picture_shows_and_fits_below_it(database: Database) -> None:
    await invented.invent(database, MONDAY)
    of_all = await counted(database)
    text = figures.write(of_all)
    assert len(text) <= figures.LONGEST
    for bar in figures.funnel(of_all):
        assert f"{bar.title}: {bar.label}" in text
    for bar in figures.stops(of_all):
        assert (f"{bar.title} {bar.label}" in text) == bool(bar.value)
    for tile in figures.tiles(of_all):
        assert f"{tile.title}: {tile.number} ({tile.detail})" in text
    picture = Image.open(BytesIO(figures.draw("The last 28 days", of_all)))
    assert picture.format == "PNG"
    assert picture.size[0] + picture.size[1] <= 10_000  # what Telegram takes


@pytest.mark.parametrize(
    ("at", "due_at"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 14, tzinfo=UTC)),
        (datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 23, 14, tzinfo=UTC)),
        (datetime(2026, 11, 23, 14, 1, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        # the clocks go forward on 14 March 2027: eight in Houston is an hour earlier in UTC
        (datetime(2027, 3, 10, tzinfo=UTC), datetime(2027, 3, 15, 13, tzinfo=UTC)),
    ],
)
def test_the_report_is_due_on_mondays_at_eight_in_houston(at: datetime, due_at: datetime) -> None:
    assert reports.next_report_at(at) == due_at


async def test_it_is_planned_once_however_often(database: Database) -> None:
    for minutes in range(0, 180, 60):
        async with database.transaction() as session:
            await reports.plan_weekly(session, at=MONDAY - timedelta(days=1, minutes=minutes))
    async with database.reading() as session:
        [planned] = await notifications.listed(session, states=[*State], limit=9)
    assert (planned.kind, planned.recipient, planned.due_at) == (Kind.WEEKLY_REPORT, STAFF, MONDAY)
