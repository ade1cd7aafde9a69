"""Anything that is neither text nor a file: a helpful line, never silence."""

from telegram import Update

from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import answer


async def receive_other(update: Update, context: Context) -> None:
    """Ask for words instead of a sticker, a voice message or the like."""
    await answer(update, context, Bubble(texts.WORDS_ONLY, keyboard=keyboards.menu()))
