"""Who may act for the staff: the members of their group."""

import logging
from datetime import timedelta
from typing import Final

from telegram import ChatMember, Update
from telegram.error import BadRequest, TelegramError

from admissions import handoffs
from bot import cards
from bot.context import Context

logger = logging.getLogger(__name__)

REMEMBERED: Final = timedelta(minutes=3)
"""How long an answer of Telegram's holds, unless it tells us earlier that somebody came or went."""


async def may_act(context: Context, person_id: int) -> bool:
    """Tell whether somebody is a member of the staff's group, as far as Telegram said so lately."""
    services = context.services
    known = services.members.get(person_id)
    if known is None or services.now() - known.asked_at > REMEMBERED:
        return await _ask(context, person_id)
    return known.is_member


async def _ask(context: Context, person_id: int) -> bool:
    services = context.services
    if services.staff_chat is None:
        return False
    try:
        is_member = belongs(await context.bot.get_chat_member(services.staff_chat, person_id))
    except BadRequest:  # nobody with this id was ever seen in the group
        is_member = False
    except TelegramError:
        logger.warning("Telegram could not be asked who is of the staff", exc_info=True)
        return False
    services.members.note(person_id, services.now(), is_member=is_member)
    return is_member


def belongs(member: ChatMember) -> bool:
    """Tell whether somebody is in a group now; a restricted member may have left it."""
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


async def note_change(update: Update, context: Context) -> None:
    """Ask Telegram anew about somebody who came to the group, or left it; what they had is open again."""
    change, services = update.chat_member, context.services
    assert change is not None, "registered for changes of members only"
    if change.chat.id != services.staff_chat:
        return
    person = change.new_chat_member.user
    services.members.forget(person.id)
    if belongs(change.new_chat_member):
        return
    async with services.database.transaction() as session:
        released = await handoffs.release(session, person.id, at=services.now())
    services.news.set()
    for handoff in released:
        await cards.refresh(context.bot, services, handoff.applicant_id)
