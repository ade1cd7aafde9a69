"""Which messages show an applicant's documents, so that they are kept up to date."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.documents.models import LivingMessage


async def find_message(session: AsyncSession, applicant_id: int, about: str) -> int | None:
    """Return the number of the message that shows something, if there is one.

    Args:
        session: An open session.
        applicant_id: In whose chat.
        about: What it shows, as the door names it.
    """
    same = (LivingMessage.applicant_id == applicant_id, LivingMessage.about == about)
    message_id: int | None = await session.scalar(select(LivingMessage.message_id).where(*same))
    return message_id


async def remember_message(session: AsyncSession, applicant_id: int, about: str, message_id: int) -> None:
    """Remember which message shows something from now on."""
    row = {"applicant_id": applicant_id, "about": about, "message_id": message_id}
    statement = insert(session, LivingMessage).values(row)
    newest = {"message_id": message_id}
    await session.execute(statement.on_conflict_do_update(index_elements=["applicant_id", "about"], set_=newest))
