"""Several bots and one database: each update is handled once, a chat's in their order, also when a bot dies."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis
from telegram import Update
from telegram.ext import ExtBot

from admissions.database import Database
from bot import inbox, turns
from bot.inbox import ChatByChat, InboxQueue
from bot.outages import Outages
from bot.turns import SharedTurns, Turns

CHAT = 700_000_001
OUTAGES = Outages(ExtBot("1:nobody-is-told"))
Two = tuple[SharedTurns, SharedTurns]


@pytest.fixture
async def connection(redis: str) -> AsyncIterator[Redis]:
    connection = Redis.from_url(redis)
    await connection.flushdb()
    yield connection
    await connection.aclose()


@pytest.fixture
async def of_two(redis: str, connection: Redis) -> AsyncIterator[Two]:
    """The turns as two bots see them."""
    assert not await connection.keys()
    both = SharedTurns(redis), SharedTurns(redis)
    yield both
    for each in both:
        await each.close()


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LEASE", 0.4)
    monkeypatch.setattr(turns, "RENEW_EVERY", 0.1)


async def until_free(bot: Turns) -> None:
    """Wait until nobody has the chat's turn."""
    async with asyncio.timeout(20):
        while True:
            async with bot.take(CHAT) as is_ours:
                if is_ours:
                    return
            await asyncio.sleep(0.02)


async def test_of_two_bots_one_has_a_chats_turn_and_then_the_other(
    of_two: Two,
) -> None:
    first, second = of_two
    async with first.take(CHAT) as is_ours, second.take(CHAT) as is_theirs, second.take(CHAT + 1) as is_other:
        assert (is_ours, is_theirs, is_other) == (True, False, True)
    async with second.take(CHAT) as is_theirs:
        assert is_theirs


@pytest.mark.usefixtures("quickly")
async def test_a_turn_that_lasts_is_renewed(of_two: Two) -> None:
    first, second = of_two
    async with first.take(CHAT):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(until_free(second), 3 * turns.LEASE)
    await until_free(second)


@pytest.mark.usefixtures("quickly")
async def test_the_turn_of_a_bot_that_died_is_over_soon(of_two: Two, connection: Redis) -> None:
    await connection.set(f"turn:{CHAT}", "the token of one that died", px=int(turns.LEASE * 1000))
    async with of_two[0].take(CHAT) as is_ours:
        assert not is_ours
    await until_free(of_two[0])


@pytest.mark.usefixtures("quickly")
async def test_a_redis_that_forgot_is_told_again(of_two: Two, connection: Redis) -> None:
    first, second = of_two
    async with first.take(CHAT):
        await connection.flushdb()
        async with asyncio.timeout(20):
            while not await connection.exists(f"turn:{CHAT}"):  # noqa: ASYNC110 - Redis tells of no key
                await asyncio.sleep(0.02)
        async with second.take(CHAT) as is_theirs:
            assert not is_theirs


@pytest.mark.usefixtures("quickly")
async def test_a_stalled_turn_that_another_bot_has_is_given_up(of_two: Two, connection: Redis) -> None:
    async def stall() -> None:
        async with of_two[0].take(CHAT):
            await connection.set(f"turn:{CHAT}", "the token of another")
            await asyncio.Event().wait()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(stall(), 20)


async def test_without_redis_nobody_gets_a_turn_and_nothing_fails() -> None:
    nowhere = SharedTurns("redis://127.0.0.1:1/0")
    async with nowhere.take(CHAT) as is_ours:
        assert not is_ours
    await nowhere.close()


class Bot:
    """What a bot does with updates, and what it handled."""

    def __init__(self, database: Database, turns: Turns, handled: list[int]) -> None:
        self.queue = InboxQueue(database, now, OUTAGES)
        self._handled = handled
        self._chats = ChatByChat(database, now, self._handle, turns, OUTAGES)
        self._recalling: asyncio.Task[None] | None = None

    async def _handle(self, payload: dict[str, Any]) -> None:
        await asyncio.sleep(0.005)
        self._handled.append(payload["update_id"])

    async def run(self) -> None:
        """Handle what comes, as python-telegram-bot has it handled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.queue.keep_recalling())
            while True:
                chat = await self.queue.get()
                tasks.create_task(self._chats.do_process_update(chat, nothing()))


async def nothing() -> None:
    """Stand for what python-telegram-bot would do with an update."""


def now() -> datetime:
    return datetime.now(UTC)


def written(number: int, chat: int = CHAT) -> Update:
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "text": "hello"}
    update = Update.de_json({"update_id": number, "message": message})
    assert update is not None
    return update


async def until_handled(handled: list[int], count: int) -> None:
    async with asyncio.timeout(20):
        while len(handled) < count:  # noqa: ASYNC110 - a list tells of no change
            await asyncio.sleep(0.01)


async def test_two_bots_handle_the_updates_of_each_chat_once_and_in_their_order(
    database: Database, of_two: Two
) -> None:
    handled: list[int] = []
    bots = [Bot(database, each, handled) for each in of_two]
    async with AsyncExitStack() as running:
        for bot in bots:
            task = asyncio.create_task(bot.run())
            running.callback(task.cancel)
        chats = [CHAT + number for number in range(4)]
        for (number, chat), bot in zip(enumerate(chats * 10), itertools.cycle((*bots, bots[0])), strict=False):
            await bot.queue.put(written(number, chat))
        await until_handled(handled, 40)
    for place in range(len(chats)):
        of_chat = [number for number in handled if number % len(chats) == place]
        assert of_chat == sorted(of_chat)
    assert len(handled) == len({*handled}) == 40


async def test_what_a_dead_bot_stored_is_handled_by_another_before_what_came_after(
    database: Database, of_two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "RECALL_EVERY", 0.05)
    monkeypatch.setattr(inbox, "WAITS_LONG", timedelta(seconds=0.2))
    handled: list[int] = []
    dead, other = (Bot(database, each, handled) for each in of_two)
    running = asyncio.create_task(other.run())
    await until_handled(handled, 0)
    await dead.queue.put(written(1))
    await dead.queue.put(written(2, CHAT + 1))
    await other.queue.put(written(3))
    await until_handled(handled, 3)
    running.cancel()
    assert sorted(handled) == [1, 2, 3]
    assert handled.index(1) < handled.index(3)


async def test_one_bot_without_redis_keeps_each_chats_order(database: Database) -> None:
    handled: list[int] = []
    bot = Bot(database, Turns(), handled)
    running = asyncio.create_task(bot.run())
    await asyncio.gather(*(bot.queue.put(written(number)) for number in range(20)))
    await until_handled(handled, 20)
    running.cancel()
    assert len(handled) == len({*handled}) == 20
