"""What every handler reads of an update, and how it answers."""

from telegram import CallbackQuery, InlineKeyboardMarkup, Update

from bot import living
from bot.bubbles import Bubble
from bot.context import Context
from bot.showing import show


def chat_of(update: Update) -> int:
    """Return the chat's id; in a private chat it is the applicant's."""
    chat = update.effective_chat
    assert chat is not None, "every handler here is for updates of a chat"
    return chat.id


def tap_of(update: Update) -> tuple[CallbackQuery, str]:
    """Return the tap on a button, and the button's data."""
    query = update.callback_query
    assert query is not None, "registered for callback queries only"
    return query, query.data or ""


def text_of(update: Update) -> str:
    """Return what was typed, below a file too."""
    message = update.effective_message
    return readable(message.text or message.caption or "") if message else ""


def readable(text: str) -> str:
    """Leave out what no reader sees: null bytes, other control characters, broken surrogates."""
    return "".join(character for character in text if character.isprintable() or character.isspace()).strip()


async def answer(update: Update, context: Context, *bubbles: Bubble) -> None:
    """Show bubbles where the update came from; an edited message is quoted."""
    edited = update.edited_message
    await show(context, chat_of(update), bubbles, reply_to=edited.message_id if edited else None)


async def replace_bubble(update: Update, context: Context, bubble: Bubble) -> None:
    """Show a bubble in place of the one whose button was tapped; below everything where that cannot be."""
    message = update.callback_query.message if update.callback_query else None
    fits = isinstance(bubble.keyboard, InlineKeyboardMarkup | None)
    if not (message and fits and await living.edit(context.bot, chat_of(update), message.message_id, bubble)):
        await answer(update, context, bubble)
