"""What applicants do."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applicants.clock import UNKNOWN, Clock
from admissions.applicants.models import Applicant
from admissions.database import insert
from admissions.places import Place


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


async def settle(session: AsyncSession, applicant_id: int, place: Place) -> None:
    """Remember where an applicant is: from now on times are shown to them by the clock there."""
    here = {"time_zone": place.zone, "place": place.label}
    await session.execute(update(Applicant).where(Applicant.id == applicant_id).values(here))


async def clock_of(session: AsyncSession, applicant_id: int) -> Clock:
    """Return the clock that an applicant has confirmed; `UNKNOWN`, which shows UTC, until then."""
    statement = select(Applicant.time_zone, Applicant.place).where(Applicant.id == applicant_id)
    row = (await session.execute(statement)).one_or_none()
    if row is None or row.time_zone is None:
        return UNKNOWN
    return Clock(ZoneInfo(row.time_zone), row.place or row.time_zone, is_known=True)
