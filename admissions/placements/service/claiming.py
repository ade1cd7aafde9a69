"""Prove on Telegram that an application is one's own which came in by another way.

What is written and done is the same whether or not there is such an application.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import emails, notifications
from admissions.applications import address_of_unclaimed, read_reference
from admissions.emails import EmailKind
from admissions.notifications import STAFF, Kind
from admissions.placements.errors import (
    ClaimLocked,
    ClaimRefusal,
    CodeExpired,
    CodeWrong,
    OwnApplicationUnderWay,
    ReferenceUnreadable,
    TooManyCodes,
)
from admissions.placements.models import Claim
from admissions.placements.rules.claiming import CODE_HOLDS_FOR, CODES, LOCKED_FOR, TRIES, is_code, new_code
from admissions.placements.service import loading


class ClaimAsks(StrEnum):
    """What somebody who claims an application is asked."""

    REFERENCE = "reference"
    CODE = "code"


@dataclass(frozen=True)
class Claimed:
    """The application that is proved to be theirs."""

    application_id: int


async def claim(session: AsyncSession, applicant_id: int, *, at: datetime) -> None:
    """Begin to claim an application: its reference is asked.

    Raises:
        ClaimLocked: Too many wrong codes were given from this account.
    """
    await _check_unlocked(session, applicant_id, None, at)
    await give_up(session, applicant_id, at=at)
    session.add(Claim(applicant_id=applicant_id, asked_at=at, tries=0))
    await session.flush()


async def give_up(session: AsyncSession, applicant_id: int, *, at: datetime) -> None:
    """End what is being claimed, if anything is."""
    current = await _current(session, applicant_id)
    if current:
        current.ended_at, current.code = at, None
        await session.flush()


async def claim_asks(session: AsyncSession, applicant_id: int, *, at: datetime) -> ClaimAsks | None:
    """Return what somebody who claims an application is asked now; None where it was too long ago."""
    current = await _current(session, applicant_id)
    if current is None or current.asked_at + CODE_HOLDS_FOR <= at:
        return None
    return ClaimAsks.REFERENCE if current.reference is None else ClaimAsks.CODE


async def give_reference(session: AsyncSession, applicant_id: int, text: str, *, at: datetime) -> None:
    """Send a code to the e-mail address on file, if there is such an application; nobody learns whether.

    Raises:
        ReferenceUnreadable: The text has no reference in it.
        ClaimLocked: Too many wrong codes were given, from this account or for this reference.
        TooManyCodes: Codes were asked for too often.
    """
    reference = read_reference(text)
    if reference is None:
        raise ReferenceUnreadable
    await _check_unlocked(session, applicant_id, reference, at)
    await give_up(session, applicant_id, at=at)
    application_id, address = await address_of_unclaimed(session, reference)
    current = Claim(
        applicant_id=applicant_id,
        reference=reference,
        application_id=application_id,
        code=new_code(),
        asked_at=at,
        tries=0,
    )
    session.add(current)
    await session.flush()
    await emails.enqueue(
        session,
        EmailKind.STATUS_CODE,
        _about(current),
        address,
        {"code": current.code},
        at=at,
        stale_at=at + CODE_HOLDS_FOR,
    )


async def give_code(
    session: AsyncSession, applicant_id: int, text: str, *, at: datetime
) -> Claimed | ClaimRefusal:
    """Try a code; the right one makes the application theirs.

    Returns:
        The application; or why it was refused, which is not raised, as the try counts.
    """
    current = await _current(session, applicant_id)
    if current is None or current.reference is None or current.asked_at + CODE_HOLDS_FOR <= at:
        await give_up(session, applicant_id, at=at)
        return CodeExpired()
    if current.application_id is None or not is_code(text, current.code):
        return await _note_wrong(session, current, at)
    return await _grant(session, current, current.application_id, at)


async def _grant(
    session: AsyncSession, current: Claim, application_id: int, at: datetime
) -> Claimed | ClaimRefusal:
    application = await loading.get_application(session, application_id, to_move=True)
    current.ended_at, current.code = at, None
    if application.applicant_id is not None:  # somebody else has proved it theirs in this moment
        return CodeExpired()
    try:
        async with session.begin_nested():
            application.applicant_id = current.applicant_id
    except IntegrityError:
        return OwnApplicationUnderWay()
    return Claimed(application_id)


async def _note_wrong(session: AsyncSession, current: Claim, at: datetime) -> ClaimRefusal:
    current.tries += 1
    await session.flush()
    left = TRIES - await _tries(session, current.applicant_id, current.reference, at)
    if left > 0:
        return CodeWrong(left)
    current.ended_at, current.code = at, None
    concerns = current.applicant_id
    await notifications.enqueue(
        session, STAFF, Kind.CLAIM_LOCKED, _about(current), due_at=at, applicant_id=concerns
    )
    return ClaimLocked()


async def get_claim(session: AsyncSession, claim_id: int) -> Claim:
    """Return a claim, for staff."""
    return await session.get_one(Claim, claim_id)


async def _check_unlocked(session: AsyncSession, applicant_id: int, reference: str | None, at: datetime) -> None:
    if await _tries(session, applicant_id, reference, at) >= TRIES:
        raise ClaimLocked
    if reference is not None and await _codes(session, applicant_id, reference, at) >= CODES:
        raise TooManyCodes


async def _tries(session: AsyncSession, applicant_id: int, reference: str | None, at: datetime) -> int:
    """Return how many wrong codes were given lately: from an account or for a reference, whichever is more."""
    by_account = await session.scalar(
        select(func.coalesce(func.sum(Claim.tries), 0)).where(
            Claim.applicant_id == applicant_id, Claim.asked_at > at - LOCKED_FOR
        )
    )
    of_reference = await session.scalar(
        select(func.coalesce(func.sum(Claim.tries), 0)).where(
            Claim.reference == reference, Claim.asked_at > at - LOCKED_FOR
        )
    )
    return max(int(by_account or 0), int(of_reference or 0))


async def _codes(session: AsyncSession, applicant_id: int, reference: str, at: datetime) -> int:
    asked = select(func.count()).where(
        or_(Claim.applicant_id == applicant_id, Claim.reference == reference),
        Claim.reference.is_not(None),
        Claim.asked_at > at - LOCKED_FOR,
    )
    return int(await session.scalar(asked) or 0)


async def _current(session: AsyncSession, applicant_id: int) -> Claim | None:
    theirs = select(Claim).where(Claim.applicant_id == applicant_id, Claim.ended_at.is_(None))
    current: Claim | None = await session.scalar(
        theirs.with_for_update().execution_options(populate_existing=True)
    )
    return current


def _about(claim: Claim) -> str:
    return f"status_claim:{claim.id}"
