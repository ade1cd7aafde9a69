"""The sender: what is due in the outbox goes out, each message once as far as that can be known.

An attempt is written down as the last step before its request, and what came of it as the first step after: only
in between may a crash leave it unknown whether a message arrived.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from admissions import applications, notifications
from admissions.database import DatabaseUnavailable
from admissions.notifications import STAFF, Due, Notification
from bot.api import Client
from bot.context import Services
from bot.delivery import Delivery

logger = logging.getLogger(__name__)

AT_ONCE: Final = 8
"""Messages on their way at once; answers to people find their place between them."""
AT_A_TIME: Final = 32
"""Due ones that are looked up together."""
SWEEP_EVERY: Final = 2.0
STUCK_AFTER: Final = 30.0
"""Seconds, by a clock that nobody sets: the safety net below the exact wake-ups."""


class Outbox:
    """Sends what is due, for as long as it runs; one process at a time does.

    Args:
        bot: Our client.
        services: What the bot works with.
    """

    def __init__(self, bot: Client, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._on_their_way: dict[int, tuple[Delivery, asyncio.Task[None]]] = {}  # by recipient
        self._ready: deque[Due] = deque()
        self._rests_until = 0.0
        self._recovers_at = 0.0
        self._is_stopping = False
        self._woken = services.news
        self._looked_at = time.monotonic()

    @property
    def is_stuck(self) -> bool:
        """Whether it has not looked for what is due for long."""
        return time.monotonic() - self._looked_at > STUCK_AFTER

    def wake(self) -> None:
        """Look at once for what is due."""
        self._woken.set()

    async def run(self, wake_at: Callable[[datetime], None]) -> None:
        """Send what is due until cancelled; requests that were begun are then waited for, others not begun.

        Args:
            wake_at: Called with the next due time while it is in the future, to have `wake` called then.
        """
        try:
            while True:
                self._woken.clear()
                await self._look(wake_at)
                await self._rest()
        finally:
            self._is_stopping = True
            await self.finish()

    async def sweep(self) -> bool:
        """Begin to send what is due, as much as may be on its way at once.

        Returns:
            Whether nothing is due any more but what is on its way.
        """
        await self._recover()
        while self._may_send_more():
            if not self._ready:
                self._ready.extend(await self._find())
            if not self._ready:
                return True
            await self._begin(self._ready.popleft())
        return False

    async def finish(self) -> bool:
        """Wait for what is on its way; tell whether there was anything."""
        tasks = [task for _, task in self._on_their_way.values()]
        await asyncio.gather(*tasks)
        return bool(tasks)

    async def _look(self, wake_at: Callable[[datetime], None]) -> None:
        self._looked_at = time.monotonic()
        try:
            if await self.sweep():
                async with self._services.database.reading() as session:
                    next_due_at = await notifications.next_due_at(session)
                if next_due_at and next_due_at > self._services.now():
                    wake_at(next_due_at)
        except DatabaseUnavailable:
            logger.warning("the outbox cannot be read; trying again")
        except Exception:
            logger.exception("the outbox met an error; trying again")

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(SWEEP_EVERY):
                await self._woken.wait()
        except TimeoutError:
            return

    def _may_send_more(self) -> bool:
        return len(self._on_their_way) < AT_ONCE and _loop_time() >= self._rests_until

    async def _recover(self) -> None:
        """Decide about what a sender that died left, now and then."""
        if _loop_time() < self._recovers_at:
            return
        self._recovers_at = _loop_time() + SWEEP_EVERY
        ours = [delivery.notification.id for delivery, _ in self._on_their_way.values()]
        async with self._services.database.reading() as session:
            abandoned = await notifications.abandoned(session, at=self._services.now(), besides=ours)
        for each in abandoned:
            await self._delivery(each).give_up("SenderDied")

    async def _find(self) -> Sequence[Due]:
        services = self._services
        besides = {*self._on_their_way, *([] if services.staff_chat else [STAFF])}
        async with services.database.reading() as session:
            return await notifications.due(
                session,
                at=services.now(),
                daytime=services.daytime,
                limit=AT_A_TIME,
                besides=besides,
                clock_of=applications.clock_of,
            )

    async def _begin(self, due: Due) -> None:
        delivery = self._delivery(due.notification)
        if due.obstacle:
            await delivery.settle(due.obstacle)
            return
        task = asyncio.create_task(self._run(delivery))
        self._on_their_way[due.notification.recipient] = delivery, task

    async def _run(self, delivery: Delivery) -> None:
        try:
            retry_after = await delivery.run()
            if retry_after:
                self._rest_for(retry_after)
        finally:
            del self._on_their_way[delivery.notification.recipient]
            self.wake()

    def _rest_for(self, retry_after: timedelta) -> None:
        """Send nothing for a while: Telegram does not say whether it means one chat or all."""
        self._rests_until = _loop_time() + retry_after.total_seconds()
        self._ready.clear()  # what was found to be in time may not be so later

    def _delivery(self, notification: Notification) -> Delivery:
        return Delivery(self._bot, self._services, notification, lambda: not self._is_stopping)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
