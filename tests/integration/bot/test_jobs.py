"""What happens later: a draft left alone is brought back to mind once, and not against the applicant's will."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from admissions import applicants, applications
from admissions.database import Database
from admissions.documents import Store, read_documents
from admissions.settings import ROOT, Settings
from bot import jobs, texts
from bot.app import build_app
from bot.context import App, Services
from bot.dialogue import Dialogue
from tests.assistant import free_ports, stop
from tests.personas import Bubble, Person

TOKEN = "424242:the-token-of-this-test"
AMINA = 700_000_001


@pytest.fixture
async def telegram() -> AsyncIterator[httpx.AsyncClient]:
    [port] = free_ports(1)
    command = [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()  # it says where it listens once it does
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client
    await stop(process)


@pytest.fixture
async def amina(telegram: httpx.AsyncClient) -> Person:
    amina = Person(telegram, AMINA, AMINA)
    await amina.send("/start")
    return amina


@pytest.fixture
async def services(database: Database, now: datetime) -> AsyncIterator[Services]:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina", language="en", at=now)
        await applications.begin(session, AMINA, at=now)
        await applications.answer(session, AMINA, "standing", "graduated 2023", at=now)
    dialogue = Dialogue("http://127.0.0.1:1", timeout=1)
    a_day_later = now + timedelta(hours=25)
    yield Services(database, dialogue, lambda: a_day_later, None, Store("memory://jobs"), read_documents())
    await dialogue.close()


@pytest.fixture
async def app(telegram: httpx.AsyncClient, services: Services) -> AsyncIterator[App]:
    settings = Settings(telegram_bot_token=TOKEN, telegram_api_url=str(telegram.base_url))
    async with build_app(settings, services, TOKEN) as app:
        yield app


async def reminders(telegram: httpx.AsyncClient) -> list[Bubble]:
    answer = await telegram.get(f"/sandbox/chats/{AMINA}/messages", params={"after": 0})
    return [bubble for each in answer.json()["messages"] if (bubble := Bubble.read(each)).is_bot]


@pytest.mark.usefixtures("amina")
async def test_a_draft_left_alone_for_a_day_is_brought_back_to_mind_once(
    telegram: httpx.AsyncClient, app: App, services: Services
) -> None:
    for _ in range(3):
        await jobs.remind_drafts(app, services)
    [reminder] = await reminders(telegram)
    assert reminder.text == texts.REMINDER.format(left=12, total=13)
    assert reminder.buttons == [texts.CONTINUE, texts.MUTE]


@pytest.mark.usefixtures("amina")
async def test_who_wants_no_reminders_gets_none(telegram: httpx.AsyncClient, app: App, services: Services) -> None:
    async with services.database.transaction() as session:
        await applications.mute_reminders(session, AMINA)
    await jobs.remind_drafts(app, services)
    assert await reminders(telegram) == []
