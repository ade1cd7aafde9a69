"""Applicants and staff at once: the real bot between a real database and a local Telegram, in one process.

Rasa is down here: no command of the staff needs it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
import uvicorn

from admissions import answers, applicants, documents, placements, staff
from admissions.answers import AnswersFile
from admissions.database import Database
from admissions.documents import DocumentKind, Store, read_documents
from admissions.settings import Settings
from admissions.staff import AuditEntry, RolesFile
from bot import texts
from bot.app import ALLOWED_UPDATES, build_app
from bot.context import App, Services
from bot.dialogue import Dialogue
from bot.outbox import Outbox
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import build_sandbox
from tests.integration.applications.steps import WORDS, Applicant
from tests.integration.sandbox.conftest import serving
from tests.personas import Bubble, Person
from tests.unit.documents import files

TOKEN = "424242:the-token-of-the-desk"
DANA, MARCUS, PRIYA = 600_000_001, 600_000_002, 600_000_003
NUMBERS = count(780_000_001)
ANSWERS = answers.read_answers(Settings.model_fields["answers_file"].default)
VIEWING = {"people": {PRIYA: {"name": "Priya", "role": "viewer"}}}
SETTINGS: dict[str, Any] = {"telegram_bot_token": TOKEN, "group_messages_a_minute": 100_000}


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """The staff's group, what stands behind it, and who is in it: Dana leads, Marcus works, Priya looks.

    Attributes:
        people: Members of the group as they read it, by name.
    """

    telegram: httpx.AsyncClient
    services: Services
    clock: Clock
    app: App
    sandbox: Sandbox
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.services.database

    @property
    def dana(self) -> Person:
        return self._person("dana", DANA)

    @property
    def marcus(self) -> Person:
        return self._person("marcus", MARCUS)

    @property
    def priya(self) -> Person:
        return self._person("priya", PRIYA)

    def _person(self, name: str, number: int) -> Person:
        assert self.services.staff_chat is not None
        chat = self.services.staff_chat
        return self.people.setdefault(name, Person(self.telegram, number, chat))

    async def an_applicant(self, first_name: str = "Amina", last_name: str = "Yusuf") -> Person:
        """Return somebody who has pressed Start, and read what came."""
        number = next(NUMBERS)
        named = {"first_name": first_name, "last_name": last_name}
        (await self.telegram.put(f"/sandbox/people/{number}", json=named)).raise_for_status()
        person = Person(self.telegram, number, number)
        await person.says("/start")
        return person

    async def an_application(self, person: Person, **words: str) -> str:
        """Have somebody fill in and submit an application; return its reference."""
        applicant = Applicant(self.database, person.id, self.clock.now)
        await applicant.begins()
        while question := (await applicant.sees()).question:
            await applicant.answers(question, words.get(question, WORDS[question]))
        return (await applicant.submits()).reference

    async def a_document(self, person: Person, kind: DocumentKind = DocumentKind.CV) -> int:
        """Have somebody send a document; return its id."""
        at, store = self.clock.now, self.services.store
        async with self.database.transaction() as session:
            content = files.pdf(f"{kind} of {person.id}")
            upload = await documents.receive(session, store, person.id, content, file_name=f"{kind}.pdf", at=at)
            document = await documents.sort(
                session, self.services.documents_file, upload.id, kind, applicant_id=person.id, at=at
            )
            return document.id

    async def audit(self, **which: Any) -> list[AuditEntry]:
        async with self.database.reading() as session:
            return [*await staff.listed(session, limit=99, **which)]

    async def passes_on(self) -> None:
        """Do what the leading process does every two seconds about changed statuses."""
        is_more = True
        while is_more:
            async with self.database.transaction() as session:
                is_more = await placements.pass_on(session, at=self.clock.now)
        self.services.news.set()


async def tapped(person: Person, title: str, below: Bubble) -> Bubble:
    """Tap a button that changes its own message, and return what that shows then."""
    await person.tap(title, below)
    return await person.sees(
        below.number, lambda bubble: (bubble.text, bubble.buttons) != (below.text, below.buttons)
    )


async def silence(person: Person) -> None:
    """Make sure that somebody was told nothing that they did not read: a command of theirs is answered next."""
    assert (await person.says("/help")).text == texts.HELP


Build = Callable[..., Coroutine[Any, Any, Desk]]


@asynccontextmanager
async def a_desk(
    database: Database,
    clock: Clock,
    *,
    file: AnswersFile = ANSWERS,
    is_polling: bool = True,
    change: Callable[[Services], Services] = lambda services: services,
) -> AsyncIterator[Desk]:
    """Run the bot on a local Telegram of its own; without polling, a test hands the updates over by itself."""
    telegram = build_sandbox(TOKEN, rate_limits=False)
    server = uvicorn.Server(
        uvicorn.Config(telegram, port=0, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    )
    async with serving(server) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        staff_chat = (await client.get("/sandbox")).json()["staff_chat"]
        dialogue = Dialogue("http://127.0.0.1:1", timeout=1)
        store, roles = Store(f"memory://{uuid4().hex}"), RolesFile.model_validate(VIEWING)
        services = Services(database, dialogue, clock, staff_chat, store, read_documents())
        services = change(replace(services, answers_file=file, roles=roles))
        async with database.transaction() as session:
            await answers.load(session, file)
        app = build_app(Settings(telegram_api_url=address, **SETTINGS), services, TOKEN)
        async with _running(app, services) if is_polling else app:
            sandbox = cast("Sandbox", telegram.state.sandbox)
            yield Desk(client, services, clock, app, sandbox)
        await dialogue.close()
        sandbox.close()


@asynccontextmanager
async def _running(app: App, services: Services) -> AsyncIterator[None]:
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        sending = asyncio.create_task(Outbox(app.bot, services).run(lambda _: None))
        try:
            yield
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
            await app.updater.stop()
            await app.stop()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now + timedelta(hours=4))  # ten o'clock on a Monday in Houston


@pytest.fixture
async def desk(sqlite_url: str, clock: Clock) -> AsyncIterator[Desk]:
    database = Database(sqlite_url)
    async with a_desk(database, clock) as desk:
        yield desk
    await database.close()


@pytest.fixture
async def amina(desk: Desk) -> Person:
    return await desk.an_applicant()


async def meet(database: Database, number: int, name: str, at: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, number, name=name, language="en", at=at)
