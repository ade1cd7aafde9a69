"""A refusal that no handler explained, and errors: the applicant is told, the log gets the trace of an error."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from admissions import metrics
from admissions.database import DatabaseUnavailable
from admissions.errors import Refusal
from bot import keyboards, refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.inbox import ChatByChat
from bot.showing import show

logger = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Explain a refusal; log what else went wrong, without what the person wrote, and apologise to them.

    What failed with the database is handled again once that is back.

    Raises:
        ApplicationHandlerStop: Always; what failed half-way is not handed to the next group of handlers.
    """
    if isinstance(context.error, Forbidden):
        logger.info("someone who blocked the bot could not be answered")
    elif isinstance(context.error, Refusal):
        await _tell(update, context, Bubble(refusals.explain(context.error)))
    elif isinstance(context.error, DatabaseUnavailable) and await _put_off(update, context):
        logger.warning("the database is not there; an update waits for it")
    else:
        metrics.note_error(context.error)
        logger.error("a handler failed", exc_info=context.error)
        await _tell(update, context, Bubble(texts.APOLOGY, keyboard=keyboards.menu()))
    raise ApplicationHandlerStop


async def _put_off(update: object, context: Context) -> bool:
    turns = context.application.update_processor
    return isinstance(update, Update) and isinstance(turns, ChatByChat) and await turns.put_off(update)


async def _tell(update: object, context: Context, bubble: Bubble) -> None:
    chat = update.effective_chat if isinstance(update, Update) else None
    if chat and chat.type == ChatType.PRIVATE:
        with suppress(TelegramError):  # when Telegram itself is what failed, there is no way to say so
            await show(context, chat.id, [bubble])
