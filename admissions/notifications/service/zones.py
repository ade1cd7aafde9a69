"""By whose clock a recipient sleeps."""

from datetime import UTC, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from admissions.notifications.models import STAFF

HOUSTON: Final = ZoneInfo("America/Chicago")


async def zone_of(_session: AsyncSession, recipient: int) -> tzinfo:
    """Return a recipient's time zone: Houston's for staff, and UTC for whom we know none of."""
    return HOUSTON if recipient == STAFF else UTC
