"""Fetch advisors, slots and consultations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.consultations.errors import AdvisorNotFound, ConsultationNotFound
from admissions.consultations.file import AdvisorEntry
from admissions.consultations.models import Absence, Advisor, Consultation
from admissions.consultations.rules.slots import free_slots
from admissions.consultations.values import Availability, Busy, ConsultationStatus, Medium, Slot

LOOKS_BACK = timedelta(days=8)
"""Talks of the week that is running count for who is least loaded, and those of today to the daily limit."""
UNDONE = (ConsultationStatus.CANCELLED, ConsultationStatus.LAPSED)


async def free(
    session: AsyncSession, *, at: datetime, advisor_id: int | None = None, without: int | None = None
) -> Sequence[Slot]:
    """Return the slots that can be booked now, soonest first.

    Args:
        session: An open session.
        at: Now, aware.
        advisor_id: With whom; None for any advisor.
        without: A consultation that is being moved, so that it stands in nobody's way.
    """
    advisors = [_availability(advisor, at) for advisor in await active_advisors(session, advisor_id)]
    return free_slots(advisors, await _busy(session, at, without), at=at)


async def active_advisors(session: AsyncSession, advisor_id: int | None = None) -> Sequence[Advisor]:
    """Return the advisors who can be booked, by name; one of them, or none, where one is named."""
    active = select(Advisor).where(Advisor.is_active).order_by(Advisor.name)
    wanted = active.where(Advisor.id == advisor_id) if advisor_id is not None else active
    return (await session.scalars(wanted)).all()


async def get_advisor(session: AsyncSession, advisor_id: int) -> Advisor:
    """Return an advisor.

    Raises:
        AdvisorNotFound: There is none.
    """
    advisor = await session.get(Advisor, advisor_id)
    if advisor is None:
        raise AdvisorNotFound
    return advisor


def zone_of(advisor: Advisor) -> ZoneInfo:
    """Return the zone of an advisor's clock."""
    return ZoneInfo(entry_of(advisor).zone)


def entry_of(advisor: Advisor) -> AdvisorEntry:
    """Return an advisor's entry in the file."""
    return AdvisorEntry.model_validate(advisor.entry)


async def media(session: AsyncSession, advisor_id: int | None) -> Sequence[Medium]:
    """Return how one can talk with an advisor, or with any of them."""
    offered = {
        medium
        for advisor in await active_advisors(session, advisor_id)
        for medium in entry_of(advisor).media.offered
    }
    return [medium for medium in Medium if medium in offered]


def video_link(consultation: Consultation) -> str | None:
    """Return where a talk by video takes place; None for any other talk."""
    return entry_of(consultation.advisor).media.video if consultation.medium is Medium.VIDEO else None


async def find_upcoming(session: AsyncSession, applicant_id: int) -> Consultation | None:
    """Return the consultation that an applicant has booked, with its advisor, if any."""
    booked = _whole(Consultation.status == ConsultationStatus.BOOKED, Consultation.applicant_id == applicant_id)
    return await _first(session, booked)


async def get_upcoming(session: AsyncSession, applicant_id: int) -> Consultation:
    """Return the consultation that an applicant has booked, locked.

    Raises:
        ConsultationNotFound: There is none.
    """
    booked = _whole(Consultation.status == ConsultationStatus.BOOKED, Consultation.applicant_id == applicant_id)
    return _found(await _first(session, booked.with_for_update(of=Consultation)))


async def get(session: AsyncSession, consultation_id: int, *, to_change: bool = False) -> Consultation:
    """Return a consultation with its advisor and applicant.

    Raises:
        ConsultationNotFound: There is no such consultation.
    """
    one = _whole(Consultation.id == consultation_id)
    return _found(await _first(session, one.with_for_update(of=Consultation) if to_change else one))


async def last_advisor(session: AsyncSession, applicant_id: int) -> int | None:
    """Return who advised an applicant the last time, if that advisor can still be booked."""
    theirs = (
        select(Consultation.advisor_id)
        .join(Advisor)
        .where(
            Consultation.applicant_id == applicant_id,
            Consultation.status.in_((ConsultationStatus.HELD, ConsultationStatus.OVER)),
            Advisor.is_active,
        )
    )
    advisor_id: int | None = await session.scalar(theirs.order_by(Consultation.begins_at.desc()).limit(1))
    return advisor_id


def _availability(advisor: Advisor, at: datetime) -> Availability:
    entry = entry_of(advisor)
    first = at.date() - timedelta(days=1)
    return entry.availability(advisor.id, first, first + timedelta(days=entry.horizon_days + 3))


async def _busy(session: AsyncSession, at: datetime, without: int | None) -> list[Busy]:
    talks = select(Consultation.advisor_id, Consultation.begins_at, Consultation.blocked_until).where(
        Consultation.begins_at > at - LOOKS_BACK, Consultation.status.not_in(UNDONE), _holds(at)
    )
    if without is not None:
        talks = talks.where(Consultation.id != without)
    absences = select(Absence.advisor_id, Absence.begins_at, Absence.ends_at).where(Absence.ends_at > at)
    return [
        *(Busy(*row, counts=True) for row in await session.execute(talks)),
        *(Busy(*row, counts=False) for row in await session.execute(absences)),
    ]


def _holds(at: datetime) -> ColumnElement[bool]:
    """Leave out what was offered and not taken in time."""
    return or_(Consultation.offered_until.is_(None), Consultation.offered_until > at)


def _whole(*conditions: ColumnElement[bool]) -> Select[Consultation]:
    together = (joinedload(Consultation.advisor), joinedload(Consultation.applicant))
    return select(Consultation).where(*conditions).options(*together).execution_options(populate_existing=True)


async def _first(session: AsyncSession, statement: Select[Consultation]) -> Consultation | None:
    return (await session.scalars(statement)).one_or_none()


def _found(consultation: Consultation | None) -> Consultation:
    if consultation is None:
        raise ConsultationNotFound
    return consultation
