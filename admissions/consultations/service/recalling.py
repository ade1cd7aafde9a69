"""What became of an applicant's talks."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.consultations.models import Consultation
from admissions.consultations.values import ConsultationStatus

COUNTS = (ConsultationStatus.BOOKED, ConsultationStatus.OVER, ConsultationStatus.HELD)


async def last_talk(session: AsyncSession, applicant_id: int) -> Consultation | None:
    """Return the latest talk of an applicant that is booked or took place, if any, with its advisor."""
    theirs = select(Consultation).where(Consultation.applicant_id == applicant_id, Consultation.status.in_(COUNTS))
    latest = theirs.order_by(Consultation.begins_at.desc()).limit(1).options(joinedload(Consultation.advisor))
    talk: Consultation | None = await session.scalar(latest)
    return talk
