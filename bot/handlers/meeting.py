"""An applicant writes: remember them before anything else."""

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from admissions import applicants, privacy
from bot import privacy_bubbles, texts
from bot.context import Context
from bot.handlers.chats import answer, readable


async def meet(update: Update, context: Context) -> None:
    """Remember who writes or taps in a private chat, unless we are just forgetting them.

    Raises:
        ApplicationHandlerStop: We are, and they were told; nothing of what they do now is kept.
    """
    person, chat = update.effective_user, update.effective_chat
    if person is None or chat is None or chat.type != ChatType.PRIVATE:
        return
    async with context.services.database.transaction() as session:
        forgetting = await privacy.being_forgotten(session, person.id)
        if forgetting is None:
            await applicants.meet(
                session,
                person.id,
                name=readable(person.full_name) or str(person.id),
                language=person.language_code,
                at=context.services.now(),
            )
    if forgetting is not None:
        if update.callback_query:
            await update.callback_query.answer()
        await answer(update, context, privacy_bubbles.of_receipt(texts.STILL_FORGETTING, forgetting))
        raise ApplicationHandlerStop
