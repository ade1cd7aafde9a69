"""Who may act for the staff: the members of their group."""

import logging
from datetime import timedelta
from typing import Final

from telegram import ChatMember, Update
from telegram.error import BadRequest, TelegramError

from admissions import consultations, handoffs, staff
from admissions.staff import Permission, Role, Standing
from bot.context import Context
from bot.desk import cards

logger = logging.getLogger(__name__)

REMEMBERED: Final = timedelta(minutes=3)
"""How long an answer of Telegram's holds, unless it tells us earlier that somebody came or went."""
STANDINGS: Final = {
    ChatMember.OWNER: Standing.OWNER,
    ChatMember.ADMINISTRATOR: Standing.ADMINISTRATOR,
    ChatMember.MEMBER: Standing.MEMBER,
}


async def may_act(context: Context, person_id: int) -> bool:
    """Tell whether somebody may look after applicants, as far as Telegram said lately who is of the staff."""
    services = context.services
    known = services.members.get(person_id)
    if known is None or services.now() - known.asked_at > REMEMBERED:
        standing = await standing_of(context, person_id)
    else:
        standing = known.standing
    return staff.may(await role_of(context, person_id, standing), Permission.TALK)


async def role_of(context: Context, person_id: int, standing: Standing) -> Role | None:
    """Return what somebody is at the desk, by what they are in the group."""
    services = context.services
    async with services.database.reading() as session:
        advisor = await consultations.find_by_telegram(session, person_id)
    is_advisor = advisor is not None and advisor.is_active
    return staff.role_of(standing, assigned=services.roles.role(person_id), is_advisor=is_advisor)


async def standing_of(context: Context, person_id: int) -> Standing:
    """Ask Telegram what somebody is in the staff's group now; a stranger, where it does not answer."""
    services = context.services
    if services.staff_chat is None:
        return Standing.STRANGER
    try:
        standing = read_standing(await context.bot.get_chat_member(services.staff_chat, person_id))
    except BadRequest:  # nobody with this id was ever seen in the group
        standing = Standing.STRANGER
    except TelegramError:
        logger.warning("Telegram could not be asked who is of the staff", exc_info=True)
        return Standing.STRANGER
    services.members.note(person_id, services.now(), standing)
    return standing


def read_standing(member: ChatMember) -> Standing:
    """Read what somebody is in a group; a restricted member may have left it."""
    if member.status == ChatMember.RESTRICTED and getattr(member, "is_member", False):
        return Standing.MEMBER
    return STANDINGS.get(member.status, Standing.STRANGER)


async def note_change(update: Update, context: Context) -> None:
    """Ask Telegram anew about somebody who came to the group, or left it; what they had is open again."""
    change, services = update.chat_member, context.services
    assert change is not None, "registered for changes of members only"
    if change.chat.id != services.staff_chat:
        return
    person = change.new_chat_member.user
    services.members.forget(person.id)
    if read_standing(change.new_chat_member) is not Standing.STRANGER:
        return
    async with services.database.transaction() as session:
        released = await handoffs.release(session, person.id, at=services.now())
    services.news.set()
    for handoff in released:
        await cards.refresh(context.bot, services, handoff.applicant_id)
