"""Ask for a person; and what follows when an applicant writes again."""

from datetime import datetime
from typing import Final

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import tracing
from admissions.database import insert
from admissions.handoffs.errors import HandoffAlreadyRequested
from admissions.handoffs.models import Handoff, HandoffRequest
from admissions.handoffs.rules.talking import is_resting, reopens
from admissions.handoffs.service.loading import lock_latest
from admissions.handoffs.service.pausing import end_rest
from admissions.handoffs.values import Asked, HandoffReason, HandoffState

NOTHING_KNOWN: Final = Asked()
SAID_AT_MOST: Final = 300
"""Characters of an applicant's words that are kept with a request; all of them are in the chat."""


async def request(
    session: AsyncSession,
    applicant_id: int,
    reason: HandoffReason,
    *,
    at: datetime,
    asked: Asked = NOTHING_KNOWN,
) -> None:
    """Ask for a person; staff are told of it. One that was resolved lately goes on with it.

    Args:
        session: An open session.
        applicant_id: Who asks.
        reason: Why.
        at: Now, aware.
        asked: What is known of that moment.

    Raises:
        HandoffAlreadyRequested: The same request is still open (a unique key decides).
    """
    handoff = await _unresolved(session, applicant_id, at)
    if handoff.state is HandoffState.TAKEN and not is_resting(handoff.state, handoff.rests_until, at):
        await settle_requests(session, handoff, at=at)  # whoever took it has fallen silent: it is asked anew
        await await_person(session, handoff, at=at)
    await _add(session, handoff, reason, asked, at)
    handoff.is_crisis = handoff.is_crisis or asked.is_crisis
    if handoff.state is not HandoffState.TAKEN and (handoff.waits_since is None or asked.is_crisis):
        await await_person(session, handoff, at=at)


async def write_again(session: AsyncSession, applicant_id: int, *, at: datetime) -> Handoff | None:
    """Note that an applicant writes something that is no request; one resolved lately is open again, quietly.

    Returns:
        The handoff in whose topic it is to be shown, if there is any.
    """
    handoff = await lock_latest(session, applicant_id)
    if handoff is None or handoff.state is not HandoffState.RESOLVED:
        return handoff
    if not reopens(handoff.resolved_at, at):
        return None
    _reopen(handoff)
    return handoff


async def await_person(session: AsyncSession, handoff: Handoff, *, at: datetime) -> None:
    """Let a handoff wait for somebody of the staff, from now on."""
    await end_rest(session, handoff)
    handoff.state = HandoffState.OPEN
    handoff.waits_since = at
    handoff.escalated = 0
    handoff.snoozed_until = None


async def settle_requests(session: AsyncSession, handoff: Handoff, *, at: datetime) -> None:
    """Note that what was asked for is done with."""
    unsettled = update(HandoffRequest).where(
        HandoffRequest.handoff_id == handoff.id, HandoffRequest.settled_at.is_(None)
    )
    await session.execute(unsettled.values(settled_at=at))


async def announce_again(session: AsyncSession, handoff: Handoff) -> None:
    """Have staff told once more of what is asked for."""
    unsettled = update(HandoffRequest).where(
        HandoffRequest.handoff_id == handoff.id, HandoffRequest.settled_at.is_(None)
    )
    await session.execute(unsettled.values(announced_at=None))


async def _unresolved(session: AsyncSession, applicant_id: int, at: datetime) -> Handoff:
    """Return an applicant's handoff that is not resolved: the one there is, the last reopened, or a new one."""
    latest = await lock_latest(session, applicant_id)
    if latest is not None and latest.state is not HandoffState.RESOLVED:
        return latest
    if latest is not None and reopens(latest.resolved_at, at):
        _reopen(latest)
        return latest
    row = {"applicant_id": applicant_id, "state": HandoffState.OPEN, "requested_at": at}
    statement = insert(session, Handoff).values({**row, "escalated": 0, "is_crisis": False})
    await session.execute(
        statement.on_conflict_do_nothing(index_elements=["applicant_id"], index_where=text("state <> 'resolved'"))
    )
    created = await lock_latest(session, applicant_id)
    assert created is not None, "it was inserted here, or by somebody a moment earlier"
    return created


def _reopen(handoff: Handoff) -> None:
    handoff.state = HandoffState.OPEN
    handoff.waits_since = None
    handoff.resolved_at = handoff.resolved_by = None
    handoff.is_solved = None
    handoff.is_crisis = False


async def _add(session: AsyncSession, handoff: Handoff, reason: HandoffReason, asked: Asked, at: datetime) -> None:
    row = {
        "handoff_id": handoff.id,
        "reason": reason,
        "listed": asked.listed,
        "said": asked.said[:SAID_AT_MOST] if asked.said else None,
        "understood_as": asked.understood_as,
        "confidence": asked.confidence,
        "requested_at": at,
        "correlation_id": tracing.current(),
    }
    statement = (
        insert(session, HandoffRequest)
        .values(row)
        .on_conflict_do_nothing(
            index_elements=["handoff_id", "reason", "listed"], index_where=text("settled_at IS NULL")
        )
    )
    if await session.scalar(statement.returning(HandoffRequest.id)) is None:
        raise HandoffAlreadyRequested
