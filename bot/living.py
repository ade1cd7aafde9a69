"""Messages that are kept up to date in place; which ones they are is in the database."""

from contextlib import suppress

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from admissions import documents
from bot.api import Client
from bot.bubbles import Bubble
from bot.context import Services


async def keep_up(bot: Client, services: Services, chat: int, about: str, bubble: Bubble) -> None:
    """Bring the message that shows something up to date; where there is none (any more), send one."""
    message_id = await _find(services, chat, about)
    if message_id is None or not await edit(bot, chat, message_id, bubble):
        await _send(bot, services, chat, about, bubble)


async def show_anew(bot: Client, services: Services, chat: int, about: str, bubble: Bubble) -> None:
    """Send what a message shows once more, below everything; the message before is taken away."""
    before = await _find(services, chat, about)
    await _send(bot, services, chat, about, bubble)
    if before is not None:
        with suppress(TelegramError):  # it may be gone, or too old to be taken away
            await bot.delete_message(chat, before)


async def edit(bot: Client, chat: int, message_id: int, bubble: Bubble) -> bool:
    """Edit a message in place, and tell whether it shows the bubble now."""
    [page, *_] = bubble.pages()
    try:
        await bot.edit_message_text(
            page, chat, message_id, parse_mode=ParseMode.HTML, reply_markup=bubble.inline_keyboard
        )
    except BadRequest:  # it is gone, or too old
        return False
    return True


async def _find(services: Services, chat: int, about: str) -> int | None:
    async with services.database.reading() as session:
        return await documents.find_message(session, chat, about)


async def _send(bot: Client, services: Services, chat: int, about: str, bubble: Bubble) -> None:
    [page, *_] = bubble.pages()
    sent: Message = await bot.send_message(chat, page, parse_mode=ParseMode.HTML, reply_markup=bubble.keyboard)
    async with services.database.transaction() as session:
        await documents.remember_message(session, chat, about, sent.message_id)
