"""What an applicant does not want to be told."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.notifications.models import Kind, MutedKind
from admissions.notifications.rules import POLICIES


async def muted(session: AsyncSession, applicant_id: int) -> frozenset[Kind]:
    """Return the kinds that an applicant has muted."""
    kinds = await session.scalars(select(MutedKind.kind).where(MutedKind.applicant_id == applicant_id))
    return frozenset(kinds)


async def mute(session: AsyncSession, applicant_id: int, kind: Kind) -> None:
    """Tell an applicant nothing of a kind any more; it counts for what waits too."""
    assert POLICIES[kind].may_be_muted, "only such kinds are offered"
    statement = insert(session, MutedKind).values(applicant_id=applicant_id, kind=kind)
    await session.execute(statement.on_conflict_do_nothing())


async def unmute(session: AsyncSession, applicant_id: int, kind: Kind) -> None:
    """Tell an applicant of a kind again."""
    row = delete(MutedKind).where(MutedKind.applicant_id == applicant_id, MutedKind.kind == kind)
    await session.execute(row)
