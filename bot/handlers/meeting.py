"""An applicant writes: remember them before anything else."""

from telegram import Update
from telegram.constants import ChatType

from admissions import applicants
from bot.context import Context
from bot.handlers.chats import readable


async def meet(update: Update, context: Context) -> None:
    """Remember who writes or taps in a private chat."""
    person, chat = update.effective_user, update.effective_chat
    if person is None or chat is None or chat.type != ChatType.PRIVATE:
        return
    async with context.services.database.transaction() as session:
        await applicants.meet(
            session,
            person.id,
            name=readable(person.full_name) or str(person.id),
            language=person.language_code,
            at=context.services.now(),
        )
