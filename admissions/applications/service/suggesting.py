"""Keep what was found in a message or a CV until its applicant confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications.errors import SuggestionNotFound
from admissions.applications.models import Application, ApplicationSuggestion
from admissions.applications.rules.progress import show
from admissions.applications.rules.questions import QUESTIONS, get_question
from admissions.applications.service.drafting import Answered, answer
from admissions.applications.service.loading import answers_of, forget_suggestions, get_active, lock_active
from admissions.applications.values import Value


@dataclass(frozen=True)
class Suggestion:
    """An answer that waits to be confirmed."""

    question: str
    value: Value
    shown: str


async def keep_suggestions(
    session: AsyncSession, applicant_id: int, found: Mapping[str, Value], *, at: datetime
) -> Sequence[Suggestion]:
    """Keep the answers found for questions that have none yet; newer ones replace older ones.

    Args:
        session: An open session.
        applicant_id: Whose application it is.
        found: As `suggest` and `suggest_from_cv` find them.
        at: Now, aware.

    Returns:
        All that wait to be confirmed, in the order of their numbers.

    Raises:
        ApplicationNotFound: None is under way.
        UnknownQuestion: Something was found for a question that does not exist.
    """
    application = await lock_active(session, applicant_id)
    answers = await answers_of(session, application)
    for name, value in found.items():
        if name not in answers:
            stored = get_question(name).store(value)
            row = {"application_id": application.id, "question": name, "value": stored, "suggested_at": at}
            await session.merge(ApplicationSuggestion(**row))
    await session.flush()
    return await _suggestions(session, application)


async def suggestions(session: AsyncSession, applicant_id: int) -> Sequence[Suggestion]:
    """Return what waits to be confirmed, in the order of the questions' numbers.

    Raises:
        ApplicationNotFound: None is under way.
    """
    return await _suggestions(session, await get_active(session, applicant_id))


async def confirm(session: AsyncSession, applicant_id: int, question: str, *, at: datetime) -> Answered:
    """Take a suggestion over as the answer.

    Raises:
        SuggestionNotFound: There is none (any more).
        AnswerRefused: It was understood, but it is not possible as it is; a right one may be proposed.
        ApplicationRefusal: As `answer` has them.
    """
    waiting = {suggestion.question: suggestion for suggestion in await suggestions(session, applicant_id)}
    if question not in waiting:
        raise SuggestionNotFound
    return await answer(session, applicant_id, question, waiting[question].value, at=at)


async def discard(session: AsyncSession, applicant_id: int, question: str | None = None) -> None:
    """Drop a suggestion, or all.

    Raises:
        ApplicationNotFound: None is under way.
    """
    await forget_suggestions(session, await get_active(session, applicant_id), question)


async def _suggestions(session: AsyncSession, application: Application) -> Sequence[Suggestion]:
    of_it = ApplicationSuggestion.application_id == application.id
    rows = {row.question: row.value for row in await session.scalars(select(ApplicationSuggestion).where(of_it))}
    values = [(each.name, each.load(rows[each.name])) for each in QUESTIONS if each.name in rows]
    return [Suggestion(name, value, show(name, value) or "") for name, value in values]
