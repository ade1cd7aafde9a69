"""Begin, look around, read what is kept."""

from contextlib import suppress
from typing import Final

from telegram import Update

from bot import keyboards, privacy_bubbles, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.dialogue import DialogueUnavailable
from bot.handlers.chats import answer, chat_of

GREET: Final = "greet"


async def start(update: Update, context: Context) -> None:
    """Welcome an applicant with the privacy line and the menu; what Rasa was asking back about is over."""
    with suppress(DialogueUnavailable):  # the welcome needs no Rasa
        await context.services.dialogue.choose(chat_of(update), GREET)
    await answer(update, context, Bubble(f"{texts.WELCOME}\n\n{texts.PRIVACY_LINE}", keyboard=keyboards.menu()))


async def show_help(update: Update, context: Context) -> None:
    """Say what the assistant can do."""
    await answer(update, context, Bubble(texts.HELP, keyboard=keyboards.menu()))


async def show_privacy(update: Update, context: Context) -> None:
    """Say what is kept of an applicant."""
    await answer(update, context, privacy_bubbles.of_privacy(context.services))
