"""A talk between an applicant and staff: what each writes reaches the other, while the assistant is silent."""

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop

from admissions import handoffs
from admissions.database import Session
from admissions.handoffs import Handoff, HandoffState
from bot import metrics
from bot.bubbles import Bubble
from bot.context import Context, Services
from bot.desk import cards
from bot.desk import talk_texts as staff_texts
from bot.handlers import referring, uploading
from bot.handlers.chats import answer, chat_of, text_of
from bot.handlers.membership import may_act
from bot.handlers.taking import member_of


async def from_applicant(update: Update, context: Context) -> None:
    """Show staff what an applicant with a handoff writes; while a person talks, nobody else answers.

    Raises:
        ApplicationHandlerStop: A person talks with the applicant.
    """
    chat = chat_of(update)
    if await _is_for_letter(update, context):
        return
    await show_staff(update, context)
    if await is_resting(context, chat):
        if _has_file(update) and not update.edited_message:
            await _keep_file(update, context)
        raise ApplicationHandlerStop


async def show_staff(update: Update, context: Context) -> None:
    """Show staff what an applicant writes, or changed, if there is a handoff that it may belong to."""
    services, chat, message = context.services, chat_of(update), _message_of(update)
    async with services.database.reading() as session:
        handoff = await handoffs.find_latest(session, chat)
    if handoff is None or _needs_no_one(handoff, update):
        return
    async with services.database.transaction() as session:
        if update.edited_message:
            await handoffs.change(
                session, chat, message.message_id, text_of(update), to_staff=True, at=services.now()
            )
        elif await handoffs.write_again(session, chat, at=services.now()):
            await handoffs.relay(
                session,
                chat,
                message.message_id,
                to_staff=True,
                at=services.now(),
                album=message.media_group_id,
                reply_to=_answered(message),
                is_caption=message.text is None,
            )
    services.news.set()


async def from_staff(update: Update, context: Context) -> None:
    """Bring an applicant what somebody of the staff writes in their topic; lines that begin with // stay there."""
    services, message = context.services, _message_of(update)
    async with services.database.reading() as session:
        chat = await handoffs.whose_topic(session, message.message_thread_id or 0)
    if chat is None:
        return
    if not await _is_of_staff(context, message, member_of(update).id):
        await answer(update, context, Bubble(staff_texts.NO_MEMBER))
        return
    words = _raw(message)
    told = handoffs.without_internal(words)
    if words and not told:
        return
    async with services.database.transaction() as session:
        is_change = update.edited_message is not None and await handoffs.change(
            session, chat, message.message_id, told, to_staff=False, at=services.now()
        )
        if not is_change:
            await _write(session, services, update, chat, told if told != words.strip() else None)
    services.news.set()
    if not is_change:
        await cards.refresh(context.bot, services, chat)


async def is_resting(context: Context, applicant_id: int) -> bool:
    """Tell whether a person talks with an applicant, so that the assistant is silent."""
    services = context.services
    async with services.database.reading() as session:
        handoff = await handoffs.find_latest(session, applicant_id)
    return handoff is not None and handoffs.is_resting(handoff.state, handoff.rests_until, services.now())


async def _write(session: Session, services: Services, update: Update, chat: int, words: str | None) -> None:
    """Have a message brought to the applicant; whoever writes looks after them from now on."""
    at, message = services.now(), _message_of(update)
    handoff = await handoffs.write(session, chat, member_of(update), rests=services.desk.assistant_rests, at=at)
    metrics.note_taken(handoff, await handoffs.requests(session, handoff.id), at=at)
    await handoffs.relay(
        session,
        chat,
        message.message_id,
        to_staff=False,
        at=at,
        album=message.media_group_id,
        reply_to=_answered(message),
        words=words,
        is_caption=message.text is None,
    )


async def _is_for_letter(update: Update, context: Context) -> bool:
    """Tell whether a file is a letter that its sender was asked for as a referee."""
    return _has_file(update) and await referring.awaits_letter(context, chat_of(update))


async def _keep_file(update: Update, context: Context) -> None:
    """Keep a file with the applicant's documents, and tell staff so; where it cannot be, the applicant is told."""
    services, chat = context.services, chat_of(update)
    if await uploading.keep_silently(update, context):
        async with services.database.transaction() as session:
            await handoffs.note_file_kept(session, chat, at=services.now())
        services.news.set()


def _needs_no_one(handoff: Handoff, update: Update) -> bool:
    """Tell whether a message opens nothing again, as it only thanks."""
    is_over = handoff.state is HandoffState.RESOLVED
    return is_over and (update.edited_message is not None or _is_words_of_courtesy(update))


def _is_words_of_courtesy(update: Update) -> bool:
    return not _has_file(update) and handoffs.is_courtesy(text_of(update))


def _has_file(update: Update) -> bool:
    message = _message_of(update)
    return bool(message.document or message.photo)


def _message_of(update: Update) -> Message:
    message = update.effective_message
    assert message is not None, "registered for messages only"
    return message


def _raw(message: Message) -> str:
    return message.text or message.caption or ""


def _answered(message: Message) -> int | None:
    """Return which message is answered; in a topic all answer the one that opened it, which means nothing."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered.message_id


async def _is_of_staff(context: Context, message: Message, person_id: int) -> bool:
    """Tell whether the writer is of the staff; an administrator without a name writes as the group itself."""
    if message.sender_chat is not None:
        return message.sender_chat.id == context.services.staff_chat
    return await may_act(context, person_id)
