"""The conversation passes to a human."""

from admissions import handoffs
from admissions.errors import Refusal
from admissions.handoffs import HandoffReason
from bot import refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import office


async def request(context: Context, applicant_id: int) -> Bubble:
    """Ask for a person without Rasa, and say that it was done."""
    services = context.services
    try:
        async with services.database.transaction() as session:
            await handoffs.request(session, applicant_id, HandoffReason.ASKED, at=services.now())
    except Refusal as refusal:
        return Bubble(refusals.explain(refusal))
    return await office.with_hours(services, applicant_id, Bubble(texts.PERSON_COMING))
