"""Staff keep the data of somebody for a reason, and let them go."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applicants, staff
from admissions.privacy.errors import DataAlreadyHeld, DataNotHeld, NothingKept
from admissions.privacy.models import Hold
from admissions.staff import Actor, Deed


async def hold(session: AsyncSession, applicant_id: int, reason: str, actor: Actor, *, at: datetime) -> None:
    """Keep the data of somebody, whatever they ask and however old they are, until they are released.

    Raises:
        NothingKept: There is nobody of this id.
        DataAlreadyHeld: A colleague did.
    """
    if await applicants.find(session, applicant_id) is None:
        raise NothingKept
    if held := await session.get(Hold, applicant_id):
        raise DataAlreadyHeld(held.held_by)
    session.add(Hold(applicant_id=applicant_id, reason=reason, held_by=actor.name, held_at=at))
    about = f"applicant:{applicant_id}"
    await staff.record(session, actor, Deed.DATA_HELD, about=about, applicant_id=applicant_id, after=reason, at=at)


async def release(session: AsyncSession, applicant_id: int, actor: Actor, *, at: datetime) -> None:
    """Let the data of somebody be removed again.

    Raises:
        DataNotHeld: They are not held.
    """
    held = await session.get(Hold, applicant_id)
    if held is None:
        raise DataNotHeld
    await session.delete(held)
    about = f"applicant:{applicant_id}"
    await staff.record(
        session, actor, Deed.DATA_RELEASED, about=about, applicant_id=applicant_id, before=held.reason, at=at
    )


async def is_held(session: AsyncSession, applicant_id: int) -> bool:
    """Tell whether staff keep the data of somebody."""
    return await session.get(Hold, applicant_id) is not None
