"""One notification on its way: put into words, claimed, sent, settled."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

from admissions import notifications
from admissions.database import DatabaseUnavailable, Session
from admissions.notifications import STAFF, Dead, Dropped, Failure, Later, Notification, Outcome, Reason, Sent
from bot import mishaps
from bot.api import Client
from bot.context import Services
from bot.limits import OneTry
from bot.mishaps import Mishap
from bot.notice import Notice
from bot.notices import NOTICES

logger = logging.getLogger(__name__)

TRY_LASTS: Final = 20.0
"""Seconds after which a try is given up: well within the lease that other senders grant it."""
READ_TIMEOUT: Final = 15.0
"""Seconds Telegram may take to answer: to give up earlier would leave more outcomes unknown."""
WITHOUT_DATABASE: Final = 1.0
"""Seconds between tries to note what became of a message."""

assert timedelta(seconds=TRY_LASTS) < notifications.LEASE


class NotOurs(Exception):
    """The notification waits no longer, or we are about to stop: it is not sent by us."""


class Delivery:
    """A notification that is due, and that one message shall carry to its recipient.

    Args:
        bot: Our client.
        services: What the bot works with.
        notification: What is due.
        may_begin: Tells whether a request may still be begun.
    """

    def __init__(
        self, bot: Client, services: Services, notification: Notification, may_begin: Callable[[], bool]
    ) -> None:
        self.notification = notification
        self._bot = bot
        self._services = services
        self._may_begin = may_begin
        self._attempts = notification.attempts

    async def run(self) -> timedelta | None:
        """Send it, and note what became of it.

        Returns:
            How long Telegram wants to be left alone, if it said so.
        """
        try:
            notice = await self._render()
            if notice is None:
                await self.settle(Dropped(Reason.MOOT))
                return None
            return await self._send(notice)
        except NotOurs:
            return None
        except DatabaseUnavailable as error:
            logger.warning(
                "notification %s cannot be read or claimed; it waits (%s)", self.notification.id, error.orig
            )
        except Exception as error:  # one that we cannot put into words must not stop the others
            logger.exception("notification %s cannot be sent", self.notification.id)
            await self.settle(Dead(type(error).__name__))
        return None

    async def settle(self, outcome: Outcome) -> None:
        """Note what became of it, however long the database takes to come back."""
        await self._store(
            lambda session: notifications.settle(
                session, self.notification, outcome, attempts=self._attempts, at=self._services.now()
            )
        )
        if isinstance(outcome, Dropped | Dead) or getattr(outcome, "problem", None):
            logger.info("notification %s (%s): %s", self.notification.id, self.notification.kind, outcome)

    async def give_up(self, problem: str) -> None:
        """Decide about an attempt of which nobody knows whether it arrived."""
        await self._fail(Mishap(Failure.UNKNOWN, problem))

    async def _render(self) -> Notice | None:
        async with self._services.database.reading() as session:
            return await NOTICES[self.notification.kind](session, self.notification, self._services)

    async def _send(self, notice: Notice) -> timedelta | None:
        page, *others = notice.bubble.pages()
        if others:  # two messages could not arrive as a whole or not at all
            await self.settle(Dead("TooLong"))
            return None
        try:
            message = await self._call(notice, page)
        except (TelegramError, TimeoutError) as error:
            mishap = mishaps.read(error, to_staff=self.notification.recipient == STAFF)
            await self._fail(mishap)
            return mishap.retry_after
        await self.settle(Sent(message.message_id))
        return None

    async def _call(self, notice: Notice, page: str) -> Message:
        once = OneTry(self._claim, TRY_LASTS)
        keyboard = notice.bubble.keyboard
        if notice.file is None:
            return await self._bot.send_message(
                self._chat,
                page,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                read_timeout=READ_TIMEOUT,
                rate_limit_args=once,
            )
        return await self._bot.send_document(
            self._chat,
            notice.file.content,
            caption=page,
            filename=notice.file.name,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            read_timeout=READ_TIMEOUT,
            rate_limit_args=once,
        )

    @property
    def _chat(self) -> int:
        recipient = self.notification.recipient
        if recipient != STAFF:
            return recipient
        assert self._services.staff_chat is not None, "without one nothing for staff is looked for"
        return self._services.staff_chat

    async def _claim(self) -> None:
        """Write the attempt down, last of all before the request.

        Raises:
            NotOurs: It is not to be made.
        """
        if not self._may_begin():
            raise NotOurs
        async with self._services.database.transaction() as session:
            if not await notifications.claim(session, self.notification, at=self._services.now()):
                raise NotOurs
        self._attempts += 1

    async def _fail(self, mishap: Mishap) -> None:
        at = self._services.now()
        if mishap.is_forbidden:
            await self._store(
                lambda session: notifications.settle_unreachable(
                    session, self.notification, attempts=self._attempts, problem=mishap.problem, at=at
                )
            )
            return
        outcome = notifications.after_failure(
            mishap.failure,
            is_urgent=self.notification.is_urgent,
            attempts=self._attempts,
            problem=mishap.problem,
            at=at,
            chance=random.random(),  # noqa: S311 - no secret
            retry_after=mishap.retry_after,
        )
        await self.settle(outcome)
        if mishap.failure is Failure.CLOSED and isinstance(outcome, Later):
            until = outcome.until
            await self._store(lambda session: notifications.postpone(session, STAFF, until=until))

    async def _store(self, work: Callable[[Session], Awaitable[object]]) -> None:
        while True:
            try:
                async with self._services.database.transaction() as session:
                    await work(session)
            except DatabaseUnavailable:
                logger.warning("what became of notification %s cannot be noted yet", self.notification.id)
                await asyncio.sleep(WITHOUT_DATABASE)
            else:
                return
