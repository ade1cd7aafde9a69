"""What time it is for an applicant."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applicants, places
from admissions.applicants import Clock
from admissions.applications.service.loading import answers_of, find_active


async def clock_of(session: AsyncSession, applicant_id: int) -> Clock:
    """Return the clock that an applicant lives by: the one they confirmed, else that of most in their country."""
    clock = await applicants.clock_of(session, applicant_id)
    if clock.is_known:
        return clock
    application = await find_active(session, applicant_id)
    citizenship = (await answers_of(session, application)).get("citizenship") if application else None
    place = places.likeliest_place(citizenship) if isinstance(citizenship, str) else None
    return Clock(ZoneInfo(place.zone), place.label, is_known=False) if place else clock


async def local_time(session: AsyncSession, applicant_id: int, at: datetime) -> datetime:
    """Return a moment as the applicant's clock shows it; its date is their today."""
    return at.astimezone((await clock_of(session, applicant_id)).zone)


async def today(session: AsyncSession, applicant_id: int, *, at: datetime) -> date:
    """Return the date that an applicant has at a moment."""
    return (await local_time(session, applicant_id, at)).date()
