"""What the staff's group shows of a handoff: the pinned card, its announcement, and the message about many."""

import hashlib
import logging
from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from admissions import answers, consultations, handoffs, notifications
from admissions.database import Session
from admissions.handoffs import Handoff, HandoffRequest, HandoffState, Topic
from admissions.notifications import STAFF, Kind
from bot import clocks, keyboards
from bot.api import Client
from bot.bubbles import Bubble, Mention
from bot.context import Services
from bot.desk import overview, topics
from bot.desk import talk_texts as staff_texts

logger = logging.getLogger(__name__)

ANSWERED: Final = 3
LISTED: Final = 30
"""Lines of the message about many; what is more is counted."""
LINKED: Final = 10
TAKE: Final = "desk:take:"
SNOOZE: Final = "desk:snooze:"
SNOOZE_UNTIL: Final = "desk:until:"
RESOLVE: Final = "desk:resolve:"
CARD: Final = "desk:card:"
RETRY: Final = "desk:retry:"
STAFF_BUTTONS: Final = "desk:"
"""What the data of every button for staff begins with; the handler answers its taps."""


async def refresh(bot: Client, services: Services, applicant_id: int) -> None:
    """Show how things stand with an applicant's handoff, wherever staff see it; what fails is done later."""
    try:
        await keep_up(bot, services, applicant_id)
        await _refresh_announcements(bot, services, applicant_id)
    except TelegramError:
        logger.warning("the staff's group does not show how a handoff stands", exc_info=True)


async def place(bot: Client, services: Services, applicant_id: int) -> int:
    """Return the number of an applicant's topic, in which their card stands first."""
    async with services.database.reading() as session:
        topic = await handoffs.find_topic(session, applicant_id)
    if topic and topic.thread and topic.card:
        return topic.thread
    return await keep_up(bot, services, applicant_id)


async def keep_up(bot: Client, services: Services, applicant_id: int) -> int:
    """Bring an applicant's card up to date in their topic; where one of them is missing, make it.

    Returns:
        The number of the topic.
    """
    async with services.turns[applicant_id]:
        thread = await topics.ensure(bot, services, applicant_id)
        async with services.database.reading() as session:
            topic = await handoffs.find_topic(session, applicant_id)
            handoff = await handoffs.find_latest(session, applicant_id)
            bubble = await of_handoff(session, services, handoff) if handoff else None
        if topic is None or handoff is None or bubble is None:
            return thread
        await topics.set_closed(bot, services, applicant_id, is_closed=handoff.state is HandoffState.RESOLVED)
        shown = _checksum(bubble)
        if topic.card is None or shown != topic.shown:
            await _show(bot, services, topic, thread, bubble, shown)
        return thread


async def of_handoff(session: Session, services: Services, handoff: Handoff) -> Bubble:
    """Show how things stand with a handoff, and what one can do."""
    requests = await handoffs.requests(session, handoff.id)
    answered = await answers.last_asked(session, handoff.applicant_id, ANSWERED)
    talk = await consultations.find_upcoming(session, handoff.applicant_id)
    latest = requests[-1] if requests else None
    text = staff_texts.CARD.format(
        state="\n".join(_states(services, handoff)),
        stage=await overview.stage(session, handoff.applicant_id),
        documents=await overview.open_documents(session, services, handoff.applicant_id),
        talk=staff_texts.TALK.format(time=clocks.houston(talk.begins_at), advisor=talk.advisor.name)
        if talk
        else staff_texts.NOTHING,
        why="; ".join(wish(services, request) for request in requests) or staff_texts.NOTHING,
        said=staff_texts.SAID.format(words=latest.said) if latest and latest.said else staff_texts.NOTHING,
        understood=_understood(latest),
        answered="; ".join(answered) or staff_texts.NOTHING,
        asked=clocks.houston(latest.requested_at if latest else handoff.requested_at),
    )
    return Bubble(text, keyboard=keyboard(handoff), subject=Mention(handoff.applicant_id, handoff.applicant.name))


def keyboard(handoff: Handoff) -> InlineKeyboardMarkup:
    """Return what staff can do with a handoff as it stands."""
    take = (staff_texts.TAKE, f"{TAKE}{handoff.id}")
    snooze = (staff_texts.SNOOZE, f"{SNOOZE}{handoff.id}")
    resolve = (staff_texts.RESOLVE, f"{RESOLVE}{handoff.id}")
    match handoff.state:
        case HandoffState.OPEN:
            return keyboards.grid([take, snooze, resolve], across=3)
        case HandoffState.TAKEN:
            return keyboards.grid([snooze, resolve], across=2)
        case HandoffState.SNOOZED:
            return keyboards.grid([take, resolve], across=2)
        case HandoffState.RESOLVED:
            return keyboards.rows([(staff_texts.TAKE_AGAIN, f"{TAKE}{handoff.id}")])


def snooze_keyboard(handoff_id: int) -> InlineKeyboardMarkup:
    """Return how long a handoff may be snoozed."""
    choices = [
        (staff_texts.SNOOZE_HOUR, f"{SNOOZE_UNTIL}{handoff_id}:60"),
        (staff_texts.SNOOZE_FOUR, f"{SNOOZE_UNTIL}{handoff_id}:240"),
    ]
    below = [
        (staff_texts.SNOOZE_OPENING, f"{SNOOZE_UNTIL}{handoff_id}:opening"),
        (staff_texts.BACK, f"{CARD}{handoff_id}"),
    ]
    return keyboards.grid(choices, across=2, below=below)


def wish(services: Services, request: HandoffRequest) -> str:
    """Say why a person is asked for, after the applicant's name."""
    return staff_texts.WISHES[request.reason].format(title=services.words.title(request.listed))


def of_announcement(services: Services, request: HandoffRequest, thread: int | None) -> Bubble:
    """Say who asks for a person and why, and who has taken it."""
    handoff = request.handoff
    alert = staff_texts.CRISIS_ALERT if handoff.is_crisis else staff_texts.ALERT
    words = alert.format(wish=wish(services, request))
    if suffix := _suffix(handoff):
        words = f"{words}\n\n{suffix}"
    buttons = [[_to_topic(services, staff_texts.OPEN_TOPIC, thread)]] if thread else []
    if handoff.state is HandoffState.OPEN:
        buttons.append([InlineKeyboardButton(staff_texts.TAKE, callback_data=f"{TAKE}{handoff.id}")])
    subject = Mention(handoff.applicant_id, handoff.applicant.name)
    return Bubble(words, keyboard=InlineKeyboardMarkup(buttons) if buttons else None, subject=subject)


async def of_digest(session: Session, services: Services, digest_id: int) -> Bubble:
    """Say who asks for a person, many at once, and who has been taken."""
    together = await handoffs.of_digest(session, digest_id)
    lines = [await _line(session, services, handoff) for handoff in together[:LISTED]]
    if len(together) > LISTED:
        lines.append(staff_texts.DIGEST_MORE.format(count=len(together) - LISTED))
    waiting = [handoff for handoff in together if handoff.state is HandoffState.OPEN]
    return Bubble(
        "\n".join(lines),
        staff_texts.DIGEST_TITLE.format(count=len(together)),
        await links(session, services, waiting),
    )


async def links(session: Session, services: Services, waiting: Sequence[Handoff]) -> InlineKeyboardMarkup | None:
    """Return the ways to the topics of some applicants, those that are made."""
    made = [
        (each.applicant.name, await handoffs.find_topic(session, each.applicant_id)) for each in waiting[:LINKED]
    ]
    buttons = [[_to_topic(services, name, topic.thread)] for name, topic in made if topic and topic.thread]
    return InlineKeyboardMarkup(buttons) if buttons else None


async def refresh_digests(bot: Client, services: Services) -> None:
    """Bring the messages about many handoffs up to date."""
    async with services.database.reading() as session:
        shown = [
            (
                digest,
                await of_digest(session, services, digest.id),
                await notifications.sent_as(session, STAFF, Kind.HANDOFF_DIGEST, f"digest:{digest.id}"),
            )
            for digest in await handoffs.digests(session, at=services.now())
        ]
    for digest, bubble, message_id in shown:
        checksum = _checksum(bubble)
        if message_id and digest.shown != checksum:
            await _edit(bot, services, message_id, bubble)
            async with services.database.transaction() as session:
                await handoffs.note_digest_shown(session, digest.id, checksum)


async def _show(bot: Client, services: Services, topic: Topic, thread: int, bubble: Bubble, shown: str) -> None:
    card = topic.card
    if card is None or not await _edit(bot, services, card, bubble):
        card = await _send_card(bot, services, topic.applicant_id, thread, bubble)
    async with services.database.transaction() as session:
        await handoffs.note_card(session, topic.applicant_id, card, shown)


async def _send_card(bot: Client, services: Services, applicant_id: int, thread: int, bubble: Bubble) -> int:
    assert services.staff_chat is not None, "there is a topic in it"
    [page] = bubble.pages()
    try:
        sent: Message = await bot.send_message(
            services.staff_chat,
            page,
            message_thread_id=thread,
            parse_mode=ParseMode.HTML,
            reply_markup=bubble.keyboard,
        )
    except BadRequest as error:
        if topics.is_gone(error):
            raise await topics.lose(services, applicant_id, thread) from error
        raise
    async with services.database.transaction() as session:  # noted at once: the pin is less than a second card
        await handoffs.note_card(session, applicant_id, sent.message_id, None)
    await bot.pin_chat_message(services.staff_chat, sent.message_id, disable_notification=True)
    return sent.message_id


async def _edit(bot: Client, services: Services, message_id: int, bubble: Bubble) -> bool:
    """Edit a message of the group in place, and tell whether it is there."""
    [page, *_] = bubble.pages()
    try:
        await bot.edit_message_text(
            page,
            services.staff_chat,
            message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=bubble.inline_keyboard,
        )
    except BadRequest:
        return False
    return True


async def _refresh_announcements(bot: Client, services: Services, applicant_id: int) -> None:
    async with services.database.reading() as session:
        handoff = await handoffs.find_latest(session, applicant_id)
        topic = await handoffs.find_topic(session, applicant_id)
        announced = [] if handoff is None else await handoffs.requests(session, handoff.id)
        messages = [
            (each, await notifications.sent_as(session, STAFF, Kind.HANDOFF_REQUESTED, f"request:{each.id}"))
            for each in announced
        ]
        bubbles = [
            (message_id, of_announcement(services, loaded, topic.thread if topic else None))
            for each, message_id in messages
            if message_id and (loaded := await handoffs.get_request(session, each.id))
        ]
    for message_id, bubble in bubbles:
        await _edit(bot, services, message_id, bubble)


def _states(services: Services, handoff: Handoff) -> list[str]:
    lines = [_state(services, handoff)]
    if handoff.is_crisis:
        lines.insert(0, staff_texts.CRISIS)
    if handoff.applicant.unreachable_at:
        lines.append(staff_texts.UNREACHABLE)
    return lines


def _state(services: Services, handoff: Handoff) -> str:
    name = handoff.taken_by_name or ""
    if handoff.state is HandoffState.TAKEN and handoff.taken_at:
        is_resting = handoffs.is_resting(handoff.state, handoff.rests_until, services.now())
        words = staff_texts.WITH if is_resting else staff_texts.ASSISTANT_BACK
        return words.format(name=name, time=clocks.houston(handoff.taken_at))
    if handoff.state is HandoffState.SNOOZED and handoff.snoozed_until:
        return staff_texts.SNOOZED.format(name=name, time=clocks.houston(handoff.snoozed_until))
    if handoff.resolved_at:
        return staff_texts.RESOLVED.format(name=handoff.resolved_by, time=clocks.houston(handoff.resolved_at))
    if handoff.waits_since is None:
        return staff_texts.QUIET
    return staff_texts.WAITS.format(time=clocks.houston(handoff.waits_since))


def _suffix(handoff: Handoff) -> str:
    match handoff.state:
        case HandoffState.TAKEN:
            return staff_texts.TAKEN_SUFFIX.format(name=handoff.taken_by_name)
        case HandoffState.SNOOZED:
            return staff_texts.SNOOZED_SUFFIX.format(name=handoff.taken_by_name)
        case HandoffState.RESOLVED:
            return staff_texts.RESOLVED_SUFFIX.format(name=handoff.resolved_by)
        case HandoffState.OPEN:
            return ""


def _understood(request: HandoffRequest | None) -> str:
    if request is None or request.understood_as is None or request.confidence is None:
        return staff_texts.NOTHING
    return staff_texts.SURE.format(intent=request.understood_as, percent=round(request.confidence * 100))


async def _line(session: Session, services: Services, handoff: Handoff) -> str:
    *_, latest = await handoffs.requests(session, handoff.id)
    return staff_texts.DIGEST_LINE.format(
        mark=staff_texts.DIGEST_MARKS[handoff.state], name=handoff.applicant.name, wish=wish(services, latest)
    )


def _to_topic(services: Services, title: str, thread: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(title, url=topics.link(services, thread))


def _checksum(bubble: Bubble) -> str:
    buttons = bubble.inline_keyboard.to_json() if bubble.inline_keyboard else ""
    return hashlib.sha256("\n".join([*bubble.pages(), buttons]).encode()).hexdigest()[:32]
