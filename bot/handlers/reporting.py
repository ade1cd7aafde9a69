"""How the assistant and the desk are doing, as a picture with the same as text."""

import asyncio
from datetime import timedelta
from typing import Final

from telegram import Update
from telegram.constants import ParseMode

from admissions import reports
from admissions.staff import Actor
from bot import keyboards
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import figures
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers import finding
from bot.handlers.chats import chat_of, tap_of
from bot.handlers.permitting import say

OFFERED: Final = (7, 28, 90)
LONGEST: Final = 366


async def show_stats(update: Update, context: Context, _actor: Actor) -> None:
    """Show the figures of the last weeks, or of so many days."""
    words = finding.arguments(update)
    number = words.split()[0] if words else str(reports.LOOKED_BACK.days)
    if not (number.isdecimal() and 1 <= int(number) <= LONGEST):
        await say(update, context, Bubble(desk_texts.DAYS_UNCLEAR))
        return
    await _show(update, context, int(number))


async def show_days(update: Update, context: Context, _actor: Actor) -> None:
    """Show the figures of as many days as the button says."""
    _, data = tap_of(update)
    await _show(update, context, int(data.removeprefix(desk_keys.STATS)))


async def _show(update: Update, context: Context, days: int) -> None:
    services, now = context.services, context.services.now()
    async with services.database.reading() as session:
        office = services.desk.office_hours(now)
        counted = await reports.figures(session, office, since=now - timedelta(days=days), at=now)
    title = desk_texts.STATS_TITLE.format(days=days)
    others = [(desk_texts.STATS_BUTTON.format(days=each), f"{desk_keys.STATS}{each}") for each in OFFERED]
    [caption] = Bubble(figures.write(counted), title).pages()
    asked = update.effective_message
    await context.bot.send_photo(
        chat_of(update),
        await asyncio.to_thread(figures.draw, title, counted),
        filename=figures.FILE_NAME,
        caption=caption,
        parse_mode=ParseMode.HTML,
        message_thread_id=asked.message_thread_id if asked and asked.is_topic_message else None,
        reply_markup=keyboards.grid(others, across=len(others)),
    )
