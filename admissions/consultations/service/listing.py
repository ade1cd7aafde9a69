"""Talks as staff look at them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.consultations.models import Consultation
from admissions.consultations.values import ConsultationStatus

AWAITS_OUTCOME = (ConsultationStatus.BOOKED, ConsultationStatus.OVER)


async def without_outcome(session: AsyncSession, *, at: datetime) -> Sequence[Consultation]:
    """Return the talks that are over and of which nobody said how they went, longest ago first."""
    over = _whole().where(Consultation.status.in_(AWAITS_OUTCOME), Consultation.ends_at <= at)
    return (await session.scalars(over.order_by(Consultation.begins_at))).all()


async def booked_with(session: AsyncSession, advisor_id: int, *, at: datetime) -> Sequence[Consultation]:
    """Return the booked talks of an advisor that are to come, soonest first."""
    ahead = _whole().where(
        Consultation.advisor_id == advisor_id,
        Consultation.status == ConsultationStatus.BOOKED,
        Consultation.ends_at > at,
    )
    return (await session.scalars(ahead.order_by(Consultation.begins_at))).all()


async def talks_of(session: AsyncSession, applicant_id: int) -> Sequence[Consultation]:
    """Return the talks of an applicant, those that came to nothing left out, the newest first."""
    theirs = _whole().where(
        Consultation.applicant_id == applicant_id,
        Consultation.status.not_in((ConsultationStatus.LAPSED, ConsultationStatus.OFFERED)),
    )
    return (await session.scalars(theirs.order_by(Consultation.begins_at.desc()))).all()


def _whole() -> Select[Consultation]:
    return select(Consultation).options(joinedload(Consultation.advisor), joinedload(Consultation.applicant))
