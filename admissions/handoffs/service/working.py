"""What staff do with a handoff, and the applicant with its end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.handoffs.errors import HandoffAlreadyResolved, HandoffAlreadyTaken, HandoffNotFound
from admissions.handoffs.models import Handoff
from admissions.handoffs.rules.talking import is_resting
from admissions.handoffs.service.loading import lock, lock_latest
from admissions.handoffs.service.pausing import (
    ask_solved,
    end_rest,
    rest,
    tell_paused,
    tell_staff,
)
from admissions.handoffs.service.pausing import wake as wake_assistant
from admissions.handoffs.service.requesting import announce_again, await_person, request, settle_requests
from admissions.handoffs.values import HandoffReason, HandoffState, Member


async def take(session: AsyncSession, handoff_id: int, by: Member, *, rests: timedelta, at: datetime) -> Handoff:
    """Look after an applicant, from now on; the assistant rests, and the applicant is told.

    Args:
        session: An open session.
        handoff_id: Which one; one that was resolved goes on.
        by: Who takes it.
        rests: How long the assistant is silent after the last words of a person.
        at: Now, aware.

    Raises:
        HandoffNotFound: There is no such handoff (any more).
        HandoffAlreadyTaken: A colleague was quicker.
    """
    handoff = await lock(session, handoff_id)
    if handoff.state is HandoffState.TAKEN and handoff.taken_by != by.id:
        raise HandoffAlreadyTaken(handoff.taken_by_name or "")
    await _give(session, handoff, by, rests, at)
    return handoff


async def write(
    session: AsyncSession, applicant_id: int, by: Member, *, rests: timedelta, at: datetime
) -> Handoff:
    """Note that somebody of the staff writes to an applicant: whoever writes first has taken it.

    Raises:
        HandoffNotFound: The applicant never had one.
    """
    handoff = await lock_latest(session, applicant_id)
    if handoff is None:
        raise HandoffNotFound
    if handoff.state is HandoffState.TAKEN:
        await rest(session, handoff, at + rests, at=at)
    else:
        await _give(session, handoff, by, rests, at)
    return handoff


async def snooze(session: AsyncSession, handoff_id: int, by: Member, *, until: datetime, at: datetime) -> Handoff:
    """Come back to an applicant later; until then the assistant answers.

    Raises:
        HandoffNotFound: There is no such handoff (any more).
        HandoffAlreadyResolved: Somebody has resolved it.
    """
    handoff = await _unresolved(session, handoff_id)
    is_told = is_resting(handoff.state, handoff.rests_until, at)
    await end_rest(session, handoff)
    handoff.state = HandoffState.SNOOZED
    handoff.snoozed_until, handoff.waits_since = until, None
    handoff.taken_by, handoff.taken_by_name = by.id, by.name
    if is_told:
        await tell_paused(session, handoff, at=at)
    return handoff


async def end_snoozes(session: AsyncSession, *, at: datetime) -> Sequence[Handoff]:
    """Open the handoffs again whose time has come; their topics are told."""
    over = select(Handoff).where(Handoff.state == HandoffState.SNOOZED, Handoff.snoozed_until <= at)
    handoffs = (await session.scalars(over.with_for_update())).all()
    for handoff in handoffs:
        await await_person(session, handoff, at=at)
        await tell_staff(session, handoff, "snooze_over", at=at)
    return handoffs


async def resolve(session: AsyncSession, handoff_id: int, *, by: str, at: datetime) -> Handoff:
    """Note that an applicant has been looked after; they are asked whether all is solved.

    Raises:
        HandoffNotFound: There is no such handoff (any more).
        HandoffAlreadyResolved: A colleague was quicker.
    """
    handoff = await _unresolved(session, handoff_id)
    await _close(session, handoff, by, at)
    await ask_solved(session, handoff, at=at)
    return handoff


async def release(session: AsyncSession, member_id: int, *, at: datetime) -> Sequence[Handoff]:
    """Open the handoffs again that somebody had who is of the staff no more; their topics are told."""
    theirs = select(Handoff).where(
        Handoff.taken_by == member_id, Handoff.state.in_([HandoffState.TAKEN, HandoffState.SNOOZED])
    )
    handoffs = (await session.scalars(theirs.with_for_update())).all()
    for handoff in handoffs:
        was_talking = is_resting(handoff.state, handoff.rests_until, at)
        await await_person(session, handoff, at=at)
        await tell_staff(session, handoff, "left", at=at, by=handoff.taken_by_name or "")
        await announce_again(session, handoff)
        if was_talking:
            await tell_paused(session, handoff, at=at)
        handoff.taken_by = None
    return handoffs


async def note_file_kept(session: AsyncSession, applicant_id: int, *, at: datetime) -> None:
    """Have a line written into an applicant's topic: the file that they sent is kept with their documents."""
    handoff = await lock_latest(session, applicant_id)
    if handoff is not None:
        await tell_staff(session, handoff, "file_kept", at=at)


async def wake(session: AsyncSession, applicant_id: int, *, at: datetime) -> bool:
    """Let the assistant answer again, as the applicant wishes; tell whether it was resting."""
    handoff = await lock_latest(session, applicant_id)
    return handoff is not None and await wake_assistant(session, handoff, at=at)


async def answer_solved(
    session: AsyncSession, handoff_id: int, applicant_id: int, *, is_solved: bool, at: datetime
) -> None:
    """Note what the applicant says of the end of a handoff; what is not solved waits for a person again.

    Raises:
        HandoffNotFound: There is no such handoff of theirs (any more).
        HandoffAlreadyRequested: They said so before.
    """
    handoff = await lock(session, handoff_id)
    if handoff.applicant_id != applicant_id:
        raise HandoffNotFound
    if is_solved and handoff.state is not HandoffState.RESOLVED and handoff.waits_since is None:
        await _close(session, handoff, handoff.taken_by_name or "", at)
    if not is_solved:
        await request(session, applicant_id, HandoffReason.NOT_SOLVED, at=at)
    handoff.is_solved = is_solved
    if is_solved:
        await tell_staff(session, handoff, "solved", at=at)


async def _give(session: AsyncSession, handoff: Handoff, by: Member, rests: timedelta, at: datetime) -> None:
    await rest(session, handoff, at + rests, at=at)
    if handoff.state is not HandoffState.TAKEN or handoff.taken_by != by.id:
        handoff.taken_at = at
    handoff.state = HandoffState.TAKEN
    handoff.taken_by, handoff.taken_by_name = by.id, by.name
    handoff.waits_since = handoff.snoozed_until = None
    handoff.resolved_at = handoff.resolved_by = None
    handoff.is_solved = None


async def _close(session: AsyncSession, handoff: Handoff, by: str, at: datetime) -> None:
    await end_rest(session, handoff)
    await settle_requests(session, handoff, at=at)
    handoff.state = HandoffState.RESOLVED
    handoff.waits_since = handoff.snoozed_until = None
    handoff.resolved_at, handoff.resolved_by = at, by


async def _unresolved(session: AsyncSession, handoff_id: int) -> Handoff:
    handoff = await lock(session, handoff_id)
    if handoff.state is HandoffState.RESOLVED:
        raise HandoffAlreadyResolved(handoff.resolved_by or "")
    return handoff
