"""Updates from Telegram to our handlers: stored before they are acknowledged, each chat in its order."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor
from typing_extensions import override

from admissions import inbox
from admissions.database import Database, DatabaseUnavailable
from bot.api import storable
from bot.outages import Outages

logger = logging.getLogger(__name__)

TRIES = 3
"""How often an update is handled at most where the database fails in the middle of it."""
ASK_EVERY = 1.0
"""Seconds between looks whether the database is back."""
AT_ONCE = 1024
"""How many updates may be in work; those of one chat wait for each other within this number."""


class InboxQueue(asyncio.Queue[object]):
    """The update queue: what is put in is stored first, and what was stored before is left out.

    python-telegram-bot confirms an update to Telegram only after it was put here, so a crash loses none;
    Telegram sends it again instead.
    """

    def __init__(self, database: Database, now: Callable[[], datetime], outages: Outages) -> None:
        super().__init__()
        self._database = database
        self._now = now
        self._outages = outages

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
            await self._outages.tell(update)
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


class ChatByChat(BaseUpdateProcessor):
    """Handle the updates of one chat in their order, and chats side by side."""

    __slots__ = ("_database", "_handle", "_now", "_outages", "_put_off", "_turns", "_waiting")

    def __init__(self, database: Database, now: Callable[[], datetime], outages: Outages) -> None:
        super().__init__(AT_ONCE)
        self._database = database
        self._now = now
        self._outages = outages
        self._handle: Callable[[Update], Awaitable[None]] | None = None
        self._put_off: Counter[int] = Counter()
        self._turns: defaultdict[int | None, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: Counter[int | None] = Counter()

    def handle_again_with(self, handle: Callable[[Update], Awaitable[None]]) -> None:
        """Take what handles an update that was put off."""
        self._handle = handle

    async def put_off(self, update: Update) -> bool:
        """Have an update handled from its beginning, as after a crash, once the database is back; say so.

        Returns:
            Whether it will be; False where that was done some times, and does not help.
        """
        self._put_off[update.update_id] += 1
        if self._put_off[update.update_id] == TRIES:
            return False
        await self._outages.tell(update)
        return True

    @override
    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, Update), "InboxQueue takes nothing else"
        async with self._turn(update.effective_chat.id if update.effective_chat else None):
            await coroutine
            await self._handle_again(update)
            await self._finish(update)

    async def _handle_again(self, update: Update) -> None:
        """Handle an update for as long as it is put off."""
        assert self._handle is not None, "build_app gave it"
        tried = 0
        while tried < self._put_off[update.update_id] < TRIES:
            tried = self._put_off[update.update_id]
            await self._until_database_is_back()
            await self._handle(update)
        del self._put_off[update.update_id]

    async def _finish(self, update: Update) -> None:
        try:
            async with self._database.transaction() as session:
                await inbox.finish(session, update.update_id, at=self._now())
        except DatabaseUnavailable:
            logger.warning("that update %s was handled cannot be noted yet", update.update_id)
            await self._until_database_is_back()
            await self._finish(update)

    async def _until_database_is_back(self) -> None:
        while True:
            await asyncio.sleep(ASK_EVERY)
            if await self._database.answers():
                return

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
