"""The application: what is tapped, and the commands around it. What is typed goes to Rasa's form."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from html import escape
from typing import Any

from telegram import InlineKeyboardMarkup, Message, Update

from admissions import applications, documents
from admissions.errors import Refusal
from bot import forms, keyboards, refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.asking import say, tell
from bot.handlers.chats import answer, chat_of, tap_of
from bot.handlers.receiving import receive_other

logger = logging.getLogger(__name__)

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
RESUME = "resume_application"


def explaining(handler: Handler) -> Handler:
    """Explain a refusal that a handler meets, and ask what is asked now."""

    @wraps(handler)
    async def explained(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except Refusal as refusal:
            await answer(update, context, Bubble(refusals.explain(refusal), keyboard=keyboards.menu()))

    return explained


@explaining
async def say_option(update: Update, context: Context) -> None:
    """Take a tapped option as if it had been typed, unless its question is answered by now."""
    _, data = tap_of(update)
    if data.startswith(keyboards.SAY_TITLE):
        buttons = (button for row in _keyboard(update).inline_keyboard for button in row)
        words = next(button.text for button in buttons if button.callback_data == data)
    else:
        question, _, words = data.removeprefix(keyboards.SAY).partition(":")
        async with context.services.database.transaction() as session:
            await applications.require_open(session, chat_of(update), question)
    await say(update, context, words)


async def share_phone(update: Update, context: Context) -> None:
    """Take a shared contact as the phone number, where that is what is asked."""
    message = update.effective_message
    assert message is not None, "registered for messages"
    assert message.contact is not None, "registered for contacts"
    if await _asked(context, chat_of(update)) == "phone":
        await say(update, context, "+" + message.contact.phone_number.lstrip("+"))
    else:
        await receive_other(update, context)


async def choose_standing(update: Update, context: Context) -> None:
    """Offer the years that go with a student or a graduate, in place."""
    query, data = tap_of(update)
    status = data.removeprefix(keyboards.STANDING)
    services = context.services
    async with services.database.reading() as session:
        today = await applications.today(session, chat_of(update), at=services.now())
    await query.edit_message_text(texts.WHICH_YEAR[status], reply_markup=forms.years_of(status, today))


async def toggle(update: Update, _: Context) -> None:
    """Mark a choice, or take its mark away, in place; marks are numbered in the order they were set."""
    query, data = tap_of(update)
    marked = keyboards.toggled(_keyboard(update), data)
    await query.edit_message_reply_markup(marked)


@explaining
async def choose(update: Update, context: Context) -> None:
    """Take the marked choices as the answer."""
    _, data = tap_of(update)
    question = data.removeprefix(keyboards.DONE)
    services, chosen = context.services, keyboards.marked(_keyboard(update))
    async with services.database.transaction() as session:
        await applications.answer(session, chat_of(update), question, chosen, at=services.now())
    await tell(update, context, RESUME)


@explaining
async def skip(update: Update, context: Context) -> None:
    """Leave a question without an answer."""
    services, data = context.services, update.callback_query.data if update.callback_query else None
    async with services.database.transaction() as session:
        asked = (await applications.progress(session, chat_of(update))).question
        name = data.removeprefix(keyboards.SKIP) if data else asked
        await applications.skip(session, chat_of(update), name or "", at=services.now())
    await tell(update, context, RESUME)


@explaining
async def go_back(update: Update, context: Context) -> None:
    """Ask the question before."""
    async with context.services.database.transaction() as session:
        await applications.back(session, chat_of(update))
    await tell(update, context, RESUME)


async def cancel(update: Update, context: Context) -> None:
    """Set the application aside."""
    await tell(update, context, "goodbye")


@explaining
async def edit(update: Update, context: Context) -> None:
    """Ask a question anew."""
    _, data = tap_of(update)
    async with context.services.database.transaction() as session:
        await applications.reopen(session, chat_of(update), data.removeprefix(keyboards.EDIT))
    await tell(update, context, RESUME)


@explaining
async def leave(update: Update, context: Context) -> None:
    """Leave an answer as it was, and go on where one was."""
    async with context.services.database.transaction() as session:
        await applications.keep(session, chat_of(update))
    await tell(update, context, RESUME)


@explaining
async def confirm(update: Update, context: Context) -> None:
    """Take a suggested answer over, or all; what cannot be taken as it is, is asked."""
    _, data = tap_of(update)
    services, named = context.services, data.removeprefix(keyboards.CONFIRM)
    async with services.database.reading() as session:
        waiting = [each.question for each in await applications.suggestions(session, chat_of(update))]
    for question in [named] if named else waiting:
        try:
            async with services.database.transaction() as session:
                await applications.confirm(session, chat_of(update), question, at=services.now())
                if question == applications.DECIDES_ON_DOCUMENTS:
                    await documents.outdate_messages(session, chat_of(update))
        except applications.AnswerRefused:
            logger.info("a suggestion needs more before it can be taken")
    await tell(update, context, RESUME)


@explaining
async def discard(update: Update, context: Context) -> None:
    """Drop all suggestions."""
    async with context.services.database.transaction() as session:
        await applications.discard(session, chat_of(update))
    await tell(update, context, RESUME)


@explaining
async def submit(update: Update, context: Context) -> None:
    """Hand the application over; say its reference and what happens next, and send a summary."""
    services = context.services
    async with services.database.transaction() as session:
        submitted = await applications.submit(session, chat_of(update), at=services.now())
        review = await applications.review(session, chat_of(update))
    if submitted.is_new:
        words = Bubble(texts.SUBMITTED.format(reference=submitted.reference), texts.THANKS)
    else:  # tapped twice, or a crash cut the first answer off: the summary is owed all the same
        words = Bubble(texts.SUBMITTED_BEFORE.format(reference=submitted.reference))
    await answer(update, context, words)
    labels = {name: wording.name for name, wording in texts.QUESTIONS.items()}
    summary = await asyncio.to_thread(
        applications.summary_pdf, review, submitted.reference, submitted.submitted_at, labels
    )
    await context.bot.send_document(
        chat_of(update), summary, filename=f"{submitted.reference}.pdf", caption=escape(texts.SUMMARY)
    )


@explaining
async def withdraw(update: Update, context: Context) -> None:
    """Withdraw the application for the tapped reason."""
    _, data = tap_of(update)
    reason = texts.WITHDRAWAL_REASONS[int(data.removeprefix(keyboards.WITHDRAW))]
    services = context.services
    async with services.database.transaction() as session:
        await applications.withdraw(session, chat_of(update), reason, at=services.now())
        await documents.outdate_messages(session, chat_of(update))
    await answer(update, context, Bubble(texts.WITHDRAWN, keyboard=keyboards.menu()))


async def _asked(context: Context, applicant_id: int) -> str | None:
    async with context.services.database.reading() as session:
        if await applications.find_active(session, applicant_id) is None:
            return None
        return (await applications.progress(session, applicant_id)).question


def _keyboard(update: Update) -> InlineKeyboardMarkup:
    query, _ = tap_of(update)
    assert isinstance(query.message, Message), "the tap was acknowledged as one of its buttons"
    assert query.message.reply_markup is not None, "the tap was acknowledged as one of its buttons"
    return query.message.reply_markup
