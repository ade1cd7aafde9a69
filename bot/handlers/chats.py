"""What every handler reads of an update, and how it answers."""

from telegram import CallbackQuery, Update

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
