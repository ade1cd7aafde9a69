"""What applicants do."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applicants.models import Applicant
from admissions.database import insert


async def meet(session: AsyncSession, applicant_id: int, *, name: str, language: str | None, at: datetime) -> None:
    """Remember an applicant who writes, and how they call themselves today.

    Args:
        session: An open session.
        applicant_id: Their Telegram id.
        name: The name they show, as it is now.
        language: The language their phone is set to (IETF tag), if known.
        at: The moment they wrote, aware.
    """
    statement = insert(session, Applicant).values(id=applicant_id, name=name, language=language, met_at=at)
    now_known_as = {"name": name, "language": language}
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=now_known_as))
