"""Show bubbles in a chat, and that we are at work on them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from telegram import ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError

from bot.bubbles import Bubble
from bot.context import Context

PATIENCE = 0.4
"""Seconds after which an applicant sees that we are typing: a quicker answer needs no sign."""
TYPING_LASTS = 4.5
"""Seconds after which Telegram has to be told again; it shows the sign for five."""


async def show(context: Context, chat: int, bubbles: Sequence[Bubble], *, reply_to: int | None = None) -> None:
    """Send bubbles, each split where it is too long; its buttons go below its last part."""
    for bubble in bubbles:
        *first, last = bubble.pages()
        for page in first:
            await _send(context, chat, page, reply_to=reply_to)
        await _send(context, chat, last, bubble=bubble, reply_to=reply_to)
        reply_to = None


async def _send(
    context: Context, chat: int, page: str, *, bubble: Bubble | None = None, reply_to: int | None
) -> None:
    quoted = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    keyboard = bubble.keyboard if bubble else None
    await context.bot.send_message(
        chat, page, parse_mode=ParseMode.HTML, reply_markup=keyboard, reply_parameters=quoted
    )


@asynccontextmanager
async def typing(context: Context, chat: int) -> AsyncIterator[None]:
    """Show that we are typing for as long as the work within takes."""
    sign = asyncio.create_task(_show_typing(context, chat))
    try:
        yield
    finally:
        sign.cancel()
        with suppress(asyncio.CancelledError):
            await sign


async def _show_typing(context: Context, chat: int) -> None:
    await asyncio.sleep(PATIENCE)
    with suppress(TelegramError):  # the sign is a courtesy; the answer must not fail with it
        while True:
            await context.bot.send_chat_action(chat, ChatAction.TYPING)
            await asyncio.sleep(TYPING_LASTS)
