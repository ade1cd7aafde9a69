"""Somebody is forgotten: their rows at once, then what lies outside the database, for as long as that takes."""

import logging
from collections.abc import Sequence

from telegram.error import BadRequest, Forbidden, TelegramError

from admissions import privacy
from admissions.database import DatabaseUnavailable
from admissions.notifications import STAFF
from admissions.privacy import Forgetting, Leftovers, Occasion
from bot.api import Client
from bot.context import Services
from bot.desk import texts as desk_texts
from bot.desk import topics

logger = logging.getLogger(__name__)

FAILS = (TelegramError, OSError, *DatabaseUnavailable)
"""What Telegram, the store or the database may fail with; the same may succeed later."""


async def forget(bot: Client, services: Services, applicant_id: int) -> Forgetting:
    """Forget somebody who wants it.

    Raises:
        PrivacyRefusal: As `privacy.forget` has them.
    """
    # nobody makes a topic for them meanwhile
    async with services.turns[applicant_id], services.database.transaction() as session:
        forgetting = await privacy.forget(session, applicant_id, Occasion.ASKED, at=services.now())
    await _try_to_remove(bot, services, forgetting)
    return forgetting


async def expire(bot: Client, services: Services, applicant_id: int) -> None:
    """Forget somebody whose data were kept as long as they are kept."""
    async with services.turns[applicant_id], services.database.transaction() as session:
        forgetting = await privacy.expire(session, applicant_id, services.keeping, at=services.now())
    if forgetting:
        await _try_to_remove(bot, services, forgetting)


async def finish(bot: Client, services: Services) -> None:
    """Remove what is left of those who were forgotten, a crash or not, and forget who they were.

    What was on its way when somebody was forgotten has arrived by now, so it goes too.
    """
    async with services.database.reading() as session:
        waiting = await privacy.unfinished(session)
    settled = [each for each in waiting if each.forgotten_at + privacy.SETTLES_AFTER <= services.now()]
    gone = [each.id for each in settled if await _is_gone(bot, services, each)]
    if gone:
        await _leave_no_trace(services, gone)


async def _is_gone(bot: Client, services: Services, forgetting: Forgetting) -> bool:
    if forgetting.leftovers is None:
        return True
    if not await _try_to_remove(bot, services, forgetting):
        return False
    async with services.database.transaction() as session:
        await privacy.let_go(session, forgetting.id)
    return True


async def _leave_no_trace(services: Services, gone: Sequence[int]) -> None:
    try:
        await services.database.compact()
        if services.conversations:
            await services.conversations.compact()
        async with services.database.transaction() as session:
            await privacy.finish(session, gone, at=services.now())
    except DatabaseUnavailable as error:
        logger.warning("the database cannot be compacted now, it is tried again: %s", type(error).__name__)


async def _try_to_remove(bot: Client, services: Services, forgetting: Forgetting) -> bool:
    try:
        await _remove(bot, services, forgetting)
    except FAILS as error:
        logger.warning("what is left of receipt %s is removed later: %s", forgetting.receipt, type(error).__name__)
        return False
    return True


async def _remove(bot: Client, services: Services, forgetting: Forgetting) -> None:
    assert forgetting.applicant_id is not None, "who it was is known until nothing is left"
    leftovers = Leftovers.from_json(forgetting.leftovers or {})
    for name in leftovers.files:
        await services.store.remove(name)
    if services.conversations:
        await services.conversations.remove(forgetting.applicant_id)
    if leftovers.thread is not None and services.staff_chat is not None:
        await topics.remove(bot, services, leftovers.thread)
    for recipient, message_id in leftovers.messages:
        await _take_away(bot, services, recipient, message_id)


async def _take_away(bot: Client, services: Services, recipient: int, message_id: int) -> None:
    """Delete a message, or empty it where Telegram finds it too old for that; who blocked us keeps it."""
    chat = services.staff_chat if recipient == STAFF else recipient
    if chat is None:
        return
    try:
        await bot.delete_message(chat, message_id)
    except Forbidden:
        if recipient == STAFF:
            raise
    except BadRequest:
        await _empty(bot, chat, message_id)


async def _empty(bot: Client, chat: int, message_id: int) -> None:
    try:
        await bot.edit_message_text(desk_texts.REMOVED, chat, message_id)
    except BadRequest as error:
        logger.info("a message about somebody who was forgotten is gone, or stays: %s", error)
