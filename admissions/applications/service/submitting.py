"""Review, submit, withdraw."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications.errors import AnswersMissing, ApplicationNotFound
from admissions.applications.models import Application, ApplicationStatus
from admissions.applications.rules import text as texts
from admissions.applications.rules.eligibility import Eligibility, eligibility
from admissions.applications.rules.progress import ReviewLine, check_current, missing_answers, review_of
from admissions.applications.service.loading import (
    answers_of,
    context_of,
    forget_suggestions,
    get_active,
    lock_active,
)
from admissions.applications.service.moving import move
from admissions.applications.service.timing import local_time
from admissions.references import new_reference

LONGEST_REASON = 1000
"""Characters."""
TRIES = 5
"""How often a reference may be one that is taken: once is improbable."""


@dataclass(frozen=True)
class Review:
    """An application as it stands.

    Attributes:
        lines: Every question with its answer in plain words, in the order of their numbers.
        missing: The questions that must be answered before it can be submitted.
        eligibility: Whether its applicant may come; None while that is not known.
    """

    lines: tuple[ReviewLine, ...]
    missing: tuple[str, ...]
    eligibility: Eligibility | None
    status: ApplicationStatus
    reference: str | None


@dataclass(frozen=True)
class Submitted:
    """A submission; `is_new` is False when it had been submitted before (Submit was tapped twice)."""

    application_id: int
    reference: str
    submitted_at: datetime
    is_new: bool


async def review(session: AsyncSession, applicant_id: int) -> Review:
    """Show all answers of the application under way.

    Raises:
        ApplicationNotFound: There is none.
    """
    return await _review(session, await get_active(session, applicant_id))


async def review_by_reference(session: AsyncSession, reference: str) -> Review:
    """Show all answers of an application, ended ones too.

    Raises:
        ApplicationNotFound: There is none of that reference.
    """
    return await _review(session, await get_by_reference(session, reference))


async def get_by_reference(session: AsyncSession, reference: str) -> Application:
    """Return an application by its reference.

    Raises:
        ApplicationNotFound: There is none.
    """
    application = await session.scalar(select(Application).where(Application.reference == reference))
    if application is None:
        raise ApplicationNotFound
    return application


async def submit(session: AsyncSession, applicant_id: int, *, at: datetime) -> Submitted:
    """Hand the application over to HMC; doing it again changes nothing.

    Whoever is not eligible yet may submit: staff see it in the review.

    Args:
        session: An open session.
        applicant_id: Whose application it is.
        at: Now, aware.

    Raises:
        ApplicationNotFound: None is under way.
        AnswersMissing: Some required answers have not been given.
        AnswerOutdated: An answer has become wrong since it was given.
    """
    application = await lock_active(session, applicant_id)
    is_new = application.status is ApplicationStatus.DRAFT
    if is_new:
        answers = await answers_of(session, application)
        if missing := missing_answers(answers):
            raise AnswersMissing(missing)
        check_current(answers, context_of(answers, await local_time(session, applicant_id, at)))
        await _submit(session, application, at)
    assert application.reference
    assert application.submitted_at
    return Submitted(application.id, application.reference, application.submitted_at, is_new)


async def withdraw(session: AsyncSession, applicant_id: int, reason: str, *, at: datetime) -> None:
    """End the application under way, whatever its stage; a new one may begin.

    Raises:
        ApplicationNotFound: None is under way.
        AnswerRequired: No reason is given.
        AnswerTooLong: The reason takes more than 1,000 characters.
    """
    application = await lock_active(session, applicant_id)
    application.withdrawal_reason = texts.paragraphs(reason, most=LONGEST_REASON)
    move(application, ApplicationStatus.WITHDRAWN, at=at)
    application.ended_at = at
    await forget_suggestions(session, applicant_id)


async def _review(session: AsyncSession, application: Application) -> Review:
    answers = await answers_of(session, application)
    return Review(
        lines=review_of(answers),
        missing=missing_answers(answers),
        eligibility=eligibility(answers),
        status=application.status,
        reference=application.reference,
    )


async def _submit(session: AsyncSession, application: Application, at: datetime) -> None:
    for _ in range(TRIES - 1):
        try:
            async with session.begin_nested():
                _hand_over(application, at)
        except IntegrityError:  # the reference is taken
            continue
        return
    _hand_over(application, at)


def _hand_over(application: Application, at: datetime) -> None:
    move(application, ApplicationStatus.SUBMITTED, at=at)
    application.reference = new_reference()
    application.submitted_at = at
    application.reopened = None
