"""Tell who somebody is at the desk."""

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import consultations
from admissions.staff.file import RolesFile
from admissions.staff.rules import role_of
from admissions.staff.values import Actor, Standing


async def actor_of(
    session: AsyncSession, roles: RolesFile, person_id: int, *, name: str, standing: Standing
) -> Actor:
    """Return somebody who wants to act at the desk, with the role that they have this moment.

    Args:
        session: An open session.
        roles: The roles file.
        person_id: Their Telegram id.
        name: How they call themselves today.
        standing: What they are in the staff's group, as the messenger says now.
    """
    advisor = await consultations.find_by_telegram(session, person_id)
    is_advisor = advisor is not None and advisor.is_active
    role = role_of(standing, assigned=roles.role(person_id), is_advisor=is_advisor)
    return Actor(person_id, name, role)
