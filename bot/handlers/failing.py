"""An error in our code: the applicant gets an apology with a way on, the log gets the trace."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import chat_of
from bot.showing import show

logger = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Log what went wrong without what the person wrote, and apologise to them."""
    if isinstance(context.error, Forbidden):
        logger.info("someone who blocked the bot could not be answered")
        return
    logger.error("a handler failed", exc_info=context.error)
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    if update.effective_chat.type != "private":
        return
    with suppress(TelegramError):  # when Telegram itself is what failed, there is no way to say so
        await show(context, chat_of(update), [Bubble(texts.APOLOGY, keyboard=keyboards.menu())])
