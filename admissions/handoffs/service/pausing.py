"""The assistant rests while a person talks, and comes back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import notifications
from admissions.handoffs.models import Handoff
from admissions.handoffs.rules.talking import is_resting
from admissions.notifications import STAFF, Kind


async def rest(session: AsyncSession, handoff: Handoff, until: datetime, *, at: datetime) -> None:
    """Let the assistant be silent until then; the applicant is told who talks, once, and asked at the end."""
    was_resting = is_resting(handoff.state, handoff.rests_until, at)
    await _forget_end(session, handoff)
    handoff.rests_until = until
    if not was_resting:
        await _tell(session, handoff, Kind.HANDOFF_TAKEN, at)
    await _tell(session, handoff, Kind.HANDOFF_SOLVED_ASKED, until)


async def end_rest(session: AsyncSession, handoff: Handoff) -> None:
    """Let the assistant speak again."""
    await _forget_end(session, handoff)
    handoff.rests_until = None


async def wake(session: AsyncSession, handoff: Handoff, *, at: datetime) -> bool:
    """Wake the assistant, because the applicant wants so; staff are told.

    Returns:
        Whether it was resting.
    """
    if not is_resting(handoff.state, handoff.rests_until, at):
        return False
    await end_rest(session, handoff)
    await tell_staff(session, handoff, "woken", at=at)
    return True


async def tell_staff(session: AsyncSession, handoff: Handoff, news: str, *, at: datetime, by: str = "") -> None:
    """Have a line written into the applicant's topic.

    Args:
        session: An open session.
        handoff: What it is about.
        news: What happened, as the door names it.
        at: Now, aware.
        by: Who did it.
    """
    await notifications.enqueue(
        session,
        STAFF,
        Kind.HANDOFF_NEWS,
        f"{news}:{handoff.id}",
        due_at=at,
        payload={"news": news, "by": by},
        applicant_id=handoff.applicant_id,
    )


async def tell_paused(session: AsyncSession, handoff: Handoff, *, at: datetime) -> None:
    """Have the applicant told that the person comes back later, and the assistant is here meanwhile."""
    await _tell(session, handoff, Kind.HANDOFF_PAUSED, at)


async def ask_solved(session: AsyncSession, handoff: Handoff, *, at: datetime) -> None:
    """Have the applicant asked whether all is solved."""
    await _tell(session, handoff, Kind.HANDOFF_SOLVED_ASKED, at)


async def _tell(session: AsyncSession, handoff: Handoff, kind: Kind, at: datetime) -> None:
    await notifications.enqueue(session, handoff.applicant_id, kind, f"handoff:{handoff.id}", due_at=at)


async def _forget_end(session: AsyncSession, handoff: Handoff) -> None:
    await notifications.cancel(session, f"handoff:{handoff.id}", kinds=[Kind.HANDOFF_SOLVED_ASKED])
