"""Questions: typed, tapped, or chosen by topic."""

from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Final

from telegram import Message, Update
from telegram.error import BadRequest

from admissions import answers, applications, understanding
from admissions.errors import Refusal
from bot import checklists, keyboards, metrics, refusals, texts
from bot.bubbles import Bubble, of_answer
from bot.context import Context
from bot.desk import office
from bot.dialogue import Custom, DialogueUnavailable, Reply, Turn, Understood
from bot.handlers import booking, choosing, handing_off, tracking
from bot.handlers.chats import answer, chat_of, replace_bubble, tap_of, text_of
from bot.replies import Reader, of_replies
from bot.showing import typing

COMMAND_INTENTS: Final = {
    "apply": "apply",
    "book": "book_consultation",
    "status": "check_status",
    "person": "handoff",
}
"""What Rasa is told for a command."""
SEND_DOCUMENT: Final = "upload_document"
HAND_OFF: Final = "handoff"
SOMETHING_ELSE: Final = "out_of_scope"


async def ask(update: Update, context: Context) -> None:
    """Answer what an applicant typed; an edited message is its new wording."""
    text = text_of(update)
    if not any(character.isalnum() for character in text):
        await answer(update, context, Bubble(texts.WORDS_ONLY, keyboard=keyboards.menu()))
        return
    await say(update, context, text)


async def choose(update: Update, context: Context) -> None:
    """Follow a button or a command that stands for an intent."""
    intent = _intent(update)
    if intent in (HAND_OFF, SOMETHING_ELSE):
        await _note_weak(context, chat_of(update), intent)
    await tell(update, context, intent)


async def say(update: Update, context: Context, text: str) -> None:
    """Hand words over to Rasa, and show what it decides."""
    try:
        turn = await _turn(update, context, context.services.dialogue.say(chat_of(update), text))
    except DialogueUnavailable:
        metrics.messages.labels("unavailable").inc()
        await answer(update, context, await _topics(context, texts.DIALOGUE_DOWN))
    else:
        metrics.messages.labels("fallback" if _is_unclear(turn.replies) else "answered").inc()
        await _tell(update, context, turn, None if update.callback_query else text_of(update))


async def ask_below_file(update: Update, context: Context) -> None:
    """Answer what stands below a file, if it asks anything; what only tells of the file is left alone."""
    text = text_of(update)
    is_question = "?" in text
    try:
        turn = await _turn(update, context, context.services.dialogue.say(chat_of(update), text))
    except DialogueUnavailable:
        if is_question:
            await answer(update, context, await _topics(context, texts.DIALOGUE_DOWN))
        return
    if is_question or not any(reply.custom and _tells_of_file(reply.custom) for reply in turn.replies):
        await _tell(update, context, turn, text)


async def tell(update: Update, context: Context, intent: str) -> None:
    """Hand an intent over to Rasa, and show what it decides; do what can be done without it."""
    try:
        turn = await _turn(update, context, context.services.dialogue.choose(chat_of(update), intent))
    except DialogueUnavailable:
        await _do_without_rasa(update, context, intent)
    else:
        await _tell(update, context, turn)


async def note_unhelpful(update: Update, context: Context) -> None:
    """Note that an answer was none to what was asked, and offer other ways on."""
    query, data = tap_of(update)
    number = int(data.removeprefix(keyboards.UNHELPFUL))
    async with context.services.database.transaction() as session:
        await understanding.note_unhelpful(session, chat_of(update), number)
    message = query.message
    if isinstance(message, Message) and message.reply_markup:
        with suppress(BadRequest):  # two taps at once: it is gone already
            await query.edit_message_reply_markup(keyboards.without(message.reply_markup, data))
    await answer(update, context, Bubble(texts.UNHELPFUL_NOTED, keyboard=keyboards.ways_on()))


async def show_topics(update: Update, context: Context) -> None:
    """Show the topics of questions: in place when a button asked for them, else as a new bubble."""
    bubble = await _topics(context, texts.CHOOSE_TOPIC)
    query = update.callback_query
    if query and query.data == keyboards.BACK:
        await replace_bubble(update, context, bubble)
    else:
        await answer(update, context, bubble)


async def show_questions(update: Update, context: Context) -> None:
    """Show the questions of a topic in place."""
    _, data = tap_of(update)
    topic = data.removeprefix(keyboards.TOPIC)
    async with context.services.database.reading() as session:
        of_topic = await answers.questions(session, topic)
    text = texts.CHOOSE_QUESTION.format(topic=topic) if of_topic else texts.ANSWER_GONE
    await replace_bubble(update, context, Bubble(text, keyboard=keyboards.questions(of_topic)))


def _intent(update: Update) -> str:
    if update.callback_query:
        _, data = tap_of(update)
        return data.removeprefix("/")
    command, *_ = text_of(update).split()
    return COMMAND_INTENTS[command.removeprefix("/").partition("@")[0].lower()]


async def _turn(update: Update, context: Context, turn: Awaitable[Turn]) -> Turn:
    async with typing(context, chat_of(update)):
        return await turn


async def _tell(update: Update, context: Context, turn: Turn, typed: str | None = None) -> None:
    replies = turn.replies
    is_unclear = _is_unclear(replies)
    if is_unclear and (asked := await choosing.ask_again(context, chat_of(update))):
        await answer(update, context, asked)
        return
    message_id = await _keep(context, chat_of(update), typed, turn.understood) if typed else None
    await _say(update, context, replies, message_id)
    if is_unclear and not update.callback_query:
        await _note_unanswered(context, chat_of(update), text_of(update))


async def _say(update: Update, context: Context, replies: Sequence[Reply], message_id: int | None) -> None:
    before, shown, after = _part(replies)
    if shown:
        if before:
            await _say(update, context, before, message_id)
        await _show(update, context, shown)
        if after and (shown.status or shown.documents):  # the whole list stays below everything
            await _say(update, context, after, message_id)
        return
    if intent := _talk_intent(replies):
        await booking.begin(update, context, intent, _wish(update))  # the form asks again once that is done
        return
    async with context.services.database.reading() as session:
        try:
            today = await applications.today(session, chat_of(update), at=context.services.now())
            reader = Reader(chat_of(update), today, message_id)
            bubbles = await of_replies(session, replies, reader)
        except Refusal as refusal:
            bubbles = [Bubble(refusals.explain(refusal), keyboard=keyboards.menu())]
    if any(reply.custom and reply.custom.handed_off for reply in replies):
        bubbles = [await office.with_hours(context.services, chat_of(update), bubbles[0]), *bubbles[1:]]
    await answer(update, context, *bubbles)
    await _note_asked(context, chat_of(update), replies)


def _part(replies: Sequence[Reply]) -> tuple[Sequence[Reply], Custom | None, Sequence[Reply]]:
    """Return the first reply that shows documents or a status, and those before and after it."""
    for place, reply in enumerate(replies):
        if reply.custom and (reply.custom.checklist or reply.custom.status):
            return replies[:place], reply.custom, replies[place + 1 :]
    return replies, None, ()


async def _show(update: Update, context: Context, custom: Custom) -> None:
    if custom.documents:
        await answer(
            update, context, await checklists.of_named(context.services, chat_of(update), custom.documents)
        )
    elif custom.checklist:
        await checklists.show(context.bot, context.services, chat_of(update))
    else:
        await tracking.show(update, context, custom.reference)


async def _note_weak(context: Context, chat: int, intent: str) -> None:
    """Note what a tap says of how the last message was understood."""
    services = context.services
    async with services.database.transaction() as session:
        if intent == HAND_OFF:
            await understanding.note_handoff(session, chat, at=services.now())
        else:
            await understanding.note_something_else(session, chat)


async def _keep(context: Context, chat: int, typed: str, understood: Understood | None) -> int | None:
    """Keep what was typed, with what it was understood as, unless it answered a question of the application."""
    services = context.services
    if understood is None:
        return None
    async with services.database.transaction() as session:
        return await understanding.keep(
            session, chat, typed, understood.guesses, understood.intent, at=services.now()
        )


async def _note_asked(context: Context, chat: int, replies: Sequence[Reply]) -> None:
    services = context.services
    if told := [reply.custom.answer for reply in replies if reply.custom and reply.custom.answer]:
        async with services.database.transaction() as session:
            await answers.note_asked(session, chat, told, at=services.now())


async def _note_unanswered(context: Context, chat: int, words: str) -> None:
    async with context.services.database.transaction() as session:
        await answers.note_unanswered(session, chat, understanding.redact(words), at=context.services.now())


def _is_unclear(replies: Sequence[Reply]) -> bool:
    return any(reply.custom and (reply.custom.guesses or reply.custom.unclear) for reply in replies)


def _tells_of_file(custom: Custom) -> bool:
    """Tell whether "my diploma" below a file was taken for the wish to send one, or for nothing at all."""
    return custom.checklist or bool(custom.guesses)


def _talk_intent(replies: Sequence[Reply]) -> str | None:
    intents = (reply.custom.consultation for reply in replies if reply.custom)
    return next((intent for intent in intents if intent), None)


def _wish(update: Update) -> str:
    """Return what was written, which may say when; a command says nothing more."""
    return "" if update.callback_query or text_of(update).startswith("/") else text_of(update)


async def _do_without_rasa(update: Update, context: Context, intent: str) -> None:
    if intent == SEND_DOCUMENT:
        await checklists.show(context.bot, context.services, chat_of(update))
    elif intent == tracking.INTENT:
        await tracking.show(update, context)
    elif intent in booking.INTENTS:
        await booking.begin(update, context, intent)
    else:
        await answer(update, context, await _without_rasa(update, context, intent))


async def _without_rasa(update: Update, context: Context, intent: str) -> Bubble:
    """Do what the bot can do alone: tell an answer, call a person."""
    if intent == HAND_OFF:
        return await handing_off.request(context, chat_of(update))
    async with context.services.database.reading() as session:
        try:
            return of_answer(await answers.tell(session, intent))
        except answers.UnknownAnswer:
            return await _topics(context, texts.DIALOGUE_DOWN)


async def _topics(context: Context, text: str) -> Bubble:
    async with context.services.database.reading() as session:
        return Bubble(text, keyboard=keyboards.topics(await answers.topics(session)))
