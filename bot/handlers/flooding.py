"""Many texts at once: the person is told, and answered from the last one on."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from admissions import handoffs, inbox
from admissions.handoffs import HandoffState
from bot import floods, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import answer, chat_of


async def pass_over(update: Update, context: Context) -> None:
    """Leave out this text and those that wait behind it but for the last, if they are too many to answer.

    Staff read everything in a talk of theirs, and what somebody who waits for them writes.

    Raises:
        ApplicationHandlerStop: They were too many.
    """
    services, chat = context.services, chat_of(update)
    async with services.database.reading() as session:
        if await inbox.count_in(session, chat) <= floods.TEXTS_AT_MOST or await _is_with_staff(context, chat):
            return
        waiting = await inbox.waiting_in(session, chat, after=update.update_id)
    passed = floods.to_pass_over(waiting, lambda text: services.words.find(text) is not None)
    if not passed:
        return
    await answer(
        update, context, Bubble(texts.TOO_MANY_AT_ONCE)
    )  # before, so that a crash leaves nobody without it
    async with services.database.transaction() as session:
        for each in passed:
            await inbox.finish(session, each, at=services.now())
    raise ApplicationHandlerStop


async def _is_with_staff(context: Context, applicant_id: int) -> bool:
    async with context.services.database.reading() as session:
        handoff = await handoffs.find_latest(session, applicant_id)
    return handoff is not None and handoff.state is not HandoffState.RESOLVED
