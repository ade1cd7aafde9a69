"""Remember drafts that were left alone."""

from datetime import datetime

from sqlalchemy import and_, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import notifications
from admissions.applications.models import Application, ApplicationStatus
from admissions.applications.rules.progress import Progress, progress_of
from admissions.applications.rules.reminders import APART, DELAYS
from admissions.applications.service.loading import answers_of
from admissions.notifications import Kind


async def remind(session: AsyncSession, *, at: datetime) -> int:
    """Have applicants reminded of the drafts they left alone: once after a day, once after three.

    Args:
        session: An open session.
        at: Now, aware.

    Returns:
        How many reminders are on their way.
    """
    is_left_alone = or_(
        *(
            and_(Application.reminders_sent == sent, Application.last_answered_at <= at - delay)
            for sent, delay in enumerate(DELAYS)
        )
    )
    left_alone = (
        update(Application)
        .where(
            Application.status == ApplicationStatus.DRAFT,
            is_left_alone,
            or_(Application.reminded_at.is_(None), Application.reminded_at <= at - APART),
        )
        .values(reminders_sent=Application.reminders_sent + 1, reminded_at=at)
    )
    drafts = (await session.execute(left_alone.returning(Application.id, Application.applicant_id))).all()
    for draft_id, applicant_id in drafts:
        await notifications.enqueue(session, applicant_id, Kind.DRAFT_REMINDER, f"draft:{draft_id}", due_at=at)
    return len(drafts)


async def left_alone(session: AsyncSession, application_id: int) -> Progress | None:
    """Tell how far a draft has come that its applicant was to be reminded of; None if they went on with it."""
    application = await session.get(Application, application_id)
    if application is None or application.status is not ApplicationStatus.DRAFT or not application.reminders_sent:
        return None
    return progress_of(await answers_of(session, application))
