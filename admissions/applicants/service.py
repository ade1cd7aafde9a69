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
    """Remember an applicant who writes, and how they call themselves today; whoever writes can be reached.

    Args:
        session: An open session.
        applicant_id: Their Telegram id.
        name: The name they show, as it is now.
        language: The language their phone is set to (IETF tag), if known.
        at: The moment they wrote, aware.
    """
    statement = insert(session, Applicant).values(
        id=applicant_id, name=name, language=language, met_at=at, seen_at=at
    )
    as_of_now = {"name": name, "language": language, "seen_at": at, "unreachable_at": None}
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=as_of_now))


async def find(session: AsyncSession, applicant_id: int) -> Applicant | None:
    """Return an applicant, if this is one."""
    return await session.get(Applicant, applicant_id)


async def mark_unreachable(session: AsyncSession, applicant_id: int, *, at: datetime) -> bool:
    """Note that Telegram refuses what we write to an applicant: they blocked the assistant, or are gone.

    Returns:
        Whether that is news.
    """
    reachable = update(Applicant).where(Applicant.id == applicant_id, Applicant.unreachable_at.is_(None))
    marked = await session.scalar(reachable.values(unreachable_at=at).returning(Applicant.id))
    return marked is not None


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
