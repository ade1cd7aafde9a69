"""Tell the staff's group what is wrong with the assistant, in a topic of its own where there are topics.

Not by the outbox: an alarm must not depend on what it is about.
"""

import logging
from datetime import timedelta
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from admissions import alarms
from admissions.alarms import Alarm
from bot import clocks
from bot.api import Client
from bot.context import Services
from bot.desk import alarm_texts as texts
from bot.desk import topics
from bot.limits import OneTry

logger = logging.getLogger(__name__)

PATIENCE: Final = 20.0
"""Seconds a message may take on its way, or a topic to be made."""


async def tell_stored(bot: Client, services: Services, only: int | None = None) -> None:
    """Tell of the alarms of whose beginning or end nobody was told.

    Args:
        bot: Our client.
        services: What the bot works with.
        only: The number of the one to tell of; all, unless said.

    Raises:
        TelegramError: Telegram could not be reached; they are told of the next time.
    """
    async with services.database.reading() as session:
        untold = [each for each in await alarms.untold(session) if only in (None, each.id)]
        known = (await alarms.watch(session)).thread
    for alarm in untold:
        known = await _say(bot, services, words_of(alarm), known or await _make_topic(bot, services))
        async with services.database.transaction() as session:
            await alarms.note_told(session, alarm, at=services.now())


async def tell_at_once(bot: Client, services: Services, alarm: Alarm) -> None:
    """Tell all of the group of an alarm that cannot be stored: where the topic is, nobody can look up.

    Raises:
        TelegramError: Telegram could not be reached.
    """
    await _send(bot, services, words_of(alarm), None)


def words_of(alarm: Alarm) -> str:
    """Say what is wrong since when, or that it is over, and how long it was."""
    what, begun = texts.WHAT[alarm.trouble], clocks.houston(alarm.begun_at)
    if alarm.ended_at is None:
        return texts.BEGUN.format(begun=begun, what=what)
    long = how_long(alarm.ended_at - alarm.begun_at)
    return texts.OVER.format(long=long, what=what, begun=begun, ended=clocks.houston(alarm.ended_at))


def how_long(time: timedelta) -> str:
    """Say how long something was."""
    seconds = round(time.total_seconds())
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


async def _say(bot: Client, services: Services, words: str, thread: int | None) -> int | None:
    """Say it in a topic, or in all's; return the topic."""
    try:
        await _send(bot, services, words, thread)
    except BadRequest as error:
        if thread is None or not topics.is_gone(error):
            raise
        async with services.database.transaction() as session:
            await alarms.note_thread(session, None)
        raise TelegramError("the topic was deleted; it is made anew") from error
    return thread


async def _send(bot: Client, services: Services, words: str, thread: int | None) -> None:
    assert services.staff_chat is not None, "without a group nobody is told"
    await bot.send_message(services.staff_chat, words, message_thread_id=thread, rate_limit_args=_once())


async def _make_topic(bot: Client, services: Services) -> int | None:
    """Make the topic; None where the group has none, or lets us make none."""
    assert services.staff_chat is not None, "without a group nobody is told"
    try:
        made = await bot.create_forum_topic(services.staff_chat, texts.TOPIC, rate_limit_args=_once())
    except (BadRequest, Forbidden) as error:
        logger.info("no topic for alarms can be made: %s", error)
        return None
    async with services.database.transaction() as session:
        await alarms.note_thread(session, made.message_thread_id)
    return made.message_thread_id


def _once() -> OneTry:
    async def begin() -> None:
        """Nothing needs to be noted before the try."""

    return OneTry(begin, PATIENCE)
