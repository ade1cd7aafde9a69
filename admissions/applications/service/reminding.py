"""Remember drafts that were left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications.models import Application, ApplicationStatus
from admissions.applications.rules.progress import Progress, progress_of
from admissions.applications.rules.reminders import DELAYS, is_daytime, reminder_due_at
from admissions.applications.service.loading import answers_of, lock_active
from admissions.applications.service.timing import clock_of


@dataclass(frozen=True)
class DraftToRemind:
    """A draft whose reminder is due: the first, or the second."""

    application_id: int
    applicant_id: int
    number: int
    progress: Progress


async def drafts_to_remind(session: AsyncSession, *, at: datetime) -> Sequence[DraftToRemind]:
    """Return the drafts of which their applicants are to be reminded now, the longest left alone first."""
    first_delay, _ = DELAYS
    found = await session.scalars(
        select(Application)
        .where(
            Application.status == ApplicationStatus.DRAFT,
            Application.reminders_muted.is_(False),
            Application.reminders_sent < len(DELAYS),
            Application.last_answered_at <= at - first_delay,
            or_(Application.reminded_at.is_(None), Application.reminded_at <= at - first_delay),
        )
        .order_by(Application.last_answered_at)
    )
    drafts = [(draft, await clock_of(session, draft.applicant_id)) for draft in found.all()]
    due = [draft for draft, clock in drafts if _is_due(draft, at, clock.zone)]
    return [
        DraftToRemind(
            draft.id, draft.applicant_id, draft.reminders_sent + 1, progress_of(await answers_of(session, draft))
        )
        for draft in due
    ]


async def mark_reminded(session: AsyncSession, application_id: int, number: int, *, at: datetime) -> bool:
    """Note that a reminder is sent.

    Returns:
        Whether it is this caller who sends it; False when another was quicker (the database decides) or the
        draft has gone on meanwhile.
    """
    statement = (
        update(Application)
        .where(
            Application.id == application_id,
            Application.status == ApplicationStatus.DRAFT,
            Application.reminders_muted.is_(False),
            Application.reminders_sent == number - 1,
        )
        .values(reminders_sent=number, reminded_at=at)
    )
    return await session.scalar(statement.returning(Application.id)) is not None


async def mute_reminders(session: AsyncSession, applicant_id: int) -> None:
    """Send no more reminders of this draft.

    Raises:
        ApplicationNotFound: None is under way.
    """
    (await lock_active(session, applicant_id)).reminders_muted = True


def _is_due(draft: Application, at: datetime, zone: tzinfo) -> bool:
    due_at = reminder_due_at(draft.last_answered_at, draft.reminders_sent, zone)
    return due_at is not None and due_at <= at and is_daytime(at, zone)
