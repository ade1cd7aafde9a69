"""Keep what was found in a message or a CV until its applicant confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications.errors import SuggestionNotFound
from admissions.applications.models import ApplicationSuggestion
from admissions.applications.rules.progress import show
from admissions.applications.rules.questions import QUESTIONS, get_question
from admissions.applications.service.drafting import Answered, answer, begin
from admissions.applications.service.loading import answers_of, find_active, forget_suggestions
from admissions.applications.values import Value
from admissions.database import insert


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

    Nothing is begun by that: they wait for an applicant who has no application too.

    Args:
        session: An open session.
        applicant_id: For whom they were found.
        found: As `suggest` and `suggest_from_cv` find them.
        at: Now, aware.

    Returns:
        All that wait to be confirmed, in the order of their numbers.

    Raises:
        UnknownQuestion: Something was found for a question that does not exist.
    """
    application = await find_active(session, applicant_id)
    answers = await answers_of(session, application) if application else {}
    for name in [name for name in found if name not in answers]:
        stored = get_question(name).store(found[name])
        row = {"applicant_id": applicant_id, "question": name, "value": stored, "suggested_at": at}
        statement = insert(session, ApplicationSuggestion).values(row)
        newest = {"value": stored, "suggested_at": at}
        await session.execute(
            statement.on_conflict_do_update(index_elements=["applicant_id", "question"], set_=newest)
        )
    return await suggestions(session, applicant_id)


async def suggestions(session: AsyncSession, applicant_id: int) -> Sequence[Suggestion]:
    """Return what waits to be confirmed, in the order of the questions' numbers."""
    theirs = select(ApplicationSuggestion).where(ApplicationSuggestion.applicant_id == applicant_id)
    rows = {row.question: row.value for row in await session.scalars(theirs)}
    values = [(each.name, each.load(rows[each.name])) for each in QUESTIONS if each.name in rows]
    return [Suggestion(name, value, show(name, value) or "") for name, value in values]


async def confirm(session: AsyncSession, applicant_id: int, question: str, *, at: datetime) -> Answered:
    """Take a suggestion over as the answer; with the first one an application begins.

    Raises:
        SuggestionNotFound: There is none (any more).
        AnswerRefused: It was understood, but it is not possible as it is; a right one may be proposed.
        ApplicationRefusal: As `answer` has them.
    """
    waiting = {suggestion.question: suggestion for suggestion in await suggestions(session, applicant_id)}
    if question not in waiting:
        raise SuggestionNotFound
    if await find_active(session, applicant_id) is None:
        await begin(session, applicant_id, at=at)
    return await answer(session, applicant_id, question, waiting[question].value, at=at)


async def discard(session: AsyncSession, applicant_id: int, question: str | None = None) -> None:
    """Drop a suggestion, or all."""
    await forget_suggestions(session, applicant_id, question)
