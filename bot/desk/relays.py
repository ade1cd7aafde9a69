"""Messages brought to the other side of a talk, changed there, and marked for whoever of the staff wrote them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from telegram import Message, ReactionTypeEmoji, ReplyParameters
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest

from admissions import handoffs
from admissions.database import Session
from admissions.handoffs import Relay, RelayState
from admissions.notifications import Dead, Dropped, Notification, Outcome, Reason, Sent
from bot import keyboards, texts
from bot.api import Client
from bot.context import Services
from bot.desk import cards, topics
from bot.desk import talk_texts as staff_texts
from bot.notice import Deed, Limits

MARK: Final = ReactionEmoji.OK_HAND_SIGN


async def to_staff(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Show staff what an applicant wrote, in their topic."""
    relayed = await handoffs.get_relay(session, notification.about_id)
    if relayed is None:
        return None
    together = await handoffs.together(session, relayed)
    reply_to = await _counterpart(session, relayed)

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        thread = await cards.place(bot, services, relayed.applicant_id)
        place = {"chat_id": services.staff_chat, "message_thread_id": thread}
        try:
            return await _copy(bot, relayed.applicant_id, together, {**place, **limits}, reply_to)
        except BadRequest as error:
            if topics.is_gone(error):
                raise await topics.lose(services, relayed.applicant_id, thread) from error
            raise

    return Deed(do)


async def to_applicant(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Bring an applicant what somebody of the staff wrote in their topic."""
    relayed = await handoffs.get_relay(session, notification.about_id)
    if relayed is None or services.staff_chat is None:
        return None
    together = await handoffs.together(session, relayed)
    reply_to = await _counterpart(session, relayed)
    staff_chat = services.staff_chat

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        place = {"chat_id": relayed.applicant_id, **limits}
        if relayed.words is not None and not relayed.is_caption:
            sent: Message = await bot.send_message(text=relayed.words, reply_parameters=_reply(reply_to), **place)
            return [sent.message_id]
        return await _copy(bot, staff_chat, together, place, reply_to)

    return Deed(do)


async def edited(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Change a copy as its writer changed the message; where that cannot be, say below it how it reads now."""
    relayed = await handoffs.get_relay(session, notification.about_id)
    if relayed is None or relayed.copy_id is None:
        return None
    chat = services.staff_chat if relayed.to_staff else relayed.applicant_id
    assert chat is not None, "it was brought there"
    copy_id, words = relayed.copy_id, str((notification.payload or {})["words"])

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        try:
            await _change(bot, chat, copy_id, words, is_caption=relayed.is_caption)
        except BadRequest:
            note = (staff_texts if relayed.to_staff else texts).EDITED.format(words=words)
            sent: Message = await bot.send_message(chat, note, reply_parameters=_reply(copy_id), **limits)
            return [sent.message_id]
        return []

    return Deed(do)


async def marked(session: Session, notification: Notification, services: Services) -> Deed | None:
    """Mark a message of the staff's: it arrived, or why not, with a button to send it once more."""
    relayed = await handoffs.get_relay(session, notification.about_id)
    if relayed is None or relayed.state is RelayState.WAITING:
        return None

    async def do(bot: Client, limits: Limits) -> Sequence[int]:
        if relayed.state is RelayState.SENT and relayed.mark_id is None and await _react(bot, services, relayed):
            return []
        return await _note(bot, services, relayed, limits)

    return Deed(do)


async def follow_relay(
    session: Session, notification: Notification, outcome: Outcome, messages: Sequence[int], at: datetime
) -> None:
    """Note what became of a message that was to be brought."""
    relayed = await handoffs.get_relay(session, notification.about_id)
    if relayed is None:
        return
    if isinstance(outcome, Sent):
        await handoffs.note_relayed(session, relayed, messages, at=at)
    elif isinstance(outcome, Dropped | Dead):
        is_blocked = isinstance(outcome, Dropped) and outcome.reason is Reason.UNREACHABLE
        state = RelayState.BLOCKED if is_blocked else RelayState.FAILED
        await handoffs.note_not_relayed(session, relayed, state, at=at)


async def follow_mark(
    session: Session, notification: Notification, outcome: Outcome, messages: Sequence[int], _at: datetime
) -> None:
    """Note which message is the mark, so that it can be changed."""
    if isinstance(outcome, Sent) and messages:
        await handoffs.note_mark(session, notification.about_id, messages[0])


async def _counterpart(session: Session, relayed: Relay) -> int | None:
    if relayed.reply_to is None:
        return None
    return await handoffs.find_counterpart(
        session, relayed.applicant_id, relayed.reply_to, to_staff=relayed.to_staff
    )


async def _copy(
    bot: Client, from_chat: int, together: Sequence[Relay], place: dict[str, Any], reply_to: int | None
) -> Sequence[int]:
    """Copy a message, or an album as one."""
    if len(together) > 1:
        numbers = [each.message_id for each in together]
        copies = await bot.copy_messages(from_chat_id=from_chat, message_ids=numbers, **place)
        return [copy.message_id for copy in copies]
    [single] = together
    caption: dict[str, Any] = {"caption": single.words} if single.words is not None else {}
    copied = await bot.copy_message(
        from_chat_id=from_chat,
        message_id=single.message_id,
        reply_parameters=_reply(reply_to),
        **caption,
        **place,
    )
    return [copied.message_id]


async def _change(bot: Client, chat: int, message_id: int, words: str, *, is_caption: bool) -> None:
    if is_caption:
        await bot.edit_message_caption(chat, message_id, caption=words)
    else:
        await bot.edit_message_text(words, chat, message_id)


async def _react(bot: Client, services: Services, relayed: Relay) -> bool:
    """Set the mark of a message that arrived, and tell whether the group lets us."""
    assert services.staff_chat is not None, "it was written there"
    try:
        await bot.set_message_reaction(services.staff_chat, relayed.message_id, ReactionTypeEmoji(MARK))
    except BadRequest:
        return False
    return True


async def _note(bot: Client, services: Services, relayed: Relay, limits: Limits) -> Sequence[int]:
    """Write below a message what became of it, or change what is written there."""
    words, keyboard = _words_of(relayed)
    assert services.staff_chat is not None, "it was written there"
    if relayed.mark_id is not None:
        await bot.edit_message_text(words, services.staff_chat, relayed.mark_id, reply_markup=keyboard)
        return []
    sent: Message = await bot.send_message(
        services.staff_chat, words, reply_markup=keyboard, reply_parameters=_reply(relayed.message_id), **limits
    )
    return [sent.message_id]


def _words_of(relayed: Relay) -> tuple[str, Any]:
    if relayed.state is RelayState.SENT:
        return staff_texts.DELIVERED, None
    words = staff_texts.BLOCKED if relayed.state is RelayState.BLOCKED else staff_texts.NOT_DELIVERED
    return words, keyboards.rows([(staff_texts.RETRY, f"{cards.RETRY}{relayed.id}")])


def _reply(message_id: int | None) -> ReplyParameters | None:
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None
