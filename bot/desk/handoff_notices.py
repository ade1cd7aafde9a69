"""What the outbox tells of handoffs, put into words when it is told."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from admissions import handoffs
from admissions.database import Session
from admissions.handoffs import Handoff, HandoffState
from admissions.notifications import Notification
from admissions.staff import Colleague
from bot import keyboards, texts
from bot.api import Client
from bot.bubbles import Bubble, Mention
from bot.context import Services
from bot.desk import cards, topics
from bot.desk import talk_texts as staff_texts
from bot.notice import Deed, Limits, Notice

WAKE = "wake"
SOLVED = "solved:"
DUTY = 1


async def requested(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Tell staff who wants a person, and why: in the general topic, or in the applicant's if somebody has them."""
    request = await handoffs.get_request(session, notification.about_id)
    if request is None or request.handoff.state in (HandoffState.RESOLVED, HandoffState.SNOOZED):
        return None
    applicant_id = request.handoff.applicant_id
    is_taken = request.handoff.state is HandoffState.TAKEN

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        thread = await cards.keep_up(bot, services, applicant_id)
        bubble = cards.of_announcement(services, request, None if is_taken else thread)
        place = (applicant_id, thread) if is_taken else None
        return [await _say(bot, services, bubble, limits, place)]

    return Deed(do)


async def digest(session: Session, notification: Notification, services: Services) -> Notice:
    """Tell staff of many who want a person, in one message."""
    return Notice(await cards.of_digest(session, services, notification.about_id))


async def overdue(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Tell staff again of what nobody took: whom duty names, or the lead."""
    payload = notification.payload or {}
    found = [await handoffs.find(session, handoff_id) for handoff_id in payload["handoffs"]]
    waiting = [each for each in found if each and each.waits_since and each.escalated >= payload["level"]]
    if not waiting:
        return None
    desk, is_duty = services.desk, payload["level"] == DUTY
    colleague = desk.on_duty(services.now()) if is_duty else desk.lead
    minutes = desk.ask_duty_after_minutes if is_duty else desk.ask_lead_after_minutes
    names = ", ".join(handoff.applicant.name for handoff in waiting)
    bubble = _of_overdue(colleague, minutes, names, is_duty=is_duty)
    return Notice(replace(bubble, keyboard=await cards.links(session, services, waiting)))


async def news(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Write into an applicant's topic what happened."""
    handoff = await handoffs.find(session, notification.about_id)
    if handoff is None:
        return None
    payload = notification.payload or {}
    words = staff_texts.NEWS[payload["news"]].format(by=payload.get("by", ""))

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        thread = await cards.keep_up(bot, services, handoff.applicant_id)
        return [await _say(bot, services, Bubble(words), limits, (handoff.applicant_id, thread))]

    return Deed(do)


async def taken(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Tell an applicant who talks with them now, and how to wake the assistant."""
    handoff = await handoffs.find(session, notification.about_id)
    if handoff is None or not _is_resting(handoff, services):
        return None
    text = texts.TALK_TAKEN.format(name=handoff.taken_by_name)
    return Notice(Bubble(text, keyboard=keyboards.rows([(texts.WAKE, WAKE)])))


async def paused(_session: Session, _notification: Notification, _services: Services) -> Notice:
    """Tell an applicant that the team comes back later, and the assistant is here."""
    return Notice(Bubble(texts.TALK_PAUSED))


async def solved_asked(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Ask an applicant whether all is solved, unless the talk went on meanwhile."""
    handoff = await handoffs.find(session, notification.about_id)
    if handoff is None or _is_resting(handoff, services) or handoff.waits_since is not None:
        return None
    return Notice(Bubble(texts.SOLVED_ASKED if handoff.taken_at else texts.DONE_ASKED, keyboard=_solved(handoff)))


async def _say(
    bot: Client, services: Services, bubble: Bubble, limits: Limits, place: tuple[int, int] | None
) -> int:
    """Say something in the group: in the general topic, or in the topic of an applicant."""
    assert services.staff_chat is not None, "without one nothing for staff is looked for"
    [page] = bubble.pages()
    try:
        sent: Message = await bot.send_message(
            services.staff_chat,
            page,
            message_thread_id=place[1] if place else None,
            parse_mode=ParseMode.HTML,
            reply_markup=bubble.keyboard,
            **limits,
        )
    except BadRequest as error:
        if place and topics.is_gone(error):
            raise await topics.lose(services, *place) from error
        raise
    return sent.message_id


def _of_overdue(colleague: Colleague | None, minutes: int, names: str, *, is_duty: bool) -> Bubble:
    if colleague is None:
        return Bubble(staff_texts.NOBODY_NAMED.format(minutes=minutes, names=names))
    words = (staff_texts.DUTY_ASKED if is_duty else staff_texts.LEAD_ASKED).format(minutes=minutes, names=names)
    if colleague.telegram_id is None:
        return Bubble(f"{colleague.name}: {words}")
    return Bubble(words, subject=Mention(colleague.telegram_id, f"{colleague.name}:"))


def _is_resting(handoff: Handoff, services: Services) -> bool:
    return handoffs.is_resting(handoff.state, handoff.rests_until, services.now())


def _solved(handoff: Handoff) -> InlineKeyboardMarkup:
    return keyboards.grid(
        [(texts.SOLVED_YES, f"{SOLVED}{handoff.id}:1"), (texts.SOLVED_NO, f"{SOLVED}{handoff.id}:0")], across=2
    )
