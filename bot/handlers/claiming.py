"""An application that came in by another way: its reference, then a code from the e-mail address on file."""

import re
from typing import Final

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from admissions import placements
from admissions.placements import ClaimAsks, ClaimRefusal
from bot import keyboards, refusals, status_bubbles, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers import tracking
from bot.handlers.chats import answer, chat_of, tap_of, text_of

LIKE_REFERENCE: Final = re.compile(r"\s*#?(?=\S*\d)?[\w-]{3,6}[\s-]?[\w-]{2,6}\s*", re.ASCII)
LIKE_CODE: Final = re.compile(r"[\d\s-]{4,12}", re.ASCII)
STOP: Final = ((texts.CLAIM_STOP, keyboards.STOP_CLAIM),)


async def begin(update: Update, context: Context) -> None:
    """Ask for the reference of an application."""
    tap_of(update)
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        await placements.claim(session, chat, at=services.now())
    await answer(update, context, Bubble(texts.CLAIM_REFERENCE, keyboard=keyboards.rows(STOP)))


async def stop(update: Update, context: Context) -> None:
    """Stop asking."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        await placements.give_up(session, chat, at=services.now())
    await answer(update, context, Bubble(texts.CLAIM_STOPPED, keyboard=keyboards.menu()))


async def take_typed(update: Update, context: Context) -> None:
    """Take what is typed for the reference or the code that is asked; a question goes its way.

    Raises:
        ApplicationHandlerStop: It was taken.
    """
    services, chat, words = context.services, chat_of(update), text_of(update)
    async with services.database.reading() as session:
        asks = await placements.claim_asks(session, chat, at=services.now())
    if asks is ClaimAsks.REFERENCE and LIKE_REFERENCE.fullmatch(words):
        await answer(update, context, await _take_reference(context, chat, words))
        raise ApplicationHandlerStop
    if asks is ClaimAsks.CODE and LIKE_CODE.fullmatch(words):
        await _take_code(update, context, words)
        raise ApplicationHandlerStop


async def _take_reference(context: Context, chat: int, words: str) -> Bubble:
    services = context.services
    try:
        async with services.database.transaction() as session:
            await placements.give_reference(session, chat, words, at=services.now())
    except ClaimRefusal as refusal:
        return _refused(refusal)
    return Bubble(texts.CLAIM_CODE, keyboard=keyboards.rows(STOP))


async def _take_code(update: Update, context: Context, words: str) -> None:
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        outcome = await placements.give_code(session, chat, words, at=services.now())
    if isinstance(outcome, ClaimRefusal):
        await answer(update, context, _refused(outcome))
        return
    await answer(update, context, Bubble(texts.CLAIMED))
    await tracking.show(update, context)


def _refused(refusal: ClaimRefusal) -> Bubble:
    again = (texts.APPLIED_OTHERWISE, keyboards.CLAIM)
    asks_on = isinstance(refusal, placements.CodeWrong | placements.ReferenceUnreadable)
    buttons = STOP if asks_on else (again, status_bubbles.PERSON)
    return Bubble(refusals.explain(refusal), keyboard=keyboards.rows(buttons))
