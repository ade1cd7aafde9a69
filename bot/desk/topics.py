"""The topics of the staff's group: one for each applicant, made when needed, and anew when it was deleted."""

import logging
from typing import Final

from telegram.constants import ForumIconColor
from telegram.error import BadRequest, Forbidden, TelegramError

from admissions import applicants, handoffs
from bot.api import Client
from bot.context import Services
from bot.limits import OneTry
from bot.mishaps import TopicGone, TopicUnavailable

logger = logging.getLogger(__name__)

LONGEST_NAME: Final = 128
GONE: Final = ("thread not found", "topic_id_invalid", "topic_deleted")
"""What Telegram says of a topic that was deleted, in small letters."""
PATIENCE: Final = 20.0
"""Seconds to wait for a topic to be made."""


async def ensure(bot: Client, services: Services, applicant_id: int) -> int:
    """Return the number of an applicant's topic; where there is none (any more), make one.

    Raises:
        TopicUnavailable: None can be made now.
        TelegramError: Telegram could not be reached.
    """
    async with services.database.reading() as session:
        topic = await handoffs.find_topic(session, applicant_id)
        applicant = await applicants.find(session, applicant_id)
        handoff = await handoffs.find_latest(session, applicant_id)
    if topic and topic.thread:
        return topic.thread
    if applicant is None:  # they were forgotten meanwhile
        raise TopicUnavailable
    thread = await _make(
        bot, services, applicant_id, applicant.name, is_crisis=bool(handoff and handoff.is_crisis)
    )
    async with services.database.transaction() as session:
        is_theirs = await handoffs.note_topic(session, applicant_id, thread)
    if not is_theirs:  # they were forgotten while it was made
        await remove(bot, services, thread)
        raise TopicUnavailable
    return thread


async def remove(bot: Client, services: Services, thread: int) -> None:
    """Take a topic away with all that stands in it, if it is there."""
    assert services.staff_chat is not None, "there is a topic in it"
    try:
        await bot.delete_forum_topic(services.staff_chat, thread)
    except BadRequest as error:
        if not is_gone(error):
            raise


async def lose(services: Services, applicant_id: int, thread: int) -> TopicGone:
    """Note that a topic was deleted, so that it is made anew; return the error to raise."""
    async with services.database.transaction() as session:
        if await handoffs.lose_topic(session, applicant_id, thread):
            logger.info("a topic was deleted; it is made anew")
    return TopicGone()


def is_gone(error: BadRequest) -> bool:
    """Tell whether an error means that a topic was deleted."""
    return any(words in error.message.lower() for words in GONE)


def link(services: Services, thread: int) -> str:
    """Return the address of a topic, for the members of the group."""
    return f"https://t.me/c/{str(services.staff_chat).removeprefix('-100')}/{thread}"


async def set_closed(bot: Client, services: Services, applicant_id: int, *, is_closed: bool) -> None:
    """Close an applicant's topic, or open it again, unless it is so already."""
    async with services.database.reading() as session:
        topic = await handoffs.find_topic(session, applicant_id)
    if topic is None or topic.thread is None or topic.is_closed is is_closed:
        return
    assert services.staff_chat is not None, "there is a topic in it"
    call = bot.close_forum_topic if is_closed else bot.reopen_forum_topic
    try:
        await call(services.staff_chat, topic.thread)
    except BadRequest as error:
        if is_gone(error):
            raise await lose(services, applicant_id, topic.thread) from error
        logger.info("a topic stays as it is: %s", error)
    async with services.database.transaction() as session:
        await handoffs.note_closed(session, applicant_id, is_closed=is_closed)


async def _make(bot: Client, services: Services, applicant_id: int, name: str, *, is_crisis: bool) -> int:
    assert services.staff_chat is not None, "without a group there is nothing to be told there"

    async def claim() -> None:
        async with services.database.transaction() as session:
            if not await handoffs.claim_topic(session, applicant_id, at=services.now()):
                raise TopicUnavailable

    colour = ForumIconColor.RED if is_crisis else ForumIconColor.BLUE
    once = OneTry(claim, PATIENCE)  # a second try might make a second topic
    try:
        made = await bot.create_forum_topic(
            services.staff_chat, name[:LONGEST_NAME], icon_color=colour, rate_limit_args=once
        )
    except (BadRequest, Forbidden) as error:
        logger.warning(
            "no topic can be made in the staff's group: %s; has it topics, and may we make them?", error
        )
        raise TopicUnavailable from error
    except TimeoutError as error:
        raise TelegramError("a topic could not be made in time") from error
    return made.message_thread_id
