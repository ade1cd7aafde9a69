"""Talks with an advisor under a crowd, and with processes that die: one talk, and each reminder once."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from admissions import applicants
from admissions.consultations import Advisor, Choice, Consultation, ConsultationStatus
from admissions.database import Database
from admissions.notifications import Kind, Notification, State
from admissions.places import place_of_zone
from bot import texts
from tests.assistant import Assistant, running
from tests.conftest import create_database, drop_database
from tests.conversations.test_booking import DAY, TIME, buttons, tapped
from tests.people import a_coordinator, an_applicant
from tests.personas import Bubble, Person

CROWD = 50
KILLS = 6
SEED = 20261124
AWAKE = ("America/Chicago", "Europe/London", "Asia/Karachi", "Asia/Tokyo")
"""Somewhere it is day."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def own(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres: str
) -> AsyncIterator[Assistant]:
    """An assistant whose parts these tests may kill, on SQLite and on Postgres."""
    folder, name = tmp_path_factory.mktemp("talks"), f"talks_{uuid4().hex}"
    create_database(postgres, name)
    database = {"DATABASE_URL": postgres.format(name)} if request.param == "postgres" else {}
    async with running(folder / "own", **database) as assistant:
        yield assistant
    drop_database(postgres, name)


@pytest.fixture
async def database(own: Assistant) -> AsyncIterator[Database]:
    """The assistant's own database, as a test looks into it and lets time pass."""
    database = own.open_database()
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


async def talks(database: Database, *whose: Person) -> list[Consultation]:
    theirs = [person.id for person in whose]
    async with database.reading() as session:
        found = select(Consultation).where(Consultation.applicant_id.in_(theirs))
        return [*await session.scalars(found.where(Consultation.status == ConsultationStatus.BOOKED))]


async def reminders(database: Database, applicant: Person) -> list[Notification]:
    async with database.reading() as session:
        found = select(Notification).where(Notification.recipient == applicant.id)
        return [*await session.scalars(found.order_by(Notification.due_at))]


@pytest.fixture
async def one_advisor(database: Database) -> AsyncIterator[None]:
    """Let one advisor alone be booked."""
    async with database.transaction() as session:
        first = await session.scalar(select(func.min(Advisor.id)))
        await session.execute(update(Advisor).where(Advisor.id != first).values(is_active=False))
    yield
    async with database.transaction() as session:
        await session.execute(update(Advisor).values(is_active=True))


async def put(database: Database, applicant: Person, begins_at: datetime) -> None:
    """Let an applicant's talk begin at another time."""
    ends_at = begins_at + timedelta(minutes=30)
    times = {"begins_at": begins_at, "ends_at": ends_at, "blocked_until": ends_at + timedelta(minutes=10)}
    async with database.transaction() as session:
        theirs = update(Consultation).where(Consultation.applicant_id == applicant.id)
        await session.execute(theirs.values(**times))


async def bring_forward(database: Database, kind: Kind, applicant: Person) -> None:
    """Let the time come of the first of a kind that is planned for an applicant's talk."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        waiting = select(Notification.id).where(Notification.kind == kind, Notification.state == State.WAITING)
        theirs = waiting.where(Notification.applicant_id == applicant.id)
        first = await session.scalar(theirs.order_by(Notification.due_at).limit(1))
        times = {"next_try_at": now, "stale_at": now + timedelta(hours=1)}
        await session.execute(update(Notification).where(Notification.id == first).values(**times))


@pytest.mark.usefixtures("one_advisor")
async def test_fifty_who_tap_one_slot_at_once_make_one_talk(own: Assistant, database: Database) -> None:
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
    assert (len(won), len(lost), len(await talks(database, *crowd))) == (1, CROWD - 1, 1)
    assert all(len(bubble.buttons) == 4 for bubble in lost), "three nearest times, and other days"


async def test_a_bot_killed_while_it_books_books_once(own: Assistant, database: Database) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(KILLS):
        applicant = await settled(own, database)
        media = await at_the_last_tap(applicant)
        await applicant.tap(texts.BOOK_BY["telegram"], media)
        await asyncio.sleep(chance.uniform(0, 0.06))  # any moment of the booking is to be hit
        own.part("-m bot ").kill()
        talk = await applicant.sees(media.number, lambda bubble: bubble.text.startswith(texts.BOOKED))
        assert texts.MOVE_TALK in talk.buttons
        assert len(await talks(database, applicant)) == 1
        assert len(await reminders(database, applicant)) == 3


async def test_a_reminder_is_answered_and_the_answer_reaches_the_advisor(
    own: Assistant, database: Database
) -> None:
    applicant, grace = await settled(own, database), await a_coordinator(own)
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    await bring_forward(database, Kind.CONSULTATION_SOON, applicant)
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
    await bring_forward(database, Kind.CONSULTATION_SOON, applicant)
    await own.hears("bot is back")
    assert (await after_the_file(applicant)).text.startswith("Reminder: your talk")
    await applicant.send("how much it cost")
    assert (await after_the_file(applicant)).text.startswith("How much"), "and no second reminder"


async def after_the_file(applicant: Person) -> Bubble:
    """Read on behind the calendar's file: after a kill an answer may come twice, a reminder not."""
    while (told := await applicant.hears()).text == texts.CALENDAR_FILE:
        pass
    return told


async def test_what_is_stale_after_downtime_is_dropped_with_its_reason(own: Assistant, database: Database) -> None:
    applicant = await settled(own, database)
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    past = datetime.now(UTC) - timedelta(hours=1)
    async with database.transaction() as session:
        theirs = update(Notification).where(Notification.recipient == applicant.id)
        day_before = theirs.where(Notification.kind == Kind.CONSULTATION_DAY_BEFORE)
        await session.execute(day_before.values(next_try_at=past, due_at=past, stale_at=past))
    await bring_forward(database, Kind.CONSULTATION_SOON, applicant)
    assert (await applicant.hears()).text.startswith("Reminder: your talk")
    while (stale := (await reminders(database, applicant))[0]).state is State.WAITING:
        pass
    assert (stale.kind, stale.state) == (Kind.CONSULTATION_DAY_BEFORE, State.DROPPED)
    assert stale.reason == "stale"


async def test_the_advisor_is_briefed_asked_and_writes_the_next_step(own: Assistant, database: Database) -> None:
    applicant, grace = await settled(own, database), await a_coordinator(own)
    await applicant.says("how much it cost")
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    await bring_forward(database, Kind.CONSULTATION_BRIEF, applicant)
    while not (brief := await grace.hears()).text.startswith("In 15 minutes"):
        pass
    assert "How much does it cost?" in brief.text
    await put(database, applicant, datetime.now(UTC) - timedelta(hours=1))
    await bring_forward(database, Kind.CONSULTATION_OUTCOME_ASKED, applicant)
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


async def test_times_offered_long_ago_are_not_booked_but_offered_anew(own: Assistant, database: Database) -> None:
    applicant = await settled(own, database)
    media = await at_the_last_tap(applicant)
    async with database.transaction() as session:
        theirs = update(Choice).where(Choice.applicant_id == applicant.id)
        await session.execute(theirs.values(asked_at=datetime.now(UTC) - timedelta(minutes=10)))
    days = await tapped(applicant, texts.BOOK_BY["telegram"], media)
    assert texts.CHOICE_EXPIRED in days.text
    assert buttons(days, DAY)
    assert await talks(database, applicant) == []


async def test_a_reminder_of_a_talk_that_begins_too_soon_to_change_leads_to_a_person(
    own: Assistant, database: Database
) -> None:
    applicant = await settled(own, database)
    talk = await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    await put(database, applicant, datetime.now(UTC) + timedelta(hours=3))
    refused = await applicant.taps(texts.CANCEL_TALK, talk)
    assert refused.text == texts.TOO_LATE_TO_CHANGE.format(hours=12)
    assert texts.PERSON in refused.buttons


async def test_when_nothing_is_free_one_waits_and_is_offered_what_is_freed(
    own: Assistant, database: Database
) -> None:
    applicant = await settled(own, database)
    async with database.transaction() as session:
        await session.execute(update(Advisor).values(is_active=False))
    nothing = await applicant.says("/book")
    assert nothing.text == texts.NO_SLOT
    waits = await tapped(applicant, texts.JOIN_WAIT_LIST, nothing)
    assert waits.text == texts.ON_WAIT_LIST
    async with database.transaction() as session:
        await session.execute(update(Advisor).values(is_active=True))
        awake = next(zone for zone in AWAKE if 8 <= datetime.now(ZoneInfo(zone)).hour < 22)
        await applicants.settle(session, applicant.id, place_of_zone(awake))
    offer = await applicant.hears()
    assert offer.text.startswith("A time is free for you")
    topics = await tapped(applicant, texts.TAKE_OFFER, offer)
    media = await tapped(applicant, texts.TALK_TOPICS["visa"], topics)
    talk = await tapped(applicant, texts.BOOK_BY["telegram"], media)
    assert talk.text.startswith(texts.BOOKED)


async def test_an_absence_is_noted_and_whoever_is_booked_is_asked_to_move(
    own: Assistant, database: Database
) -> None:
    applicant, grace = await settled(own, database, "Zainab"), await a_coordinator(own)
    await booked(applicant)
    assert (await applicant.hears()).text == texts.CALENDAR_FILE
    [talk] = await talks(database, applicant)
    async with database.reading() as session:
        advisor = await session.get_one(Advisor, talk.advisor_id)
    day = talk.begins_at.astimezone(ZoneInfo(advisor.entry["zone"]))
    await grace.send(f"/away {advisor.slug} {day:%-d %b}")
    while not (noted := await grace.hears()).text.startswith(f"{advisor.name} is away"):
        pass
    await grace.tap(texts.ASK_TO_MOVE.format(applicant="Zainab Yusuf"), noted)
    asked = await applicant.hears()
    assert "cannot come to your talk" in asked.text
    assert {texts.MOVE_TALK, texts.CANCEL_TALK} <= set(asked.buttons)
    await grace.send(f"/away {advisor.slug} 30 february")
    while (await grace.hears()).text != texts.NO_SUCH_DAY:
        pass
