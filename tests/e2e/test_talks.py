"""Talks with an advisor under a crowd, and with processes that die: one talk, and each reminder once."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from admissions import applicants
from admissions.consultations import Advisor, Consultation, ConsultationStatus
from admissions.database import Database
from admissions.notifications import Kind, Notification, State
from admissions.places import place_of_zone
from admissions.settings import Settings
from bot import texts
from tests.assistant import Assistant, running
from tests.conftest import create_database, drop_database
from tests.conversations.test_booking import DAY, TIME, buttons, tapped
from tests.people import a_coordinator, an_applicant
from tests.personas import Bubble, Person

CROWD = 50
KILLS = 6
SEED = 20261124


@pytest.fixture(params=["sqlite", "postgres"])
async def own(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Assistant]:
    """An assistant of this test's own, on SQLite and on Postgres."""
    if request.param == "sqlite":
        async with running(tmp_path / "own") as assistant:
            yield assistant
        return
    postgres, name = request.getfixturevalue("postgres"), f"talks_{tmp_path.name}".replace("-", "_").lower()[:60]
    create_database(postgres, name)
    async with running(tmp_path / "own", DATABASE_URL=postgres.format(name)) as assistant:
        yield assistant
    drop_database(postgres, name)


@pytest.fixture
async def database(own: Assistant) -> AsyncIterator[Database]:
    """The assistant's own database, as a test looks into it and lets time pass."""
    database = Database(Settings(database_url=own.environment["DATABASE_URL"]).database_url)
    yield database
    await database.close()


async def settled(own: Assistant, database: Database, name: str = "Amina") -> Person:
    """Return an applicant whose clock is known."""
    applicant = await an_applicant(own, name)
    async with database.transaction() as session:
        await applicants.settle(session, applicant.id, place_of_zone("Asia/Karachi"))
    return applicant


async def at_the_last_tap(applicant: Person) -> Bubble:
    """Choose the last time of the last day, which everybody in this file chooses."""
    days = await applicant.says("/book")
    times = await tapped(applicant, buttons(days, DAY)[-1], days)
    topics = await tapped(applicant, buttons(times, TIME)[-1], times)
    return await tapped(applicant, texts.TALK_TOPICS["visa"], topics)


async def booked(applicant: Person) -> Bubble:
    media = await at_the_last_tap(applicant)
    return await tapped(applicant, texts.BOOK_BY["telegram"], media)


async def talks(database: Database) -> list[Consultation]:
    async with database.reading() as session:
        found = select(Consultation).where(Consultation.status == ConsultationStatus.BOOKED)
        return [*await session.scalars(found)]


async def reminders(database: Database, applicant: Person) -> list[Notification]:
    async with database.reading() as session:
        found = select(Notification).where(Notification.recipient == applicant.id)
        return [*await session.scalars(found.order_by(Notification.due_at))]


async def leave_one_advisor(database: Database) -> None:
    async with database.transaction() as session:
        first = await session.scalar(select(func.min(Advisor.id)))
        await session.execute(update(Advisor).where(Advisor.id != first).values(is_active=False))


async def bring_forward(database: Database, kind: Kind) -> None:
    """Let the time of the first reminder of a kind come, and its talk begin soon after."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        waiting = select(Notification.id).where(Notification.kind == kind, Notification.state == State.WAITING)
        first = await session.scalar(waiting.order_by(Notification.due_at).limit(1))
        times = {"next_try_at": now, "stale_at": now + timedelta(hours=1)}
        await session.execute(update(Notification).where(Notification.id == first).values(**times))


async def test_fifty_who_tap_one_slot_at_once_make_one_talk(own: Assistant, database: Database) -> None:
    await leave_one_advisor(database)
    crowd = [await settled(own, database) for _ in range(CROWD)]
    offers = await asyncio.gather(*map(at_the_last_tap, crowd))
    for applicant, media in zip(crowd, offers, strict=True):
        await applicant.tap(texts.BOOK_BY["telegram"], media)
    seen = await asyncio.gather(
        *(
            applicant.sees(media.number, lambda bubble, media=media: bubble.text != media.text)  # type: ignore[misc]
            for applicant, media in zip(crowd, offers, strict=True)
        )
    )
    won = [bubble for bubble in seen if bubble.text.startswith(texts.BOOKED)]
    lost = [bubble for bubble in seen if bubble.text.startswith(texts.SLOT_TAKEN)]
    print(f"{CROWD} tapped one slot at once: {len(won)} booking, {len(lost)} kind answers")
    assert (len(won), len(lost), len(await talks(database))) == (1, CROWD - 1, 1)
    assert all(len(bubble.buttons) == 4 for bubble in lost), "three nearest times, and other days"


async def test_a_bot_killed_while_it_books_books_once(own: Assistant, database: Database) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for number in range(1, KILLS + 1):
        applicant = await settled(own, database)
        media = await at_the_last_tap(applicant)
        await applicant.tap(texts.BOOK_BY["telegram"], media)
        await asyncio.sleep(chance.uniform(0, 0.06))  # any moment of the booking is to be hit
        own.part("-m bot ").kill()
        talk = await applicant.sees(media.number, lambda bubble: bubble.text.startswith(texts.BOOKED))
        assert texts.MOVE_TALK in talk.buttons
        assert len(await talks(database)) == number
        assert len(await reminders(database, applicant)) == 3


async def test_a_reminder_is_answered_and_the_answer_reaches_the_advisor(
    own: Assistant, database: Database
) -> None:
    applicant, grace = await settled(own, database), await a_coordinator(own)
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    await bring_forward(database, Kind.CONSULTATION_SOON)
    reminder = await applicant.hears()
    assert reminder.text.startswith("Reminder: your talk")
    assert (await applicant.taps(texts.I_AM_LATE, reminder)).text == texts.LATE_NOTED
    while "is running late" not in (await grace.hears()).text:
        pass


async def test_a_bot_killed_between_plan_and_fire_reminds_once(own: Assistant, database: Database) -> None:
    applicant = await settled(own, database)
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    own.part("-m bot ").kill()
    await bring_forward(database, Kind.CONSULTATION_SOON)
    await own.hears("bot is back")
    assert (await applicant.hears()).text.startswith("Reminder: your talk")
    assert (await applicant.says("how much it cost")).text.startswith("How much"), "and no second reminder"


async def test_what_is_stale_after_downtime_is_dropped_with_its_reason(own: Assistant, database: Database) -> None:
    applicant = await settled(own, database)
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    past = datetime.now(UTC) - timedelta(hours=1)
    async with database.transaction() as session:
        theirs = update(Notification).where(Notification.kind == Kind.CONSULTATION_DAY_BEFORE)
        await session.execute(theirs.values(next_try_at=past, due_at=past, stale_at=past))
    await bring_forward(database, Kind.CONSULTATION_SOON)
    assert (await applicant.hears()).text.startswith("Reminder: your talk")
    [stale] = [each for each in await reminders(database, applicant) if each.kind is Kind.CONSULTATION_DAY_BEFORE]
    assert (stale.state, stale.reason) == (State.DROPPED, "stale")


async def test_the_advisor_is_briefed_asked_and_writes_the_next_step(own: Assistant, database: Database) -> None:
    applicant, grace = await settled(own, database), await a_coordinator(own)
    await applicant.says("how much it cost")
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    await bring_forward(database, Kind.CONSULTATION_BRIEF)
    while not (brief := await grace.hears()).text.startswith("In 15 minutes"):
        pass
    assert "How much does it cost?" in brief.text
    async with database.transaction() as session:
        began = {"begins_at": datetime.now(UTC) - timedelta(hours=1)}
        await session.execute(update(Consultation).values(**began))
    await bring_forward(database, Kind.CONSULTATION_OUTCOME_ASKED)
    while not (asked := await grace.hears()).text.startswith("How did the talk"):
        pass
    held = await tapped(grace, texts.HELD, asked)
    await grace.send("// shy, ask again in spring\nPlease send your transcripts.", reply_to=held.number)
    while not (sent := await grace.hears()).text.startswith("Sent to"):
        pass
    assert "shy" not in sent.text
    next_step = await applicant.hears()
    assert "Please send your transcripts." in next_step.text
    assert "shy" not in next_step.text
