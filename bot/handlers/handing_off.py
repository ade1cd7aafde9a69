"""The conversation passes to a human."""

from html import escape

from telegram import Update
from telegram.constants import ParseMode

from admissions import handoffs
from admissions.errors import Refusal
from admissions.handoffs import HandoffReason
from bot import keyboards, refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import chat_of, readable, tap_of


async def request(context: Context, applicant_id: int) -> Bubble:
    """Ask for a person without Rasa, and say that it was done."""
    services = context.services
    try:
        async with services.database.transaction() as session:
            await handoffs.request(session, applicant_id, HandoffReason.ASKED, at=services.now())
    except Refusal as refusal:
        return Bubble(refusals.explain(refusal))
    return Bubble(texts.PERSON_COMING)


async def resolve(update: Update, context: Context) -> None:
    """Note that someone of the staff has looked after an applicant, and say so below the alert."""
    query, data = tap_of(update)
    services, name = context.services, readable(query.from_user.full_name)
    if chat_of(update) != services.staff_chat:
        return
    handoff_id = int(data.removeprefix(keyboards.RESOLVE))
    try:
        async with services.database.transaction() as session:
            await handoffs.resolve(session, handoff_id, by=name, at=services.now())
        outcome = texts.HANDOFF_DONE_BY.format(name=name)
    except Refusal as refusal:
        outcome = refusals.explain(refusal)
    alert = getattr(query.message, "text_html", "")
    await query.edit_message_text(f"{alert}\n\n{escape(outcome, quote=False)}", parse_mode=ParseMode.HTML)
