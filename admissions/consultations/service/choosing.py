"""What an applicant is choosing now: for ten minutes the times that were offered can be taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.consultations.errors import ChoiceExpired
from admissions.consultations.models import Choice
from admissions.consultations.values import Asks
from admissions.database import insert

OFFER_HOLDS_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Chooser:
    """How an applicant chooses.

    Attributes:
        is_moving: Whether a booked talk is moved.
        advisor_id: With whom; None for any advisor.
        words: What they wrote to begin with, which may say when.
    """

    is_moving: bool = False
    advisor_id: int | None = None
    words: str = ""


async def ask(session: AsyncSession, applicant_id: int, asks: Asks, chooser: Chooser, *, at: datetime) -> None:
    """Remember what an applicant is asked now; what was asked before is over."""
    row = {
        "asks": asks,
        "asked_at": at,
        "is_moving": chooser.is_moving,
        "advisor_id": chooser.advisor_id,
        "words": chooser.words,
    }
    statement = insert(session, Choice).values(applicant_id=applicant_id, **row)
    await session.execute(statement.on_conflict_do_update(index_elements=["applicant_id"], set_=row))


async def find_asked(session: AsyncSession, applicant_id: int, *, at: datetime) -> Asks | None:
    """Return what an applicant is asked, unless it was too long ago."""
    choice = await session.get(Choice, applicant_id)
    return choice.asks if choice and at < choice.asked_at + OFFER_HOLDS_FOR else None


async def chooser_of(session: AsyncSession, applicant_id: int) -> Chooser:
    """Return how an applicant was choosing last, however long ago."""
    choice = await session.get(Choice, applicant_id)
    return Chooser(choice.is_moving, choice.advisor_id, choice.words) if choice else Chooser()


async def require_choosing(session: AsyncSession, applicant_id: int, *, at: datetime) -> Chooser:
    """Return how an applicant chooses a time.

    Raises:
        ChoiceExpired: No times are offered (any more).
    """
    if await find_asked(session, applicant_id, at=at) is None:
        raise ChoiceExpired
    return await chooser_of(session, applicant_id)


async def stop(session: AsyncSession, applicant_id: int) -> None:
    """Note that nothing is being chosen any more."""
    await session.execute(delete(Choice).where(Choice.applicant_id == applicant_id))
