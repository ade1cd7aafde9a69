"""A sender of its own for each test, between a real database and a local Telegram."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from admissions import applicants, handoffs, notifications
from admissions.database import Database
from admissions.documents import Store, read_documents
from admissions.handoffs import HandoffReason
from admissions.notifications import DAYTIME, Kind, Notification, State
from admissions.settings import ROOT, Settings
from bot.app import build_app
from bot.context import Services
from bot.dialogue import Dialogue
from bot.outbox import Outbox
from tests.assistant import free_ports, stop
from tests.personas import Bubble, Person

TOKEN = "424242:the-token-of-this-test"
NUMBERS = count(760_000_001)


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, *, hours: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(hours=hours, seconds=seconds)


@pytest.fixture(scope="session")
async def telegram() -> AsyncIterator[httpx.AsyncClient]:
    [port] = free_ports(1)
    command = [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()  # it says where it listens once it does
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client
    await stop(process)


@pytest.fixture(autouse=True)
async def no_faults(telegram: httpx.AsyncClient) -> AsyncIterator[None]:
    yield
    await telegram.delete("/sandbox/faults")


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
async def services(telegram: httpx.AsyncClient, database: Database, clock: Clock) -> AsyncIterator[Services]:
    staff_chat = (await telegram.get("/sandbox")).json()["staff_chat"]
    dialogue = Dialogue("http://127.0.0.1:1", timeout=1)
    yield Services(database, dialogue, clock, staff_chat, Store("memory://outbox"), read_documents(), DAYTIME)
    await dialogue.close()


@pytest.fixture
async def outbox(telegram: httpx.AsyncClient, services: Services) -> AsyncIterator[Outbox]:
    settings = Settings(telegram_bot_token=TOKEN, telegram_api_url=str(telegram.base_url))
    async with build_app(settings, services, TOKEN) as app:
        yield Outbox(app.bot, services)


@pytest.fixture
async def amina(telegram: httpx.AsyncClient, database: Database, now: datetime) -> Person:
    return await an_applicant(telegram, database, now)


async def an_applicant(telegram: httpx.AsyncClient, database: Database, now: datetime) -> Person:
    """Return somebody new who has pressed Start."""
    number = next(NUMBERS)
    (await telegram.put(f"/sandbox/people/{number}", json={"first_name": "Amina"})).raise_for_status()
    person = Person(telegram, number, number)
    await person.send("/start")
    async with database.transaction() as session:
        await applicants.meet(session, number, name="Amina Yusuf", language="en", at=now)
    return person


async def send_all(outbox: Outbox) -> None:
    """Send all that is due now."""
    while not await outbox.sweep() or await outbox.finish():
        pass


async def tell(
    database: Database, recipient: int, kind: Kind, due_at: datetime, about: str = "letter:1", **more: Any
) -> bool:
    async with database.transaction() as session:
        return await notifications.enqueue(session, recipient, kind, about, due_at=due_at, **more)


async def tell_urgently(database: Database, person: int, at: datetime) -> None:
    """Have somebody told something urgent: as staff are told of a handoff."""
    async with database.transaction() as session:
        await handoffs.request(session, person, HandoffReason.ASKED, at=at)
        [told] = await notifications.listed(session, states=[State.WAITING], limit=1)
        await notifications.cancel(session, told.about)
        await notifications.enqueue(session, person, Kind.HANDOFF_REQUESTED, told.about, due_at=at)


async def every(database: Database) -> Sequence[Notification]:
    """Return all notifications, the oldest first."""
    async with database.reading() as session:
        return [*reversed(await notifications.listed(session, states=[*State], limit=99))]


async def the_only(database: Database, kind: Kind = Kind.LETTER_RECEIVED) -> Notification:
    [row] = [row for row in await every(database) if row.kind is kind and row.state is not State.DROPPED] or [
        row for row in await every(database) if row.kind is kind
    ]
    return row


async def heard(person: Person) -> Sequence[str]:
    """Return what the bot has said to somebody so far."""
    url = f"/sandbox/chats/{person.chat}/messages"
    messages = (await person.telegram.get(url, params={"after": 0})).json()["messages"]
    return [bubble.text for each in messages if (bubble := Bubble.read(each)).is_bot]


async def fails(telegram: httpx.AsyncClient, kind: str, times: int = 1) -> None:
    """Let the next messages go wrong."""
    fault = {"method": "sendMessage", "kind": kind, "times": times}
    (await telegram.post("/sandbox/faults", json=fault)).raise_for_status()
