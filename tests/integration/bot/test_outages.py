"""A message that the database cannot take now waits for it, and its sender is told so once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Update

from admissions import applicants
from admissions.database import Database
from bot import inbox as bot_inbox
from bot import texts
from bot.context import App
from tests.inboxes import unhandled
from tests.integration.bot.conftest import heard
from tests.personas import Person

NUMBERS = count(8_000_001)


@pytest.fixture
async def working(app: App, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """A bot that handles what it is given, and looks often whether the database is back."""
    monkeypatch.setattr(bot_inbox, "ASK_EVERY", 0.01)
    await app.start()
    yield app
    await app.stop()


def fails(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the database fail so many times at what comes first for every message."""
    meet, left = applicants.meet, iter(range(times))

    async def failing(*args: Any, **more: Any) -> None:
        if next(left, None) is not None:
            raise OperationalError("INSERT", {}, Exception("gone"))
        await meet(*args, **more)

    monkeypatch.setattr(applicants, "meet", failing)


async def writes(app: App, person: Person, text: str) -> None:
    sender = {"id": person.id, "is_bot": False, "first_name": "Amina"}
    number = next(NUMBERS)
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    message = {
        "message_id": number,
        "date": 1764000000,
        "from": sender,
        "chat": {"id": person.id, "type": "private"},
        "text": text,
        "entities": entities,
    }
    await app.update_queue.put(Update.de_json({"update_id": number, "message": message}, app.bot))


async def until(is_so: Callable[[list[str]], bool], database: Database, person: Person) -> list[str]:
    """Wait until somebody has heard what is expected, and nothing waits any more; return what they heard."""
    async with asyncio.timeout(30):
        while True:
            said = [*await heard(person)]
            if is_so(said) and not await unhandled(database):
                return said
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("times", [1, 2])
async def test_it_is_answered_once_the_database_is_back(
    working: App, database: Database, amina: Person, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    fails(monkeypatch, times)
    await writes(working, amina, "/help")
    said = await until(lambda heard: len(heard) == 2, database, amina)
    assert said[0] == texts.MESSAGE_WAITS
    assert said[1] != texts.APOLOGY


async def test_what_never_succeeds_is_given_up_with_an_apology(
    working: App, database: Database, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, 99)
    await writes(working, amina, "/help")
    assert await until(lambda heard: len(heard) == 2, database, amina) == [texts.MESSAGE_WAITS, texts.APOLOGY]


async def test_several_messages_wait_in_their_order_and_that_is_said_once(
    working: App, database: Database, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, 2)
    for text in ("/help", "/privacy"):
        await writes(working, amina, text)
    said = await until(lambda heard: len(heard) == 3, database, amina)
    assert said.count(texts.MESSAGE_WAITS) == 1
