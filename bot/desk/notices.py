"""What the outbox tells of what staff did, and staff of how it goes."""

import asyncio
from collections.abc import Mapping, Sequence

from telegram import Message
from telegram.constants import ParseMode

from admissions import placements, privacy, reports, understanding
from admissions.database import Session
from admissions.notifications import Notification
from admissions.placements import PlacementStatus
from bot import keyboards, status_bubbles, texts
from bot.api import Client
from bot.bubbles import Bubble
from bot.context import Services
from bot.desk import figures, meanings
from bot.desk import texts as desk_texts
from bot.notice import Deed, File, Limits, Notice


async def tell_news(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell an applicant what staff wrote to them, in the words that staff saw."""
    payload: Mapping[str, str] = notification.payload or {}
    buttons = [*await _answers(session, payload["about"]), (texts.STATUS, keyboards.STATUS), status_bubbles.PERSON]
    return Notice(Bubble(payload["words"], keyboard=keyboards.rows(buttons)))


async def _answers(session: Session, about: str) -> Sequence[tuple[str, str]]:
    """Return the buttons that answer an offer, if it is one that waits for an answer."""
    kind, _, number = about.partition(":")
    if kind != "placement":
        return ()
    placement = await placements.get_placement(session, int(number))
    is_offer = placement.status is PlacementStatus.OFFERED
    return status_bubbles.offer_buttons(placements.place_of(placement)) if is_offer else ()


async def tell_forgotten(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell staff that somebody was forgotten, by the number of their receipt."""
    forgetting = await privacy.find(session, notification.about_id)
    if forgetting is None:
        return None
    occasion = desk_texts.OCCASIONS[forgetting.occasion]
    return Notice(Bubble(desk_texts.APPLICANT_FORGOTTEN.format(occasion=occasion, receipt=forgetting.receipt)))


async def report(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Tell staff the figures of the last weeks, as of the moment for which it was planned."""
    at = notification.due_at
    office = services.desk.office_hours(at)
    counted = await reports.figures(session, office, since=at - reports.LOOKED_BACK, at=at)
    title = desk_texts.STATS_WEEKLY_TITLE.format(days=reports.LOOKED_BACK.days)
    picture = await asyncio.to_thread(figures.draw, title, counted)
    return Notice(Bubble(figures.write(counted), title), File(figures.FILE_NAME, picture, is_picture=True))


async def ask_meaning(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Ask staff what a message meant, without a sound, unless it is forgotten or somebody has said it."""
    try:
        message = await understanding.get(session, notification.about_id)
    except understanding.MessageNotFound:
        return None
    if message.label:
        return None
    bubble = await meanings.of_message(session, message)

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        assert services.staff_chat is not None, "without one nothing for staff is looked for"
        [page] = bubble.pages()
        sent: Message = await bot.send_message(
            services.staff_chat,
            page,
            parse_mode=ParseMode.HTML,
            reply_markup=bubble.keyboard,
            disable_notification=True,
            **limits,
        )
        return [sent.message_id]

    return Deed(do)
