"""Updates from Telegram to our handlers: stored before they are acknowledged, each chat in its order.

The rows are the truth. What stands in the queue is only the news that something waits in a chat: whoever has the
chat's turn handles what waits there longest, whichever bot took it from Telegram, and looks once more when the
turn is over. So who does not get the turn may leave; and what a dead bot left is found by any other.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor
from typing_extensions import override

from admissions import inbox, tracing
from admissions.database import Database, DatabaseUnavailable
from bot import metrics
from bot.api import storable
from bot.outages import Outages
from bot.turns import Turns

logger = logging.getLogger(__name__)

TRIES: Final = 3
"""How often an update is handled at most where the database fails in the middle of it."""
ASK_EVERY: Final = 1.0
"""Seconds between looks whether the database is back."""
AT_ONCE: Final = 1024
"""How many chats may be in work."""
RECALL_EVERY: Final = 2.0
"""Seconds, by a clock that nobody sets."""
WAITS_LONG: Final = timedelta(seconds=5)
"""By then an update is handled, unless whoever took it died or has much to do."""
NO_CHAT: Final = 0
"""Stands for the chat of an update that has none."""


def correlation_id(update_id: int) -> str:
    """Return the id that goes with all that follows from an update, however often it is received or begun."""
    return f"update-{update_id}"


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
        """Store an update and queue its chat, unless it was received before.

        Raises:
            NetworkError: The database is not there; the updater then asks Telegram for the update again.
        """
        if not isinstance(item, Update):
            await super().put(item)
        elif await self._is_new(item):
            await super().put(_chat_of(item))

    async def _is_new(self, update: Update) -> bool:
        payload = storable(update)
        try:
            async with self._database.transaction() as session:
                is_new = await inbox.receive(
                    session, update.update_id, payload, chat=_chat_of(update), at=self._now()
                )
        except DatabaseUnavailable as error:
            await self._outages.tell(update)
            raise NetworkError("the inbox could not store an update") from error
        if not is_new:
            logger.info("update %s came again", update.update_id)
        return is_new

    async def keep_recalling(self) -> None:
        """Queue what waits: at once all that was left when we stopped, then what others leave; until cancelled."""
        patience = timedelta(0)
        while True:
            try:
                await self._recall(before=self._now() - patience)
            except DatabaseUnavailable:
                logger.warning("the inbox cannot be read; trying again")
            patience = WAITS_LONG
            await asyncio.sleep(RECALL_EVERY)

    async def _recall(self, *, before: datetime) -> None:
        if not self.empty():
            return
        async with self._database.reading() as session:
            chats = await inbox.waiting_chats(session, before=before)
        for chat in chats:
            await super().put(chat)

    def leave_the_rest(self) -> None:
        """Hand out nothing more: what is stored and not begun waits for the next start."""
        while not self.empty():
            self.get_nowait()
            self.task_done()


class ChatByChat(BaseUpdateProcessor):
    """Handle the updates of one chat in their order, and chats side by side.

    Args:
        database: Where the updates are.
        now: Tells the time, aware.
        handle: Handles an update's payload.
        turns: Whose turn a chat is.
        outages: Tells people that what they wrote waits for the database.
    """

    __slots__ = (
        "_again",
        "_at_work",
        "_database",
        "_handle",
        "_is_stopping",
        "_now",
        "_outages",
        "_tries",
        "_turns",
    )

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        handle: Callable[[dict[str, Any]], Awaitable[None]],
        turns: Turns,
        outages: Outages,
    ) -> None:
        super().__init__(AT_ONCE)
        self._again: set[int] = set()
        self._tries: Counter[int] = Counter()
        self._at_work: set[asyncio.Task[Any]] = set()
        self._is_stopping = False
        self._database = database
        self._now = now
        self._handle = handle
        self._turns = turns
        self._outages = outages

    async def put_off(self, update: Update) -> bool:
        """Have an update handled from its beginning, as after a crash, once the database is back; say so.

        Returns:
            Whether it will be; False where that was done some times, and does not help.
        """
        self._tries[update.update_id] += 1
        if self._tries[update.update_id] == TRIES:
            return False
        self._again.add(update.update_id)
        await self._outages.tell(update)
        return True

    @override
    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, int), "InboxQueue gives nothing else"
        assert isinstance(coroutine, Coroutine), "python-telegram-bot's own"
        coroutine.close()  # it would handle the chat's number; the rows say what waits there
        try:
            await self._see_to(update)
        except DatabaseUnavailable:
            logger.warning("what waits in a chat could not be read or noted; trying again")

    async def _see_to(self, chat: int) -> None:
        is_more = True
        while is_more and not self._is_stopping:
            async with self._turns.take(chat) as is_ours:
                if not is_ours:
                    return
                if not self._is_stopping and (payload := await self._next_in(chat)):
                    with tracing.following(correlation_id(payload["update_id"])), self._working():
                        await self._handle(payload)
                        await self._finish(payload)
            is_more = await self._next_in(chat) is not None

    async def _next_in(self, chat: int) -> dict[str, Any] | None:
        async with self._database.reading() as session:
            return await inbox.next_in(session, chat)

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

    async def _finish(self, payload: dict[str, Any]) -> None:
        """Note that an update is handled; leave one that was put off where it is, until the database is back."""
        number: int = payload["update_id"]
        if number in self._again:
            self._again.remove(number)
            await self._until_database_is_back()
            return
        del self._tries[number]
        while (took := await self._note_handled(number)) is None:
            await self._until_database_is_back()
        kind = metrics.kind_of(payload)
        metrics.turns.labels(kind).observe(took.total_seconds())
        logger.info("a %s was answered in %.3f s", kind, took.total_seconds())

    async def _note_handled(self, number: int) -> timedelta | None:
        try:
            async with self._database.transaction() as session:
                return await inbox.finish(session, number, at=self._now())
        except DatabaseUnavailable:
            logger.warning("that update %s was handled cannot be noted yet", number)
            return None

    async def _until_database_is_back(self) -> None:
        while True:
            await asyncio.sleep(ASK_EVERY)
            if await self._database.answers():
                return

    @contextmanager
    def _working(self) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None, "a coroutine runs in a task"
        self._at_work.add(task)
        try:
            yield
        finally:
            self._at_work.discard(task)

    @override
    async def initialize(self) -> None:
        """Nothing to prepare."""

    @override
    async def shutdown(self) -> None:
        """Nothing to give back."""


def _chat_of(update: Update) -> int:
    return update.effective_chat.id if update.effective_chat else NO_CHAT
