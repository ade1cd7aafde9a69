"""The chat an update came from."""

from telegram import Update

from bot.bubbles import Bubble
from bot.context import Context
from bot.showing import show


def chat_of(update: Update) -> int:
    """Return the chat's id; in a private chat it is the applicant's."""
    chat = update.effective_chat
    assert chat is not None  # noqa: S101 - every handler here is for updates of a chat
    return chat.id


async def answer(update: Update, context: Context, *bubbles: Bubble) -> None:
    """Show bubbles where the update came from; an edited message is quoted."""
    edited = update.edited_message
    await show(context, chat_of(update), bubbles, reply_to=edited.message_id if edited else None)
