"""Updates from Telegram to our handlers: stored before they are acknowledged, each chat in its order."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor
from typing_extensions import override

from admissions import inbox, tracing
from admissions.database import Database, DatabaseUnavailable
from bot import metrics
from bot.api import storable

logger = logging.getLogger(__name__)

AT_ONCE = 1024
"""How many updates may be in work; those of one chat wait for each other within this number."""


def correlation_id(update: Update) -> str:
    """Return the id that goes with all that follows from an update, however often it is received or begun."""
    return f"update-{update.update_id}"


class InboxQueue(asyncio.Queue[object]):
    """The update queue: what is put in is stored first, and what was stored before is left out.

    python-telegram-bot confirms an update to Telegram only after it was put here, so a crash loses none;
    Telegram sends it again instead.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._database = database
        self._now = now

    @override
    async def put(self, item: object) -> None:
        """Store an update and queue it, unless it was received before.

        Raises:
            NetworkError: The database is not there; the updater then asks Telegram for the update again.
        """
        if not isinstance(item, Update) or await self._is_new(item):
            await super().put(item)

    async def _is_new(self, update: Update) -> bool:
        payload = storable(update)
        try:
            async with self._database.transaction() as session:
                is_new = await inbox.receive(session, update.update_id, payload, at=self._now())
        except DatabaseUnavailable as error:
            raise NetworkError("the inbox could not store an update") from error
        if not is_new:
            logger.info("update %s came again", update.update_id)
        return is_new

    async def recall(self, read: Callable[[dict[str, Any]], Update | None]) -> None:
        """Queue what was stored and not handled before we stopped."""
        async with self._database.reading() as session:
            payloads = await inbox.pending(session)
        for payload in payloads:
            await super().put(read(payload))

    def leave_the_rest(self) -> None:
        """Hand out nothing more: what is stored and not begun waits for the next start."""
        while not self.empty():
            self.get_nowait()
            self.task_done()


class ChatByChat(BaseUpdateProcessor):
    """Handle the updates of one chat in their order, and chats side by side."""

    __slots__ = ("_at_work", "_database", "_is_stopping", "_now", "_turns", "_waiting")

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        super().__init__(AT_ONCE)
        self._at_work: set[asyncio.Task[Any]] = set()
        self._is_stopping = False
        self._database = database
        self._now = now
        self._turns: defaultdict[int | None, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: Counter[int | None] = Counter()

    @override
    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, Update), "InboxQueue takes nothing else"
        assert isinstance(coroutine, Coroutine), "python-telegram-bot hands over its own"
        async with self._turn(update.effective_chat.id if update.effective_chat else None):
            if self._is_stopping:
                coroutine.close()  # it is stored, and not begun
                return
            with tracing.following(correlation_id(update)), self._working():
                await coroutine
                await self._finish(update)

    async def stop(self, within: float) -> None:
        """Begin no turn any more, and wait for those that are at work.

        Args:
            within: Seconds after which what is still at work is given up; it is done anew at the next start.
        """
        self._is_stopping = True
        if self._at_work:
            _, late = await asyncio.wait(self._at_work, timeout=within)
            for task in late:
                task.cancel()
            if late:
                logger.warning("%s turns were given up; they are done anew at the next start", len(late))

    async def _finish(self, update: Update) -> None:
        async with self._database.transaction() as session:
            took = await inbox.finish(session, update.update_id, at=self._now())
        kind = metrics.kind_of(update)
        metrics.turns.labels(kind).observe(took.total_seconds())
        logger.info("a %s was answered in %.3f s", kind, took.total_seconds())

    @contextmanager
    def _working(self) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None, "a coroutine runs in a task"
        self._at_work.add(task)
        try:
            yield
        finally:
            self._at_work.discard(task)

    @asynccontextmanager
    async def _turn(self, chat: int | None) -> AsyncIterator[None]:
        self._waiting[chat] += 1
        try:
            async with self._turns[chat]:
                yield
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._turns[chat]

    @override
    async def initialize(self) -> None:
        """Nothing to prepare."""

    @override
    async def shutdown(self) -> None:
        """Nothing to give back."""
