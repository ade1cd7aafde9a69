"""One notification on its way: put into words, claimed, sent, settled."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

from admissions import metrics as of_all
from admissions import notifications, tracing
from admissions.database import DatabaseUnavailable, Session
from admissions.notifications import (
    POLICIES,
    STAFF,
    Dead,
    Dropped,
    Failure,
    Later,
    Notification,
    Outcome,
    Reason,
    Sent,
)
from bot import metrics, mishaps
from bot.api import Client
from bot.context import Services
from bot.limits import OneTry
from bot.mishaps import Mishap
from bot.notice import Deed, Notice
from bot.notices import FOLLOW_UPS, NOTICES

logger = logging.getLogger(__name__)

TRY_LASTS: Final = 20.0
"""Seconds after which a try is given up: well within the lease that other senders grant it."""
READ_TIMEOUT: Final = 15.0
"""Seconds Telegram may take to answer: to give up earlier would leave more outcomes unknown."""
WITHOUT_DATABASE: Final = 1.0
"""Seconds between tries to note what became of a message."""
IN_ORDER: Final = [kind for kind, policy in POLICIES.items() if policy.keeps_order]

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
        with tracing.following(self.notification.correlation_id):
            return await self._run()

    async def _run(self) -> timedelta | None:
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
            of_all.note_error(error)
            logger.exception("notification %s cannot be sent", self.notification.id)
            await self.settle(Dead(type(error).__name__))
        return None

    async def settle(self, outcome: Outcome, messages: Sequence[int] = ()) -> None:
        """Note what became of it and what follows, however long the database takes to come back."""
        at = self._services.now()

        async def note(session: Session) -> None:
            noted = await notifications.settle(session, self.notification, outcome, attempts=self._attempts, at=at)
            if noted:
                await self._follow_up(session, outcome, messages, at)

        await self._store(note)
        metrics.notified.labels(type(outcome).__name__.lower()).inc()
        logger.info("notification %s (%s): %s", self.notification.id, self.notification.kind, outcome)

    async def give_up(self, problem: str) -> None:
        """Decide about an attempt of which nobody knows whether it arrived."""
        await self._fail(Mishap(Failure.UNKNOWN, problem))

    async def _follow_up(self, session: Session, outcome: Outcome, messages: Sequence[int], at: datetime) -> None:
        notification = self.notification
        if isinstance(outcome, Later) and POLICIES[notification.kind].keeps_order:
            await notifications.postpone(session, notification.recipient, until=outcome.until, kinds=IN_ORDER)
        if follow_up := FOLLOW_UPS.get(notification.kind):
            await follow_up(session, notification, outcome, messages, at)

    async def _render(self) -> Notice | Deed | None:
        async with self._services.database.reading() as session:
            return await NOTICES[self.notification.kind](session, self.notification, self._services)

    async def _send(self, notice: Notice | Deed) -> timedelta | None:
        if isinstance(notice, Notice) and len(notice.bubble.pages()) > 1:
            await self.settle(Dead("TooLong"))  # two messages could not arrive as a whole or not at all
            return None
        try:
            messages = await self._do(notice)
        except (TelegramError, TimeoutError) as error:
            mishap = mishaps.read(error, to_staff=self.notification.recipient == STAFF)
            await self._fail(mishap)
            return mishap.retry_after
        await self.settle(Sent(messages[0] if messages else None), messages)
        return None

    async def _do(self, notice: Notice | Deed) -> Sequence[int]:
        once = OneTry(self._claim, TRY_LASTS)
        if isinstance(notice, Deed):
            return await notice.do(self._bot, {"read_timeout": READ_TIMEOUT, "rate_limit_args": once})
        return [(await self._call(notice, once)).message_id]

    async def _call(self, notice: Notice, once: OneTry) -> Message:
        [page] = notice.bubble.pages()
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
        if notice.file.is_picture:
            return await self._bot.send_photo(
                self._chat,
                notice.file.content,
                caption=page,
                filename=notice.file.name,
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
            await self._note_unreachable(mishap, at)
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
        if mishap.failure is Failure.CLOSED and mishap.is_of_chat and isinstance(outcome, Later):
            until = outcome.until
            await self._store(lambda session: notifications.postpone(session, STAFF, until=until))

    async def _note_unreachable(self, mishap: Mishap, at: datetime) -> None:
        async def note(session: Session) -> None:
            noted = await notifications.settle_unreachable(
                session, self.notification, attempts=self._attempts, problem=mishap.problem, at=at
            )
            if noted:
                await self._follow_up(session, Dropped(Reason.UNREACHABLE, mishap.problem), (), at)

        await self._store(note)

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
