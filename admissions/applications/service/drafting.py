"""Begin, answer, go back, correct."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications.errors import AnswerRequired, ApplicationAlreadyBegun
from admissions.applications.models import Application, ApplicationStatus
from admissions.applications.rules.changing import check_changeable, check_expected, question_before
from admissions.applications.rules.progress import Progress, progress_of, show
from admissions.applications.rules.questions import get_question
from admissions.applications.service.loading import (
    answers_of,
    context_of,
    find_active,
    get_active,
    lock_active,
    store,
)
from admissions.applications.service.moving import AS_APPLICANT
from admissions.applications.service.timing import local_time
from admissions.applications.values import Answers, Value
from admissions.database import insert


@dataclass(frozen=True)
class Answered:
    """What was understood and stored.

    Attributes:
        value: The value; None where the question was skipped.
        shown: The value in plain words; None where the question was skipped.
        progress: How far the application has come by it, and what to ask now.
    """

    question: str
    value: Value | None
    shown: str | None
    progress: Progress


async def begin(session: AsyncSession, applicant_id: int, *, at: datetime) -> Application:
    """Begin an application.

    Raises:
        ApplicationAlreadyBegun: One is under way (a unique key decides).
    """
    row = {
        "applicant_id": applicant_id,
        "status": ApplicationStatus.DRAFT,
        "moved_as": AS_APPLICANT,
        "moved_at": at,
        "begun_at": at,
        "last_answered_at": at,
        "reminders_sent": 0,
        "is_paused": False,
    }
    statement = (
        insert(session, Application)
        .values(row)
        .on_conflict_do_nothing(index_elements=["applicant_id"], index_where=text("ended_at IS NULL"))
    )
    if await session.scalar(statement.returning(Application.id)) is None:
        raise ApplicationAlreadyBegun
    return await get_active(session, applicant_id)


async def answer(
    session: AsyncSession,
    applicant_id: int,
    question: str,
    given: object,
    *,
    at: datetime,
    message: str | None = None,
) -> Answered:
    """Answer a question: the one that is asked, a later one, or one that was reopened.

    Args:
        session: An open session.
        applicant_id: Whose application it is.
        question: The name of the question that the applicant saw.
        given: Words, or a value (typed, or as JSON has it) that was tapped.
        at: Now, aware.
        message: The id of the message that answers, where it is one; `has_taken` knows it again.

    Raises:
        ApplicationNotFound: None is under way.
        ApplicationTaken: A coordinator works on it.
        UnknownQuestion: There is no such question (any more).
        AlreadyAnswered: It was answered meanwhile, perhaps on another device.
        AnswerRefused: The answer cannot be accepted; its subclasses say why.
    """
    application, answers = await _open(session, applicant_id, question)
    value = get_question(question).accept(given, context_of(answers, await local_time(session, applicant_id, at)))
    application.answered_by = message
    return await _write(session, application, answers, question, value, at)


async def has_taken(session: AsyncSession, applicant_id: int, message: str | None) -> bool:
    """Tell whether a message gave the last answer: handled anew after a crash, it answers nothing more."""
    application = await find_active(session, applicant_id)
    return message is not None and application is not None and application.answered_by == message


async def require_open(session: AsyncSession, applicant_id: int, question: str) -> None:
    """Check that a question can be answered now.

    Raises:
        ApplicationRefusal: As `answer` has them, but for what is wrong with an answer.
    """
    await _open(session, applicant_id, question)


async def skip(session: AsyncSession, applicant_id: int, question: str, *, at: datetime) -> Answered:
    """Leave a question without an answer; an answer that it had is dropped.

    Raises:
        AnswerRequired: It cannot be skipped.
        ApplicationRefusal: As `answer` has them.
    """
    application, answers = await _open(session, applicant_id, question)
    if not get_question(question).may_skip:
        raise AnswerRequired
    return await _write(session, application, answers, question, None, at)


async def back(session: AsyncSession, applicant_id: int) -> str:
    """Reopen the question that was answered last, or the one before that which is open; return its name.

    Raises:
        NothingToGoBackTo: There is none.
        ApplicationNotFound: None is under way.
        ApplicationTaken: A coordinator works on it.
    """
    application = await lock_active(session, applicant_id)
    check_changeable(application)
    history = [*await answers_of(session, application)]
    application.reopened = question_before(history, application.reopened)
    return application.reopened


async def reopen(session: AsyncSession, applicant_id: int, question: str) -> Progress:
    """Jump to a question to answer it anew; after its answer one is back where one was.

    Raises:
        UnknownQuestion: There is no such question (any more).
        ApplicationNotFound: None is under way.
        ApplicationTaken: A coordinator works on it.
    """
    application = await lock_active(session, applicant_id)
    check_changeable(application)
    application.reopened = get_question(question).name
    return progress_of(await answers_of(session, application), application.reopened)


async def pause(session: AsyncSession, applicant_id: int) -> Progress:
    """Set an application aside; nothing of it is lost.

    Raises:
        ApplicationNotFound: None is under way.
    """
    return await _set_aside(session, applicant_id, is_paused=True)


async def resume(session: AsyncSession, applicant_id: int) -> Progress:
    """Go on with an application, and tell which question is asked now.

    Raises:
        ApplicationNotFound: None is under way.
    """
    return await _set_aside(session, applicant_id, is_paused=False)


async def keep(session: AsyncSession, applicant_id: int) -> Progress:
    """Leave a reopened question as it was.

    Raises:
        ApplicationNotFound: None is under way.
    """
    application = await lock_active(session, applicant_id)
    application.reopened = None
    return progress_of(await answers_of(session, application))


async def progress(session: AsyncSession, applicant_id: int) -> Progress:
    """Tell how far an application has come, and which question is asked now.

    Raises:
        ApplicationNotFound: None is under way.
    """
    application = await get_active(session, applicant_id)
    return progress_of(await answers_of(session, application), application.reopened)


async def _set_aside(session: AsyncSession, applicant_id: int, *, is_paused: bool) -> Progress:
    application = await lock_active(session, applicant_id)
    application.is_paused = is_paused
    return progress_of(await answers_of(session, application), application.reopened)


async def _open(session: AsyncSession, applicant_id: int, question: str) -> tuple[Application, Answers]:
    get_question(question)
    application = await lock_active(session, applicant_id)
    check_changeable(application)
    answers = await answers_of(session, application)
    check_expected(application, answers, question)
    return application, answers


async def _write(
    session: AsyncSession,
    application: Application,
    answers: Answers,
    question: str,
    value: Value | None,
    at: datetime,
) -> Answered:
    await store(session, application, question, value, at=at)
    return Answered(question, value, show(question, value), progress_of({**answers, question: value}))
