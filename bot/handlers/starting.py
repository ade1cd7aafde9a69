"""Begin, look around, read what is kept."""

from telegram import Update

from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import answer


async def start(update: Update, context: Context) -> None:
    """Welcome an applicant with the privacy line and the menu."""
    await answer(update, context, Bubble(f"{texts.WELCOME}\n\n{texts.PRIVACY_LINE}", keyboard=keyboards.menu()))


async def show_help(update: Update, context: Context) -> None:
    """Say what the assistant can do."""
    await answer(update, context, Bubble(texts.HELP, keyboard=keyboards.menu()))


async def show_privacy(update: Update, context: Context) -> None:
    """Say what is kept of an applicant."""
    await answer(update, context, Bubble(texts.PRIVACY))
