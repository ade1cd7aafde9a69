"""By whose clock a recipient sleeps."""

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applicants
from admissions.applicants import Clock
from admissions.notifications.models import STAFF

HOUSTON: Final = ZoneInfo("America/Chicago")
ClockOf = Callable[[AsyncSession, int], Awaitable[Clock]]
"""Tells by which clock an applicant lives; who knows more of them than we do can guess better."""


async def zone_of(session: AsyncSession, recipient: int, clock_of: ClockOf = applicants.clock_of) -> tzinfo:
    """Return a recipient's time zone: Houston's for staff, and UTC for whom we know none of."""
    return HOUSTON if recipient == STAFF else (await clock_of(session, recipient)).zone
