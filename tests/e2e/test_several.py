"""Two of each role, one of each killed while a crowd writes: nothing is lost, nothing comes twice, all in order.

Where a kill falls between an answer and the note that its update was handled, the answer comes again (decision 3).
That can happen to the one update of a chat that was under way at that moment; those are counted apart.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, text

from admissions import documents
from admissions.applications import Application
from admissions.consultations import Consultation, ConsultationStatus
from admissions.database import Database
from admissions.documents import DocumentKind
from admissions.inbox import ReceivedUpdate
from admissions.notifications import STAFF, Kind, Notification, State
from admissions.sealing import Keyring
from admissions.settings import Settings
from bot import texts
from tests import personas
from tests.assistant import KEY
from tests.conftest import create_database, drop_database
from tests.conversations.test_applying import ANSWERS
from tests.conversations.test_booking import DAY, TIME, buttons, tapped
from tests.people import NUMBERS
from tests.personas import Person
from tests.several import Role, Several, several
from tests.unit.documents.files import pdf

ASKERS, APPLICANTS, SENDERS, BOOKERS = 18, 8, 6, 6
ROUNDS = 4
QUESTIONS = {
    "how much it cost": "How much does it cost?",
    "do you help me with visa papers": "Do you help with the visa?",
    "is there housing": "Do you help with housing?",
}
STEPS = 6
SORRY = (texts.DIALOGUE_DOWN, texts.APOLOGY)
"""Answers too, where a part died that was needed for the right one; one asks again."""
CV = documents.read_documents().documents[DocumentKind.CV].title
GUESSED = {"Authorization": "Bearer guessed", "X-Telegram-Bot-Api-Secret-Token": "guessed"}
PATIENCE = 120.0
"""Seconds until a test says that something never happened."""


@pytest.fixture(scope="module")
async def machines(tmp_path_factory: pytest.TempPathFactory, postgres: str, redis: str) -> AsyncIterator[Several]:
    name = f"several_{uuid4().hex}"
    create_database(postgres, name)
    async with several(tmp_path_factory.mktemp("several"), postgres.format(name), redis) as machines:
        yield machines
    drop_database(postgres, name)


@pytest.fixture
async def database(machines: Several) -> AsyncIterator[Database]:
    database = Database(Settings(database_url=machines.environment["DATABASE_URL"]).database_url, Keyring([KEY]))
    yield database
    await database.close()


@dataclass
class Crowd:
    """Those who write, and how many answers they have had."""

    machines: Several
    answers: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def joins(self, name: str) -> Person:
        """Return somebody new who presses Start."""
        number, telegram = next(NUMBERS), self.machines.telegram
        body = {"first_name": name, "last_name": "Yusuf", "username": f"person{number}", "language_code": "en"}
        (await telegram.put(f"/sandbox/people/{number}", json=body)).raise_for_status()
        person = Person(telegram, number, number)
        await person.says("/start")
        return person

    def note(self, answers: int = 1) -> None:
        """Count answers."""
        self.answers += answers
        self._news.set()

    async def until_answered(self, least: int) -> None:
        """Wait until so many answers have come."""
        while self.answers < least:
            self._news.clear()
            await self._news.wait()


async def ask(crowd: Crowd) -> tuple[Person, Sequence[str]]:
    """Write three questions at once, again and again; return how the answers must begin."""
    person = await crowd.joins("Amina")
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            await person.send(question)
        await person.hears_all(len(QUESTIONS))
        crowd.note(len(QUESTIONS))
    return person, [*QUESTIONS.values()] * ROUNDS


async def apply(crowd: Crowd) -> Person:
    """Answer the first questions of the application."""
    person = await crowd.joins("Bashir")
    words = "/apply"
    while True:
        await person.says(words)
        crowd.note()
        asked = [bubble.text for bubble in await person.reads() if bubble.is_bot][-1]
        step = next((number for number in range(1, STEPS + 1) if asked.startswith(f"Step {number} of")), None)
        if step == STEPS:
            return person
        words = ANSWERS[step - 1][1] if step else "/apply"


async def send_cv(crowd: Crowd) -> Person:
    """Send a file and say what it is."""
    person = await crowd.joins("Chidi")
    await person.attach("cv.pdf", pdf(f"Chidi {person.id}"))
    question = await person.hears_of(texts.WHICH_DOCUMENT)
    crowd.note()
    await person.tap(CV, question)
    while not ((told := (await person.hears()).text) == texts.ALREADY_SORTED or f"• {CV}: received" in told):
        pass  # the former where the bot that took the tap died before it answered
    crowd.note()
    return person


async def book(crowd: Crowd, name: str) -> Person:
    """Book a talk."""
    person = await crowd.joins(name)
    await person.send("/book")
    await person.hears_of(texts.WHICH_PLACE)
    await person.send("lahore")
    guess = await person.hears_of("(Lahore)")
    crowd.note(2)
    await person.tap(next(title for title in guess.buttons if title.startswith("Yes")), guess)
    while not (free := buttons(days := await person.hears(), DAY)):
        pass
    late, day = divmod(BOOKING.index(name), len(free))  # each another time
    times = await tapped(person, free[day], days)
    topics = await tapped(person, buttons(times, TIME)[late], times)
    crowd.note(3)
    media = await tapped(person, texts.TALK_TOPICS["visa"], topics)
    await tapped(person, texts.BOOK_BY["telegram"], media)
    await person.hears_of(texts.CALENDAR_FILE)
    crowd.note(2)
    return person


BOOKING = [f"Dina{letter}" for letter in "abcdef"[:BOOKERS]]


async def under_way(database: Database) -> dict[int, str]:
    """Return, by chat, what the oldest update says that is not handled."""
    waiting = select(ReceivedUpdate).where(ReceivedUpdate.handled_at.is_(None)).order_by(ReceivedUpdate.id.desc())
    async with database.reading() as session:
        updates = (await session.scalars(waiting)).all()
    return {update.chat: str(((update.payload or {}).get("message") or {}).get("text")) for update in updates}


async def leaders(database: Database) -> int:
    """Return how many hold the lock of the one that leads."""
    held = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
    held += " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
    async with database.reading() as session:
        return int(await session.scalar(text(held)) or 0)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110 - a database tells of no change
            await asyncio.sleep(0.1)


def are_answers(heard: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether each answer came once and in its place."""
    return len(heard) == len(expected) and all(
        words.startswith((answer, *SORRY)) for words, answer in zip(heard, expected, strict=True)
    )


def are_answers_but_one_twice(heard: Sequence[str], expected: Sequence[str], answer: str | None) -> bool:
    """Whether only a certain answer came twice, one after the other."""
    places = [place for place, each in enumerate(expected) if each == answer]
    return any(are_answers(heard, [*expected[: place + 1], *expected[place:]]) for place in places)


async def test_who_has_no_token_is_refused_at_every_door(machines: Several) -> None:
    forged = {
        "bot": ("/webhook", {"update_id": 1}),
        "rasa": ("/webhooks/turns/webhook", {"sender": "1", "message": "/deny"}),
        "actions": ("/webhook", {"next_action": "action_hand_off", "sender_id": "1"}),
    }
    async with httpx.AsyncClient(trust_env=False) as stranger:
        for name, (path, body) in forged.items():
            for role in machines.roles[name]:
                for token in (
                    {},
                    {"Authorization": "Bearer guessed", "X-Telegram-Bot-Api-Secret-Token": "guessed"},
                ):
                    response = await stranger.post(role.url + path, json=body, headers=token)
                    assert response.status_code in (401, 403), (name, response.text)


async def test_one_of_each_is_killed_and_nobody_notices(
    machines: Several, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personas, "PATIENCE", PATIENCE)
    crowd = Crowd(machines)
    in_work: dict[int, str] = {}
    assert await leaders(database) == 1
    leader, follower = sorted(machines.roles["worker"], key=lambda role: not role.leads)
    assert (leader.leads, follower.leads) == (True, False)

    async def kill_one_of_each() -> None:
        bot, rasa, actions = (machines.roles[name][0] for name in ("bot", "rasa", "actions"))
        for least, role in ((60, bot), (110, rasa), (160, actions), (190, leader)):
            await crowd.until_answered(least)
            await role.kill()
            if role is bot:
                in_work.update(await under_way(database))

    async with asyncio.timeout(3 * PATIENCE), asyncio.TaskGroup() as tasks:
        killing = tasks.create_task(kill_one_of_each())
        asking = [tasks.create_task(ask(crowd)) for _ in range(ASKERS)]
        applying = [tasks.create_task(apply(crowd)) for _ in range(APPLICANTS)]
        sending = [tasks.create_task(send_cv(crowd)) for _ in range(SENDERS)]
        booking = [tasks.create_task(book(crowd, name)) for name in BOOKING]
    assert killing.done()

    await until(lambda: nothing_waits(database))
    sorry = twice = 0
    for person, expected in (task.result() for task in asking):
        told = [bubble.text for bubble in await person.reads() if bubble.is_bot]
        heard = [words for words in told if not words.startswith(texts.WELCOME)]
        sorry += sum(words in SORRY for words in heard)
        if not are_answers(heard, expected):
            in_doubt = QUESTIONS.get(in_work.get(person.id, ""))
            assert are_answers_but_one_twice(heard, expected, in_doubt), (
                [words[:30] for words in heard],
                in_doubt,
            )
            twice += 1
    await check_the_books(database, applying, sending, booking)
    await until(lambda: follower_leads(database, follower))
    await until(lambda: nothing_is_due(database))
    await check_that_staff_were_told(machines, database)
    print(
        f"\n{crowd.answers} answers to {len(asking + applying + sending + booking)} people; killed: a bot, a Rasa,"
        f" an action server, the leading worker; {sorry} times try again, {twice} answers came twice"
    )


async def nothing_waits(database: Database) -> bool:
    return not await under_way(database)


async def follower_leads(database: Database, follower: Role) -> bool:
    return follower.leads and await leaders(database) == 1


async def nothing_is_due(database: Database) -> bool:
    unsettled = Notification.state.in_((State.WAITING, State.SENDING))
    async with database.reading() as session:
        due = select(func.count()).where(unsettled, Notification.due_at <= datetime.now(UTC))
        return not await session.scalar(due)


async def check_that_staff_were_told(machines: Several, database: Database) -> None:
    """Check that staff heard of every talk once, but for what was on its way when the leader was killed."""
    staff = Person(machines.telegram, 0, machines.staff_chat)
    told = Counter(
        bubble.text.split()[2] for bubble in await staff.reads() if bubble.text.startswith("New talk: ")
    )
    async with database.reading() as session:
        notices = select(Notification).where(
            Notification.recipient == STAFF, Notification.kind == Kind.CONSULTATION_CHANGED
        )
        is_unsure = any(notice.attempts > 1 or notice.reason for notice in await session.scalars(notices))
    assert is_unsure or told == Counter(BOOKING)


async def check_the_books(
    database: Database,
    applying: "Sequence[asyncio.Task[Person]]",
    sending: "Sequence[asyncio.Task[Person]]",
    booking: "Sequence[asyncio.Task[Person]]",
) -> None:
    """Check that what people gave is in the database, once."""

    def ids(tasks: "Sequence[asyncio.Task[Person]]") -> list[int]:
        return sorted(task.result().id for task in tasks)

    async with database.reading() as session:
        begun = await session.scalars(select(Application.applicant_id).order_by(Application.applicant_id))
        assert [*begun] == ids(applying)
        sent = await session.scalars(
            select(documents.Document.applicant_id)
            .where(documents.Document.version == 1)
            .order_by(documents.Document.applicant_id)
        )
        assert [*sent] == ids(sending)
        uploads = await session.scalar(select(func.count()).select_from(documents.Upload))
        assert uploads == SENDERS
        booked = select(Consultation.applicant_id).where(Consultation.status == ConsultationStatus.BOOKED)
        assert [*await session.scalars(booked.order_by(Consultation.applicant_id))] == ids(booking)
