"""Anything that is not text: a helpful line, never silence."""

from telegram import Update

from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.asking import ask
from bot.handlers.chats import answer, text_of


async def receive_file(update: Update, context: Context) -> None:
    """Say that a file was not kept, so that nobody relies on it; a question below it is answered."""
    await answer(update, context, Bubble(texts.FILES_LATER, keyboard=keyboards.menu()))
    if text_of(update):
        await ask(update, context)


async def receive_other(update: Update, context: Context) -> None:
    """Ask for words instead of a sticker, a voice message or the like."""
    await answer(update, context, Bubble(texts.WORDS_ONLY, keyboard=keyboards.menu()))
