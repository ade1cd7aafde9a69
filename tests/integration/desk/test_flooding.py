"""Many messages that wait in one chat: which are answered, and what is never left out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from admissions import documents, handoffs, inbox
from admissions.handoffs import HandoffReason
from bot import floods, texts
from bot.inbox import ChatByChat
from tests.integration.desk.conftest import Desk
from tests.personas import Person
from tests.unit.documents.files import pdf

TEXT = "how much it cost"


@asynccontextmanager
async def nobody_answering(desk: Desk, person: Person, until: int) -> AsyncIterator[None]:
    """Let what a person sends wait, and go on once so much of it does."""
    chats = desk.app.update_processor
    assert isinstance(chats, ChatByChat)
    async with AsyncExitStack() as stack, asyncio.timeout(20):
        while not await stack.enter_async_context(chats._turns.take(person.id)):  # noqa: ASYNC110 - a turn tells of no end
            await asyncio.sleep(0.01)
        yield
        while await waiting(desk, person) < until:  # noqa: ASYNC110 - the database tells of no row
            await asyncio.sleep(0.01)


async def waiting(desk: Desk, person: Person) -> int:
    async with desk.database.reading() as session:
        return await inbox.count_in(session, person.id)


async def test_of_a_flood_the_file_the_command_and_the_last_text_are_answered(desk: Desk, amina: Person) -> None:
    async with nobody_answering(desk, amina, until=102):
        for _ in range(50):
            await amina.send(TEXT)
        await amina.attach("Amina_CV_2026.pdf", pdf("of a flood"))
        await amina.send("/privacy")
        for _ in range(50):
            await amina.send(TEXT)
    await amina.send(TEXT)
    told, file, privacy, last = [bubble.text for bubble in await amina.hears_all(4)]
    assert told == texts.TOO_MANY_AT_ONCE
    assert "Amina_CV_2026.pdf" in file
    assert privacy.startswith("What I keep")
    assert last == texts.DIALOGUE_DOWN
    async with desk.database.reading() as session:
        assert len(await documents.unsorted(session, amina.id)) == 1


async def test_what_is_written_to_staff_is_never_left_out(
    desk: Desk, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "TEXTS_AT_MOST", 3)
    async with desk.database.transaction() as session:
        await handoffs.request(session, amina.id, HandoffReason.ASKED, at=desk.clock.now)
    async with nobody_answering(desk, amina, until=6):
        for _ in range(6):
            await amina.send(TEXT)
    await amina.send(TEXT)
    assert [bubble.text for bubble in await amina.hears_all(7)] == [texts.DIALOGUE_DOWN] * 7
