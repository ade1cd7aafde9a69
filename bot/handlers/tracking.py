"""Where an applicant stands: the timeline as a picture and as text, who must act, and what comes next."""

import asyncio
from typing import Final

from telegram import Update
from telegram.constants import ParseMode

from admissions import applicants, applications, placements
from bot import status_bubbles, timelines
from bot.context import Context
from bot.handlers.chats import answer, chat_of

INTENT: Final = "check_status"


async def show(update: Update, context: Context, reference: str | None = None) -> None:
    """Show an applicant how things stand, and remember that they saw it.

    Args:
        update: What they wrote or tapped.
        context: The bot's.
        reference: The application that they named; without one it is their latest.
    """
    services, chat = context.services, chat_of(update)
    may_claim = services.mailer is not None
    try:
        async with services.database.transaction() as session:
            looked = await placements.look(session, chat, reference, at=services.now())
            clock = await applicants.clock_of(session, chat)
    except applications.ApplicationNotFound:
        if reference:
            await answer(update, context, status_bubbles.of_not_theirs(reference, may_claim=may_claim))
        else:
            await answer(update, context, status_bubbles.of_no_application(may_claim=may_claim))
        return
    standing = looked.standing
    [caption] = status_bubbles.timeline(standing).pages()
    rows = status_bubbles.rows(standing.steps)
    picture = await asyncio.to_thread(timelines.draw, status_bubbles.title(standing), rows)
    await context.bot.send_photo(
        chat, picture, caption=caption, filename="timeline.png", parse_mode=ParseMode.HTML
    )
    await answer(update, context, status_bubbles.of_standing(looked, clock, services.now()))
