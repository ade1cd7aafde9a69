"""What the assistant writes to applicants about without being asked, and what of it they do not want."""

from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest

from admissions import notifications
from admissions.database import Session
from admissions.notifications import Kind
from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import answer, chat_of, tap_of


async def show(update: Update, context: Context) -> None:
    """Show what can be muted, and what is."""
    async with context.services.database.reading() as session:
        muted = await notifications.muted(session, chat_of(update))
    await answer(update, context, Bubble(texts.NOTIFICATIONS, keyboard=keyboards.notifications(muted)))


async def toggle(update: Update, context: Context) -> None:
    """Mute what was tapped, or unmute it, and show so in place."""
    query, data = tap_of(update)
    async with context.services.database.transaction() as session:
        muted = await _toggle(session, chat_of(update), Kind(data.removeprefix(keyboards.NOTIFY)))
    with suppress(BadRequest):  # two taps at once: the message shows it already
        await query.edit_message_reply_markup(keyboards.notifications(muted))


async def stop_reminders(update: Update, context: Context) -> None:
    """Send no more reminders of an application that is not finished."""
    async with context.services.database.transaction() as session:
        await notifications.mute(session, chat_of(update), Kind.DRAFT_REMINDER)
    await answer(update, context, Bubble(texts.MUTED))


async def _toggle(session: Session, applicant_id: int, kind: Kind) -> frozenset[Kind]:
    is_muted = kind in await notifications.muted(session, applicant_id)
    await (notifications.unmute if is_muted else notifications.mute)(session, applicant_id, kind)
    return await notifications.muted(session, applicant_id)
