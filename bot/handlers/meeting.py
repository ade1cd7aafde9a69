"""An applicant writes: remember them before anything else."""

from telegram import Update

from admissions import applicants
from bot.context import Context


async def meet(update: Update, context: Context) -> None:
    """Remember who writes in a private chat."""
    person = update.effective_user
    if person is None:
        return
    async with context.services.database.transaction() as session:
        await applicants.meet(
            session,
            person.id,
            name=person.full_name,
            language=person.language_code,
            at=context.services.now(),
        )
