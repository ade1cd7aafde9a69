"""Staff keep the data of an applicant for a reason, and let them go."""

from typing import Final

from telegram import Update

from admissions import privacy, staff
from admissions.applications import Found
from admissions.staff import Actor
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import texts as desk_texts
from bot.handlers.finding import arguments, the_one, usage
from bot.handlers.permitting import say

LONGEST: Final = 500
"""Characters of a reason."""


async def hold(update: Update, context: Context, actor: Actor) -> None:
    """Keep the data of an applicant.

    Raises:
        WordsTooLong: The reason is.
        DataAlreadyHeld: A colleague did.
    """
    who, _, reason = arguments(update).partition(" ")
    if not reason.strip():
        await say(update, context, usage("hold"))
        return
    reason = staff.check_words(reason, LONGEST)
    services, found = context.services, await _whom(update, context, who)
    if found is None or found.applicant_id is None:
        return
    async with services.database.transaction() as session:
        await privacy.hold(session, found.applicant_id, reason, actor, at=services.now())
    await say(update, context, Bubble(desk_texts.DATA_HELD.format(who=found.shown_name, reference=who)))


async def release(update: Update, context: Context, actor: Actor) -> None:
    """Let the data of an applicant be removed again.

    Raises:
        DataNotHeld: They can be.
    """
    who = arguments(update)
    if not who:
        await say(update, context, usage("release"))
        return
    services, found = context.services, await _whom(update, context, who)
    if found is None or found.applicant_id is None:
        return
    async with services.database.transaction() as session:
        await privacy.release(session, found.applicant_id, actor, at=services.now())
    await say(update, context, Bubble(desk_texts.DATA_RELEASED.format(who=found.shown_name)))


async def _whom(update: Update, context: Context, who: str) -> Found | None:
    found = await the_one(update, context, who)
    if found and found.applicant_id is None:
        await say(update, context, Bubble(desk_texts.NO_ACCOUNT))
    return found
