"""What advisors do: come from a file, are away, say how a talk went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions import notifications
from admissions.consultations.errors import (
    AbsenceNotFound,
    AdvisorNotFound,
    AlreadyConcluded,
    NextStepMissing,
    NotOverYet,
)
from admissions.consultations.file import AdvisorsFile
from admissions.consultations.models import Absence, Advisor, Consultation
from admissions.consultations.service import announcing, loading
from admissions.consultations.values import ConsultationStatus
from admissions.notifications import Kind


@dataclass(frozen=True)
class Imported:
    """What an import changed: how many advisors came, changed and went."""

    added: int
    changed: int
    left: int


async def import_advisors(session: AsyncSession, file: AdvisorsFile) -> Imported:
    """Make the advisors those of the file; who is not in it takes no new talks, and keeps the booked ones."""
    known = {advisor.slug: advisor for advisor in await session.scalars(select(Advisor).with_for_update())}
    for advisor in known.values():
        advisor.telegram_id = None  # ids may change hands within one file
    await session.flush()
    added = changed = 0
    for slug, entry in file.advisors.items():
        stored = entry.model_dump(mode="json", exclude_unset=True)
        is_new = slug not in known
        advisor = known[slug] if slug in known else Advisor(slug=slug)
        added += is_new
        changed += not is_new and (advisor.entry != stored or not advisor.is_active)
        advisor.name, advisor.telegram_id, advisor.is_active = entry.name, entry.telegram_id, True
        advisor.entry = stored
        session.add(advisor)
    left = [advisor for slug, advisor in known.items() if slug not in file.advisors and advisor.is_active]
    for advisor in left:
        advisor.is_active = False
    await session.flush()
    return Imported(added, changed, len(left))


async def find_by_telegram(session: AsyncSession, telegram_id: int) -> Advisor | None:
    """Return the advisor with a Telegram id, if there is one."""
    advisor: Advisor | None = await session.scalar(select(Advisor).where(Advisor.telegram_id == telegram_id))
    return advisor


async def find_by_name(session: AsyncSession, words: str) -> Advisor:
    """Return the one active advisor whose slug or name has some words.

    Raises:
        AdvisorNotFound: There is none, or more than one.
    """
    wanted = words.casefold()
    found = [
        advisor
        for advisor in await loading.active_advisors(session)
        if wanted and (wanted == advisor.slug or wanted in advisor.name.casefold())
    ]
    if len(found) != 1:
        raise AdvisorNotFound
    return found[0]


async def go_away(
    session: AsyncSession, advisor_id: int, begins_at: datetime, ends_at: datetime, *, by: str, at: datetime
) -> Sequence[Consultation]:
    """Note when an advisor takes no talk; return the booked talks that fall into it, which stay until moved."""
    session.add(Absence(advisor_id=advisor_id, begins_at=begins_at, ends_at=ends_at, noted_by=by, noted_at=at))
    talks = select(Consultation).where(
        Consultation.advisor_id == advisor_id,
        Consultation.status == ConsultationStatus.BOOKED,
        Consultation.begins_at < ends_at,
        Consultation.ends_at > begins_at,
    )
    await session.flush()
    rows = await session.scalars(
        talks.options(joinedload(Consultation.applicant)).order_by(Consultation.begins_at)
    )
    return rows.all()


async def absences(session: AsyncSession, advisor_id: int, *, at: datetime) -> Sequence[Absence]:
    """Return when an advisor is away from now on, in order."""
    ahead = select(Absence).where(Absence.advisor_id == advisor_id, Absence.ends_at > at)
    return (await session.scalars(ahead.order_by(Absence.begins_at))).all()


async def come_back(session: AsyncSession, absence_id: int, advisor_id: int) -> None:
    """Take an absence back.

    Raises:
        AbsenceNotFound: This advisor has no such absence.
    """
    absence = await session.get(Absence, absence_id)
    if absence is None or absence.advisor_id != advisor_id:
        raise AbsenceNotFound
    await session.delete(absence)
    await session.flush()


async def ask_to_move(session: AsyncSession, consultation_id: int, *, at: datetime) -> Consultation:
    """Ask an applicant to choose another time, because their advisor cannot come.

    Raises:
        ConsultationNotFound: There is no such consultation.
        AlreadyConcluded: It is not to come any more.
    """
    consultation = await loading.get(session, consultation_id)
    if consultation.status is not ConsultationStatus.BOOKED:
        raise AlreadyConcluded(consultation.status)
    await notifications.enqueue(
        session,
        consultation.applicant_id,
        Kind.CONSULTATION_MOVE_ASKED,
        announcing.about(consultation),
        due_at=at,
        stale_at=consultation.begins_at,
    )
    return consultation


async def conclude(
    session: AsyncSession, consultation_id: int, status: ConsultationStatus, *, by: str, at: datetime
) -> Consultation:
    """Note whether a talk was held; a missed one gets its applicant an offer to book again.

    Args:
        session: An open session.
        consultation_id: Which talk.
        status: HELD or NO_SHOW.
        by: Who says so.
        at: Now, aware.

    Raises:
        ConsultationNotFound: There is no such consultation.
        NotOverYet: It has not begun.
        AlreadyConcluded: Its outcome was noted, or it was cancelled.
    """
    consultation = await loading.get(session, consultation_id, to_change=True)
    if consultation.status not in (ConsultationStatus.BOOKED, ConsultationStatus.OVER):
        raise AlreadyConcluded(consultation.status)
    if consultation.begins_at > at:
        raise NotOverYet
    consultation.status, consultation.ended_at, consultation.ended_by = status, at, by
    await notifications.cancel(session, announcing.about(consultation))
    if status is ConsultationStatus.NO_SHOW:
        await _tell(session, consultation, Kind.CONSULTATION_MISSED, at)
    return consultation


async def write_next_step(
    session: AsyncSession, consultation_id: int, *, next_step: str, note: str | None, at: datetime
) -> Consultation:
    """Keep what an advisor writes after a talk: the next step goes to the applicant, the note stays with staff.

    Raises:
        ConsultationNotFound: There is no such consultation.
        NotOverYet: Nobody said yet that it was held.
        NextStepMissing: There is nothing for the applicant.
    """
    consultation = await loading.get(session, consultation_id, to_change=True)
    if consultation.status is not ConsultationStatus.HELD:
        raise NotOverYet
    if not next_step.strip():
        raise NextStepMissing
    consultation.next_step, consultation.note = next_step.strip(), note
    await _tell(session, consultation, Kind.CONSULTATION_NEXT_STEP, at)
    return consultation


async def _tell(session: AsyncSession, consultation: Consultation, kind: Kind, at: datetime) -> None:
    await notifications.enqueue(
        session, consultation.applicant_id, kind, announcing.about(consultation), due_at=at
    )
