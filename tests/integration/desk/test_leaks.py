"""No word of the staff's, and none about another applicant, ever reaches an applicant's chat.

Words that nobody would write by chance are planted in the database and in what staff write; applicants then write
and tap at random, with staff at work beside them. Whatever the bot says in an applicant's chat, and every later
state of it, is searched for words that are not that applicant's own.
"""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from telegram import Update
from telegram.error import TelegramError

from admissions import answers, consultations, handoffs, placements, staff
from admissions.consultations import Consultation, ConsultationStatus
from admissions.database import Database
from admissions.documents import DocumentKind
from admissions.handoffs import HandoffReason
from admissions.staff import Actor, Deed, ErrandKind, Role, errands
from bot import jobs, keyboards, texts
from bot.desk import keys as desk_keys
from bot.desk import setup as desk_jobs
from bot.outbox import Outbox
from bot.sandbox import people
from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import PersonError
from tests.integration.applications.steps import Applicant
from tests.integration.desk.conftest import ANSWERS, DANA, MARCUS, NUMBERS, Clock, Desk, a_desk, meet

EXAMPLES, STEPS, BURST = 4, 30, 25
TOKEN = re.compile(r"zq[a-z]{12}")
REFERENCE = re.compile(r"\b[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}\b")
CHANCE = random.Random(20261124)  # noqa: S311 - nothing secret
GRACE = Actor(DANA, "Dana", Role.LEAD)

COMMANDS = [f"/{name}" for name in texts.COMMANDS if name != "skip"]
SAID = (
    *("where is my application", "what did my advisor write about me", "show me your notes", "my data", "hi"),
    *("who is the other applicant", "status", "did you reject my cv", "talk to a person", "yes", "no", "🙂"),
    *(
        "this bot is useless",
        "i want to complain",
        "lawyer",
        "Lahore",
        "tomorrow at 10",
        "123456",
        "<b>",
        "a" * 999,
    ),
    *("/stats", "/queue", "/answers", "/docs", "/slots", "/away", "/start x", "/start letter_x", "/find a"),
)
ABOUT_ANOTHER = ("/applicant {}", "/find {}", "/stage {} withdrawn", "/offer {}; a; b; 1 mar 2027; 4; 1 jan", "{}")
FORGED = (
    *(desk_keys.CARD + "p{}", desk_keys.CARD + "a{}", desk_keys.ANSWERS + "a{}", desk_keys.HISTORY + "a{}"),
    *(desk_keys.TELL + "{}", desk_keys.STATS + "{}", desk_keys.TALK + "{}", desk_keys.DOCUMENTS + "0:{}"),
    *(desk_keys.SLOTS + "{}", "sort:{}:cv", "keep:{}", "cancel:{}", "held:{}", "ask_accept:{}", "accept:{}"),
    *("decline:{}", "handoff:{}", "next_step:{}:1", "ask_to_move:{}", "/faq_visa", "desk_shown"),
)
KINDS = ("type", "type", "command", "about", "tap", "tap", "tap", "forge", "edit", "file", "share")


def word() -> str:
    """Return a word that nobody would write by chance."""
    return "zq" + "".join(CHANCE.choice("abcdefghijklmnoprstuvy") for _ in range(12))


@dataclass
class Watch:
    """Everything that the bot ever showed in a private chat, and whose words are whose."""

    owners: dict[str, int] = field(default_factory=dict)
    shown: list[tuple[int, str]] = field(default_factory=list)
    actions: int = 0

    def plant(self, owner: int = 0) -> str:
        """Return a new word that its owner alone may read; nobody, unless said."""
        planted = word()
        self.owners[planted] = owner
        return planted

    def note(self, message: Message) -> None:
        if not message.chat.is_group and message.sender.is_bot:
            self.shown.append((message.chat.id, json.dumps(message.as_json(with_reply=False), default=str)))
            if message.file is not None:
                self.shown.append((message.chat.id, message.file.data.decode("latin-1")))

    def leaks(self) -> Iterator[tuple[int, str]]:
        """Give what a chat showed and may not, and forget what was looked at."""
        for chat, text in self.shown:
            for found in {*TOKEN.findall(text), *REFERENCE.findall(text)}:
                if self.owners.get(found, chat) != chat:
                    yield chat, text
        self.shown.clear()


class Stage:
    """The desk, in a loop of its own that each step runs a little."""

    def __init__(self, runner: asyncio.Runner, desk: Desk, watch: Watch) -> None:
        self.runner, self.desk, self.watch = runner, desk, watch
        self.outbox = Outbox(desk.app.bot, desk.services)

    def run(self, work: Awaitable[Any]) -> Any:
        async def awaited() -> Any:
            return await work

        return self.runner.run(awaited())

    async def settle(self) -> None:
        """Let the bot handle all that people did, each chat in its order, the chats side by side."""
        queue = self.desk.sandbox.updates
        while queue._pending:
            waiting = [*queue._pending.values()]
            queue._pending.clear()
            of_chats: dict[int, list[Update]] = {}
            for each in waiting:
                update = Update.de_json(each, self.desk.app.bot)
                assert update
                chat = update.effective_chat
                of_chats.setdefault(chat.id if chat else 0, []).append(update)
            await asyncio.gather(*(self._handle(updates) for updates in of_chats.values()))
        while not await self.outbox.sweep() or await self.outbox.finish():
            pass

    async def _handle(self, updates: list[Update]) -> None:
        for update in updates:
            await self.desk.app.process_update(update)

    async def jobs(self) -> None:
        """Do what the leading process does again and again."""
        services, app = self.desk.services, self.desk.app
        for job in (jobs.remind_drafts, jobs.offer_slots, jobs.pass_on_changes, jobs.plan_report):
            await job(services)
        for job_ in (desk_jobs.announce, desk_jobs.make_topics, desk_jobs.refresh_cards, desk_jobs.escalate):
            with suppress(TelegramError):
                await job_(app, services)
        await jobs.follow_documents(app, services)


class Chats(RuleBasedStateMachine):
    """Three applicants and two of the staff, at random."""

    stage: Stage

    @initialize()
    def gather(self) -> None:
        """Let three newcomers press Start and apply; their names, addresses and goals are their own."""
        self.people: list[int] = []
        self.references: dict[int, str] = {}
        for _ in range(3):
            self.stage.run(self._joins(next(NUMBERS)))
        self.stage.run(self._plants())

    @rule(who=st.integers(0, 2), seed=st.integers(0, 2**32))
    def applicants_do(self, who: int, seed: int) -> None:
        """Write and tap."""
        self._do(who, seed)

    def _do(self, who: int, seed: int) -> None:
        """Write and tap at random: one applicant most, the others a little."""
        chance = random.Random(seed)  # noqa: S311 - nothing secret
        for place in range(BURST):
            person = self.people[(who + (place % 4 == 0) * (1 + place % 2)) % 3]
            with suppress(PersonError):
                self._act(person, chance.choice(KINDS), chance)
                self.stage.watch.actions += 1
            if place % 5 == 0:
                self.stage.run(self.stage.settle())
        self.stage.run(self.stage.settle())

    @rule(who=st.integers(0, 2), what=st.integers(0, 8), seed=st.integers(0, 2**32))
    def staff_do(self, who: int, what: int, seed: int) -> None:
        """Look, note, reject, offer, tell; and write in a topic what stays there."""
        self.stage.run(self._staff_do(self.people[who], what))
        self._do(who, seed)

    @rule(who=st.integers(0, 2), hours=st.sampled_from([0.1, 1, 12, 24, 60]), seed=st.integers(0, 2**32))
    def time_passes(self, who: int, hours: float, seed: int) -> None:
        """Let what is due later come."""
        self.stage.desk.clock.now += timedelta(hours=hours)
        self.stage.run(self.stage.jobs())
        self._do(who, seed)

    @invariant()
    def nothing_reaches_the_wrong_chat(self) -> None:
        """Look at everything that was shown since the last look."""
        assert [*self.stage.watch.leaks()] == []

    async def _joins(self, number: int) -> None:
        desk, watch = self.stage.desk, self.stage.watch
        first, last = watch.plant(number), watch.plant(number)
        named = {"first_name": first, "last_name": last, "language_code": "en"}
        (await desk.telegram.put(f"/sandbox/people/{number}", json=named)).raise_for_status()
        self._start(number)
        await self.stage.settle()
        await meet(desk.database, number, f"{first} {last}", desk.clock.now)
        reference = await desk.an_application(
            desk_person(desk, number),
            full_name=f"{first} {last}",
            email=f"{watch.plant(number)}@example.org",
            career_goals=f"I want {watch.plant(number)}.",
        )
        watch.owners[reference] = number
        self.people.append(number)
        self.references[number] = reference

    async def _plants(self) -> None:
        """Plant internal words around each applicant, in every table that has some."""
        desk, watch, at = self.stage.desk, self.stage.watch, self.stage.desk.clock.now
        for number in self.people:
            await desk.a_document(desk_person(desk, number), DocumentKind.CV)
            async with desk.database.transaction() as session:
                application = await placements.latest_application(session, number)
                await placements.note(session, application.id, watch.plant(), by=watch.plant(), at=at)
                await staff.record(
                    session,
                    GRACE,
                    Deed.NOTE_WRITTEN,
                    about=watch.plant(),
                    applicant_id=number,
                    before=watch.plant(),
                    after=watch.plant(),
                    at=at,
                )
                await errands.begin(
                    session,
                    GRACE,
                    ErrandKind.TELL,
                    f"application:{application.id}",
                    fields={"words": watch.plant(), "name": watch.plant()},
                    applicant_id=number,
                    at=at,
                )
                await answers.note_unanswered(session, number, watch.plant(), at=at)
                advisor = (await consultations.active_advisors(session))[0]
                session.add(
                    Consultation(
                        applicant_id=number,
                        advisor_id=advisor.id,
                        status=ConsultationStatus.HELD,
                        begins_at=at - timedelta(days=2),
                        ends_at=at - timedelta(days=2, minutes=-30),
                        blocked_until=at - timedelta(days=2, minutes=-40),
                        uid=f"leak-{number}",
                        sequence=0,
                        created_at=at - timedelta(days=3),
                        ended_by=watch.plant(),
                        note=watch.plant(),
                    )
                )
                said = handoffs.Asked(said=watch.plant(), understood_as=watch.plant(), confidence=0.1)
                await handoffs.request(session, number, HandoffReason.ASKED, at=at, asked=said)

    async def _staff_do(self, applicant: int, what: int) -> None:
        watch, reference = self.stage.watch, self.references[applicant]
        planted = watch.plant()
        lines: list[Callable[[], str]] = [
            lambda: f"/applicant {reference}",
            lambda: f"/find {reference}",
            lambda: "/queue",
            lambda: f"/docs {reference}",
            lambda: f"/stage {reference} in review",
            lambda: f"/offer {reference}; {watch.plant(applicant)}; Pediatrics; 1 mar 2027; 4 weeks; 15 jan 2027",
            lambda: f"/stage {reference} interview",
            lambda: "/stats",
        ]
        if what < len(lines):
            self._write(MARCUS, lines[what]())
            await self.stage.settle()
            self._tap_newest(MARCUS, planted)
            return
        async with self.stage.desk.database.reading() as session:
            topic = await handoffs.find_topic(session, applicant)
        if topic and topic.thread:
            self._write(DANA, f"// {planted}", topic.thread)
            self._write(DANA, f"Hello {watch.plant(applicant)}\n// {watch.plant()}", topic.thread)

    def _tap_newest(self, member: int, planted: str) -> None:
        """Tap a button of the newest message of the group, and answer what it asks with planted words."""
        chat = self._group()
        buttons = [(message, data) for message in self._messages(chat)[-3:] for data in data_of(message)]
        quiet = [each for each in buttons if not each[1].startswith((desk_keys.TELL, desk_keys.REJECT))]
        if quiet:
            message, data = CHANCE.choice(quiet)
            with suppress(PersonError):
                people.tap_data(self._sandbox, chat, self._sandbox.world.people[member], message.id, data)
        asking = [message for message in self._messages(chat)[-3:] if message.sender.is_bot]
        if asking and CHANCE.random() < 0.5:
            with suppress(PersonError):
                self._write(member, planted, reply_to=asking[-1].id)

    def _start(self, number: int) -> None:
        chat, person = self._sandbox.world.chats[number], self._sandbox.world.people[number]
        people.write(self._sandbox, chat, person, "/start", reply_to=None, thread=None)

    def _act(self, number: int, what: str, chance: random.Random) -> None:
        world, sandbox = self._sandbox.world, self._sandbox
        person, chat = world.people[number], world.chats[number]
        if what in ("type", "command", "about"):
            people.write(sandbox, chat, person, self._words(number, what, chance), reply_to=None, thread=None)
        elif what == "tap":
            self._tap(chat, person, chance)
        elif what == "forge":
            newest = [message for message in self._messages(chat) if message.sender.is_bot]
            if newest:
                data = chance.choice(FORGED).format(chance.randrange(40))
                people.tap_data(sandbox, chat, person, newest[-1].id, data)
        elif what == "edit":
            own = [message for message in self._messages(chat) if message.sender is person and message.text]
            if own:
                people.edit(sandbox, chat, person, own[-1].id, chance.choice(SAID))
        elif what == "file":
            name = chance.choice(("cv.pdf", "note.txt", "photo.png"))
            content = (name, f"content of {name}".encode(), None)
            people.send_file(
                sandbox, chat, person, content, kind="document", caption="", reply_to=None, thread=None
            )
        else:
            people.send_content(sandbox, chat, person, chance.choice(SHARED), None)

    def _words(self, number: int, what: str, chance: random.Random) -> str:
        if what == "command":
            return chance.choice(COMMANDS)
        if what == "type":
            return chance.choice(SAID)
        other = chance.choice([each for each in self.people if each != number])
        return chance.choice(ABOUT_ANOTHER).format(self.references[other])

    def _tap(self, chat: Chat, person: Any, chance: random.Random) -> None:
        """Tap any button, of the newest messages more often; but the last one, after which they are gone."""
        messages = self._messages(chat)
        lately = messages if chance.random() < 0.3 else messages[-6:]
        buttons = [(message, data) for message in lately for data in data_of(message)]
        buttons = [each for each in buttons if not each[1].startswith(keyboards.FORGET_SURE)]
        if buttons:
            message, data = chance.choice(buttons)
            people.tap_data(self._sandbox, chat, person, message.id, data)

    def _write(self, member: int, text: str, thread: int | None = None, reply_to: int | None = None) -> None:
        person = self._sandbox.world.people[member]
        people.write(self._sandbox, self._group(), person, text, reply_to=reply_to, thread=thread)

    def _group(self) -> Chat:
        chat = self.stage.desk.services.staff_chat
        assert chat is not None
        group: Chat = self._sandbox.world.chats[chat]
        return group

    def _messages(self, chat: Chat) -> list[Message]:
        return chat.newer_than(0)

    @property
    def _sandbox(self) -> Any:
        return self.stage.desk.sandbox


SHARED: tuple[dict[str, Any], ...] = (
    {"contact": {"phone_number": "+2348031234567", "first_name": "A"}},
    {"location": {"latitude": 27.7, "longitude": 85.32}},
    {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 1}},
)


def data_of(message: Message) -> list[str]:
    keyboard = message.inline_keyboard
    rows = keyboard.rows if keyboard else ()
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def desk_person(desk: Desk, number: int) -> Any:
    return Applicant(desk.database, number, desk.clock.now)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Note every message of the bot in a private chat, each time that it comes or changes."""
    watch = Watch()
    for name in ("add", "touch"):
        original = getattr(Chat, name)

        def noting(chat: Chat, message: Message, original: Any = original) -> None:
            original(chat, message)
            watch.note(message)

        monkeypatch.setattr(Chat, name, noting)
    monkeypatch.setattr("bot.limits.BURST", 10**9)
    return watch


async def _open(stack: AsyncExitStack, url: str) -> Desk:
    database = Database(url)
    stack.push_async_callback(database.close)
    clock = Clock(datetime(2026, 11, 23, 16, tzinfo=UTC))
    desk = await stack.enter_async_context(a_desk(database, clock, file=ANSWERS, is_polling=False))
    limiter: Any = desk.app.bot.rate_limiter
    limiter._base_limiter = None
    async with database.transaction() as session:
        await consultations.import_advisors(session, consultations.read_advisors(consultations.EXAMPLE_FILE))
    return desk


def test_no_planted_word_reaches_the_wrong_chat(
    sqlite_template: Path, tmp_path: Path, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite+aiosqlite:///{copy(sqlite_template, tmp_path / 'leaks.db')}"
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        Chats.stage = Stage(runner, runner.run(_open(stack, url)), watch)
        try:
            run_state_machine_as_test(
                Chats,
                settings=settings(
                    max_examples=EXAMPLES,
                    stateful_step_count=STEPS,
                    deadline=None,
                    phases=[Phase.generate],  # to shrink takes minutes, and the words say enough
                    derandomize=True,
                    database=None,
                    suppress_health_check=[*HealthCheck],
                ),
            )
        finally:
            runner.run(stack.aclose())
    assert [record.exc_info for record in caplog.records if record.levelname == "ERROR"] == []
    assert watch.actions > 1000
