"""Fetch an application and its answers."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications.errors import ApplicationNotFound
from admissions.applications.models import Application, ApplicationAnswer, ApplicationSuggestion
from admissions.applications.rules.questions import ASKED, BY_NAME
from admissions.applications.values import Answers, Context, English, EnglishProof, Value

ASKED_NAMES = [question.name for question in ASKED]


async def find_active(session: AsyncSession, applicant_id: int) -> Application | None:
    """Return the application that an applicant has under way, if any."""
    application: Application | None = await session.scalar(_under_way(applicant_id))
    return application


async def get_active(session: AsyncSession, applicant_id: int) -> Application:
    """Return the application that an applicant has under way.

    Raises:
        ApplicationNotFound: There is none.
    """
    return _found(await find_active(session, applicant_id))


async def lock_active(session: AsyncSession, applicant_id: int) -> Application:
    """Return the application that an applicant has under way, to change it: others wait until this is done.

    Raises:
        ApplicationNotFound: There is none.
    """
    statement = _under_way(applicant_id).with_for_update().execution_options(populate_existing=True)
    return _found(await session.scalar(statement))


async def answers_of(session: AsyncSession, application: Application) -> Answers:
    """Return the answers given so far, in their order in time, without those of questions that are gone."""
    rows = (await session.scalars(select(ApplicationAnswer).where(_of(application)))).all()
    known = [row for row in rows if row.question in BY_NAME]
    known.sort(key=lambda row: (row.answered_at, ASKED_NAMES.index(row.question)))
    return {row.question: None if row.value is None else BY_NAME[row.question].load(row.value) for row in known}


async def english_test(session: AsyncSession, applicant_id: int) -> bool | None:
    """Tell whether an applicant shows their English by a test; None while they have not said (fact G16)."""
    application = await find_active(session, applicant_id)
    answered = (await answers_of(session, application)).get("english") if application else None
    return answered.proof is EnglishProof.TEST if isinstance(answered, English) else None


async def citizenship(session: AsyncSession, applicant_id: int) -> str | None:
    """Return the country (ISO 3166 alpha-2) of which an applicant said to be a citizen, if they did."""
    return await _words(session, applicant_id, "citizenship")


async def phone(session: AsyncSession, applicant_id: int) -> str | None:
    """Return the phone number that an applicant gave (E.164), if they did."""
    return await _words(session, applicant_id, "phone")


async def _words(session: AsyncSession, applicant_id: int, question: str) -> str | None:
    application = await find_active(session, applicant_id)
    answered = (await answers_of(session, application)).get(question) if application else None
    return answered if isinstance(answered, str) else None


async def store(
    session: AsyncSession, application: Application, question: str, value: Value | None, *, at: datetime
) -> None:
    """Write an answer down; what was suggested for it is gone, and so is the wish to correct it."""
    stored = None if value is None else BY_NAME[question].store(value)
    row = ApplicationAnswer(application_id=application.id, question=question, value=stored, answered_at=at)
    await session.merge(row)
    await forget_suggestions(session, application.applicant_id, question)
    application.reopened = None
    application.last_answered_at = at
    application.reminders_sent = 0
    await session.flush()


async def forget_suggestions(session: AsyncSession, applicant_id: int, question: str | None = None) -> None:
    """Drop what is suggested for a question, or for all."""
    statement = delete(ApplicationSuggestion).where(ApplicationSuggestion.applicant_id == applicant_id)
    if question is not None:
        statement = statement.where(ApplicationSuggestion.question == question)
    await session.execute(statement)


def context_of(answers: Answers, at: datetime) -> Context:
    """Return what reading an answer needs; the date of `at` is the applicant's, so it comes in their zone."""
    citizenship = answers.get("citizenship")
    return Context(at.date(), citizenship if isinstance(citizenship, str) else None)


def _under_way(applicant_id: int) -> Select[Application]:
    return select(Application).where(Application.applicant_id == applicant_id, Application.ended_at.is_(None))


def _of(application: Application) -> ColumnElement[bool]:
    return ApplicationAnswer.application_id == application.id


def _found(application: Application | None) -> Application:
    if application is None:
        raise ApplicationNotFound
    return application
