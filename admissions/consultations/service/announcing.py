"""What is told of a consultation, to whom and when: rows in the outbox, written with what they tell of."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applicants, notifications
from admissions.consultations.models import Advisor, Consultation
from admissions.consultations.rules.reminders import due_times
from admissions.consultations.values import ReminderKind
from admissions.notifications import Kind

OUTCOME_WANTED_FOR = timedelta(days=3)
"""How long after a talk it is still asked how it went."""
KINDS = {
    ReminderKind.DAY_BEFORE: Kind.CONSULTATION_DAY_BEFORE,
    ReminderKind.HOURS_BEFORE: Kind.CONSULTATION_SOON,
    ReminderKind.MINUTES_BEFORE: Kind.CONSULTATION_SOON,
    ReminderKind.BRIEF: Kind.CONSULTATION_BRIEF,
}
PLANNED = (*KINDS.values(), Kind.CONSULTATION_OUTCOME_ASKED)
"""What goes with the time of a talk, and is planned anew when that is moved."""


class Change(StrEnum):
    """What happened to a consultation, as its advisor is told."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    COMING = "coming"
    LATE = "late"


def about(consultation: Consultation) -> str:
    """Return what the outbox calls a consultation."""
    return f"consultation:{consultation.id}"


async def recipient_of(session: AsyncSession, advisor: Advisor) -> int:
    """Return where an advisor is written to: their own chat if they opened it, else the staff's group."""
    chat = await applicants.find(session, advisor.telegram_id) if advisor.telegram_id else None
    return chat.id if chat and chat.unreachable_at is None else notifications.STAFF


async def announce(session: AsyncSession, consultation: Consultation, change: Change, *, at: datetime) -> None:
    """Tell the advisor of a change, and plan the reminders that go with the time as it is now."""
    await notifications.enqueue(
        session,
        await recipient_of(session, consultation.advisor),
        Kind.CONSULTATION_CHANGED,
        about(consultation),
        due_at=at,
        payload={"change": change, "begins_at": consultation.begins_at.isoformat()},
        applicant_id=consultation.applicant_id,
    )
    if change in (Change.BOOKED, Change.MOVED, Change.CANCELLED):
        await notifications.cancel(session, about(consultation), kinds=PLANNED)
    if change in (Change.BOOKED, Change.MOVED):
        await _plan(session, consultation, at)


async def _plan(session: AsyncSession, consultation: Consultation, at: datetime) -> None:
    advisor = await recipient_of(session, consultation.advisor)
    for reminder in due_times(consultation.begins_at, at=at):
        await notifications.enqueue(
            session,
            advisor if reminder.kind is ReminderKind.BRIEF else consultation.applicant_id,
            KINDS[reminder.kind],
            about(consultation),
            due_at=reminder.due_at,
            stale_at=reminder.useful_until,
            applicant_id=consultation.applicant_id,
        )
    await notifications.enqueue(
        session,
        advisor,
        Kind.CONSULTATION_OUTCOME_ASKED,
        about(consultation),
        due_at=consultation.ends_at,
        stale_at=consultation.ends_at + OUTCOME_WANTED_FOR,
        applicant_id=consultation.applicant_id,
    )
