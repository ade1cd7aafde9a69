"""Which messages show an applicant's documents, so that they are kept up to date."""

from collections.abc import Sequence

from sqlalchemy import select, update
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
    row = {"applicant_id": applicant_id, "about": about, "message_id": message_id, "is_outdated": False}
    statement = insert(session, LivingMessage).values(row)
    newest = {"message_id": message_id}
    await session.execute(statement.on_conflict_do_update(index_elements=["applicant_id", "about"], set_=newest))


async def outdate_messages(session: AsyncSession, applicant_id: int) -> None:
    """Note that something which an applicant's messages show has changed."""
    theirs = LivingMessage.applicant_id == applicant_id
    await session.execute(update(LivingMessage).where(theirs).values(is_outdated=True))


async def outdated(session: AsyncSession, about: str) -> Sequence[int]:
    """Return the applicants whose message about something is outdated."""
    theirs = select(LivingMessage.applicant_id).where(LivingMessage.about == about, LivingMessage.is_outdated)
    return (await session.scalars(theirs.order_by(LivingMessage.id))).all()


async def count_as_current(session: AsyncSession, applicant_id: int, about: str) -> None:
    """Count a message as up to date.

    Commit before what it shows is read: a change that comes later makes it outdated again.
    """
    same = (LivingMessage.applicant_id == applicant_id, LivingMessage.about == about, LivingMessage.is_outdated)
    await session.execute(update(LivingMessage).where(*same).values(is_outdated=False))
