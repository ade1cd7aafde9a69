"""An applicant wants their data removed: it is explained, asked twice, done."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from telegram import Update

from admissions import handoffs, privacy
from admissions.handoffs import HandoffReason
from bot import leaving, privacy_bubbles, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import office
from bot.handlers.chats import answer, chat_of, replace_bubble, tap_of

HOLDS_FOR: Final = timedelta(minutes=10)
"""After that the last question is asked anew: the button stays in the chat for good."""


async def explain(update: Update, context: Context) -> None:
    """Say what removing means."""
    await answer(update, context, privacy_bubbles.of_explanation())


async def ask_again(update: Update, context: Context) -> None:
    """Ask once more."""
    await replace_bubble(update, context, privacy_bubbles.of_last_question(context.services.now()))


async def keep(update: Update, context: Context) -> None:
    """Remove nothing; that they tapped counts as heard of."""
    await replace_bubble(update, context, Bubble(texts.DATA_STAY))


async def forget(update: Update, context: Context) -> None:
    """Remove everything, and give a receipt; if staff hold the data, they are told instead."""
    _, data = tap_of(update)
    services = context.services
    asked_at = datetime.fromtimestamp(int(data.partition(":")[2]), UTC)
    if services.now() - asked_at > HOLDS_FOR:
        await replace_bubble(update, context, Bubble(texts.FORGET_AGAIN))
        return
    try:
        forgetting = await leaving.forget(context.bot, services, chat_of(update))
    except privacy.DataHeld:
        await _tell_staff(update, context)
        return
    await replace_bubble(update, context, privacy_bubbles.of_receipt(texts.FORGOTTEN, forgetting))


async def _tell_staff(update: Update, context: Context) -> None:
    services, applicant_id = context.services, chat_of(update)
    with suppress(handoffs.HandoffAlreadyRequested):
        async with services.database.transaction() as session:
            await handoffs.request(session, applicant_id, HandoffReason.DELETE_DATA, at=services.now())
    await answer(update, context, await office.with_hours(services, applicant_id, Bubble(texts.DATA_HELD)))
