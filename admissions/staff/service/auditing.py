"""Write down what is done at the desk, and read it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.staff.models import AuditEntry
from admissions.staff.values import Actor, Deed, Permission


async def record(
    session: AsyncSession,
    actor: Actor,
    deed: Deed,
    *,
    at: datetime,
    about: str | None = None,
    applicant_id: int | None = None,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Write down what somebody at the desk does, in the transaction in which it is done.

    Args:
        session: An open session.
        actor: Who does it.
        deed: What they do.
        at: Now, aware.
        about: What it is done to, such as "document:12".
        applicant_id: Whom it concerns.
        before: How things stood, in short words.
        after: How they stand now.
    """
    session.add(_entry(actor, deed, at, about=about, applicant_id=applicant_id, before=before, after=after))
    await session.flush()


async def record_refused(
    session: AsyncSession, actor: Actor, permission: Permission, *, at: datetime, about: str | None = None
) -> None:
    """Write down what somebody tried and may not do, in a transaction of its own: the refusal undoes the other."""
    session.add(_entry(actor, Deed.TRIED, at, about=about, permission=permission))
    await session.flush()


async def listed(
    session: AsyncSession, *, limit: int, applicant_id: int | None = None, refused: bool = False
) -> Sequence[AuditEntry]:
    """Return the newest entries, oldest of them first.

    Args:
        session: An open session.
        limit: How many at most.
        applicant_id: Those that concern one applicant; all, unless said.
        refused: Only what was refused.
    """
    newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if applicant_id is not None:
        newest = newest.where(AuditEntry.applicant_id == applicant_id)
    if refused:
        newest = newest.where(AuditEntry.deed == Deed.TRIED)
    return [*reversed((await session.scalars(newest)).all())]


def _entry(
    actor: Actor,
    deed: Deed,
    at: datetime,
    *,
    about: str | None,
    applicant_id: int | None = None,
    permission: Permission | None = None,
    before: str | None = None,
    after: str | None = None,
) -> AuditEntry:
    return AuditEntry(
        at=at,
        actor_id=actor.id,
        actor_name=actor.name,
        role=actor.role,
        deed=deed,
        permission=permission,
        about=about,
        applicant_id=applicant_id,
        before=before,
        after=after,
    )
