"""Whose turn a chat is: of all who could handle its updates, one does at a time."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError
from typing_extensions import override

logger = logging.getLogger(__name__)

LEASE: Final = 20.0
"""Seconds after which the turn of a process that died is over."""
RENEW_EVERY: Final = 4.0
ANSWERS_WITHIN: Final = 5.0
UNANSWERED: Final = (RedisError, OSError, TimeoutError)


class Turns:
    """The turns among the tasks of this process, which is the only one."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    @asynccontextmanager
    async def take(self, chat: int) -> AsyncIterator[bool]:
        """Take the turn of a chat for as long as the block lasts, and tell whether we got it; nobody waits."""
        if chat in self._taken:
            yield False
            return
        self._taken.add(chat)
        try:
            yield True
        finally:
            self._taken.remove(chat)

    async def close(self) -> None:
        """Nothing to give back."""


class SharedTurns(Turns):
    """The turns among several processes: a lock in Redis for each chat, renewed while the turn lasts.

    Args:
        url: Where Redis is.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis = Redis.from_url(url, socket_timeout=ANSWERS_WITHIN, socket_connect_timeout=ANSWERS_WITHIN)

    @asynccontextmanager
    @override
    async def take(self, chat: int) -> AsyncIterator[bool]:
        lock = self._redis.lock(f"turn:{chat}", timeout=LEASE, blocking=False)
        if not await _acquire(lock):
            yield False
            return
        turn = asyncio.current_task()
        assert turn is not None, "a coroutine runs in a task"
        is_over = asyncio.Event()
        renewing = asyncio.create_task(_keep(lock, turn, is_over))
        try:
            yield True
        finally:
            is_over.set()  # redis-py may swallow a cancellation
            await renewing
            with suppress(LockError, *UNANSWERED):  # it ends by itself
                await lock.release()

    @override
    async def close(self) -> None:
        await self._redis.aclose()


async def _acquire(lock: Lock) -> bool:
    try:
        return bool(await lock.acquire())
    except UNANSWERED as error:
        logger.warning("Redis does not answer, updates wait: %s", type(error).__name__)
        return False


async def _keep(lock: Lock, turn: "asyncio.Task[Any]", is_over: asyncio.Event) -> None:
    """Renew a lock until the turn is over; a Redis that was started anew has forgotten it, and is told.

    A turn that another process has taken is given up: it was stalled for longer than its lease.
    """
    while not await _within(RENEW_EVERY, is_over):
        try:
            await lock.reacquire()
        except LockError:
            if not await _acquire(lock):
                logger.warning("a stalled turn is given up, as another process has it now")
                turn.cancel()
                return
        except UNANSWERED:
            continue


async def _within(seconds: float, event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
