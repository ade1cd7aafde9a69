"""Count, over the real tables; and have it told every Monday."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applications, notifications, staff
from admissions.answers import AskedQuestion, UnansweredQuestion
from admissions.applicants import Applicant
from admissions.applications import Application, ApplicationAnswer, ApplicationStatus
from admissions.consultations import Consultation, ConsultationStatus
from admissions.handoffs import Handoff
from admissions.notifications import Kind
from admissions.placements import Placement, PlacementStatus
from admissions.reports.rules import next_report_at, waited
from admissions.reports.values import Figures, Stage, Stop, Wait
from admissions.staff import OfficeHours

LOOKED_BACK: Final = timedelta(days=28)
"""Unless said."""
WEEKLY: Final = "report:weekly"
USEFUL_FOR: Final = timedelta(days=2)
"""How late a report may be and still be told."""
LEFT_AFTER: Final = timedelta(days=1)
"""A draft that its applicant did not touch for longer is left alone."""
SHOWN: Final = 5
CAME_TO_A_TALK: Final = (ConsultationStatus.HELD, ConsultationStatus.OVER)
IS_CONFIRMED: Final = (
    PlacementStatus.CONFIRMED,
    PlacementStatus.PREPARATION,
    PlacementStatus.IN_PROGRESS,
    PlacementStatus.COMPLETED,
)


async def figures(session: AsyncSession, office: OfficeHours, *, since: datetime, at: datetime) -> Figures:
    """Count what happened in a time.

    Args:
        session: An open session.
        office: When HMC's office is open.
        since: From when, aware.
        at: Until when, aware.
    """
    asked, not_understood = (
        await _times(session, AskedQuestion, since),
        await _times(session, UnansweredQuestion, since),
    )
    moments = [*asked, *not_understood]
    askers, with_person = await _askers(session, since), await _asked_for_person(session, since)
    return Figures(
        since=since,
        at=at,
        funnel=await _funnel(session, since),
        stops=await _stops(session, since, at),
        wait=await _wait(session, since),
        askers=len(askers | with_person),
        askers_alone=len(askers - with_person),
        messages=len(moments),
        out_of_hours=sum(not staff.is_open(office, moment) for moment in moments),
        unanswered=len(not_understood),
        newest_unanswered=await _newest_unanswered(session, since),
    )


async def plan_weekly(session: AsyncSession, *, at: datetime) -> None:
    """Have the figures told to staff next Monday at eight in Houston; planning it again changes nothing."""
    due_at = next_report_at(at)
    await notifications.enqueue(
        session, notifications.STAFF, Kind.WEEKLY_REPORT, WEEKLY, due_at=due_at, stale_at=due_at + USEFUL_FOR
    )


async def _funnel(session: AsyncSession, since: datetime) -> dict[Stage, int]:
    everybody = select(Applicant.id).where(Applicant.met_at >= since)
    theirs = Application.applicant_id.in_(everybody)
    placed = (
        select(Application.applicant_id).join(Placement, Placement.application_id == Application.id).where(theirs)
    )
    talked = select(Consultation.applicant_id).where(
        Consultation.applicant_id.in_(everybody), Consultation.status.in_(CAME_TO_A_TALK)
    )
    of_stage: dict[Stage, Select[Any]] = {
        Stage.STARTED: everybody,
        Stage.BEGAN: select(Application.applicant_id).where(theirs),
        Stage.SUBMITTED: select(Application.applicant_id).where(theirs, Application.submitted_at.is_not(None)),
        Stage.TALKED: talked,
        Stage.OFFERED: placed,
        Stage.CONFIRMED: placed.where(Placement.status.in_(IS_CONFIRMED)),
    }
    return {stage: await _count(session, people) for stage, people in of_stage.items()}


async def _stops(session: AsyncSession, since: datetime, at: datetime) -> tuple[Stop, ...]:
    begun = select(Application.id).where(Application.begun_at >= since)
    counted = (
        select(ApplicationAnswer.question, func.count())
        .where(ApplicationAnswer.application_id.in_(begun))
        .group_by(ApplicationAnswer.question)
    )
    answered = dict((await session.execute(counted)).tuples().all())
    opened = await _open_questions(session, since)
    return tuple(
        Stop(
            question.name,
            reached=answered.get(question.name, 0) + sum(name == question.name for name, _ in opened),
            left=sum(name == question.name and touched_at <= at - LEFT_AFTER for name, touched_at in opened),
        )
        for question in applications.ASKED
    )


async def _open_questions(session: AsyncSession, since: datetime) -> list[tuple[str, datetime]]:
    """Return the question that each draft waits at, and when its applicant last touched it."""
    is_draft = (Application.begun_at >= since, Application.status == ApplicationStatus.DRAFT)
    touched = await session.execute(select(Application.id, Application.last_answered_at).where(*is_draft))
    rows = select(ApplicationAnswer.application_id, ApplicationAnswer.question)
    drafts = rows.join(Application, Application.id == ApplicationAnswer.application_id).where(*is_draft)
    known = {(draft, question) for draft, question in await session.execute(drafts)}
    opened = []
    for draft, touched_at in touched:
        question = next((each.name for each in applications.ASKED if (draft, each.name) not in known), None)
        if question:
            opened.append((question, touched_at))
    return opened


async def _wait(session: AsyncSession, since: datetime) -> Wait:
    asked = select(Handoff.requested_at, Handoff.taken_at, Handoff.resolved_at).where(
        Handoff.requested_at >= since
    )
    rows = (await session.execute(asked)).all()
    ends = [(requested, taken or resolved) for requested, taken, resolved in rows]
    return waited(len(rows), [end - requested for requested, end in ends if end])


async def _askers(session: AsyncSession, since: datetime) -> set[int]:
    return {
        person
        for model in (AskedQuestion, UnansweredQuestion)
        for person in await session.scalars(select(model.applicant_id).where(model.asked_at >= since).distinct())
    }


async def _asked_for_person(session: AsyncSession, since: datetime) -> set[int]:
    return {*await session.scalars(select(Handoff.applicant_id).where(Handoff.requested_at >= since).distinct())}


async def _times(
    session: AsyncSession, model: type[AskedQuestion | UnansweredQuestion], since: datetime
) -> Sequence[datetime]:
    return (await session.scalars(select(model.asked_at).where(model.asked_at >= since))).all()


async def _newest_unanswered(session: AsyncSession, since: datetime) -> tuple[str, ...]:
    newest = select(UnansweredQuestion.words).where(UnansweredQuestion.asked_at >= since)
    return tuple(await session.scalars(newest.order_by(UnansweredQuestion.id.desc()).limit(SHOWN)))


async def _count(session: AsyncSession, people: Select[Any]) -> int:
    count: int = await session.scalar(select(func.count()).select_from(people.distinct().subquery())) or 0
    return count
