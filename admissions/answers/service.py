"""Load the answers, tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.answers.errors import UnknownAnswer
from admissions.answers.file import AnswersFile
from admissions.answers.models import Answer, AskedQuestion, Specialty

ABOUT_AN_UNLISTED_SPECIALTY = "specialty_unlisted"


@dataclass(frozen=True)
class Question:
    """A question one can tap: the name of its answer, and its words."""

    name: str
    words: str


@dataclass(frozen=True)
class Told:
    """An answer ready to be shown.

    Attributes:
        question: What was understood, in plain words.
        text: The answer; plain text, paragraphs apart by an empty line.
        follow_ups: What one may ask next.
        offers_person: Whether to offer a person below it.
    """

    question: str
    text: str
    follow_ups: tuple[Question, ...]
    offers_person: bool


async def load(session: AsyncSession, file: AnswersFile) -> None:
    """Make the stored answers and specialties those of the file."""
    await session.execute(delete(Specialty))
    await session.execute(delete(Answer))
    answers = enumerate(file.answers.items())
    session.add_all(
        Answer(name=name, position=position, **entry.model_dump()) for position, (name, entry) in answers
    )
    await session.flush()
    session.add_all(
        Specialty(name=specialty, answer=answer)
        for answer, specialties in file.specialties.items()
        for specialty in specialties
    )


async def topics(session: AsyncSession) -> Sequence[str]:
    """Return the titles under which questions are grouped, in the order of the file."""
    rows = await session.scalars(select(Answer.topic).where(Answer.topic.is_not(None)).order_by(Answer.position))
    return [*dict.fromkeys(topic for topic in rows if topic is not None)]


async def questions(session: AsyncSession, topic: str) -> Sequence[Question]:
    """Return the questions of a topic, in the order of the file; none if the topic is gone."""
    rows = await session.execute(
        select(Answer.name, Answer.question).where(Answer.topic == topic).order_by(Answer.position)
    )
    return [Question(name, words) for name, words in rows]


async def words(session: AsyncSession, names: Sequence[str]) -> dict[str, str]:
    """Return the question of each answer that exists, by name."""
    rows = await session.execute(select(Answer.name, Answer.question).where(Answer.name.in_(names)))
    return {name: question for name, question in rows}  # noqa: C416 - a Row is not a pair to mypy


async def tell(session: AsyncSession, name: str) -> Told:
    """Return an answer, ready to be shown.

    Raises:
        UnknownAnswer: There is no answer of that name (any more).
    """
    answer = await _get(session, name)
    return await _told(session, answer, answer.text)


async def tell_specialties(session: AsyncSession, specialties: Sequence[str]) -> Told:
    """Say of each specialty whether HMC offers it (facts G13, W3).

    Args:
        session: An open session.
        specialties: Their names, as the language understanding writes them.

    Raises:
        UnknownAnswer: The answers about specialties are missing.
    """
    rows = await session.scalars(select(Specialty).where(Specialty.name.in_(specialties)))
    answer_of = {row.name: row.answer for row in rows}
    alike: dict[str, list[str]] = {}
    for specialty in dict.fromkeys(specialties):
        alike.setdefault(answer_of.get(specialty, ABOUT_AN_UNLISTED_SPECIALTY), []).append(specialty)
    answers = [(await _get(session, name), named) for name, named in alike.items()]
    text = "\n\n".join(answer.text.format(specialties=_listed(named)) for answer, named in answers)
    return await _told(session, answers[0][0], text)


async def note_asked(session: AsyncSession, applicant_id: int, names: Sequence[str], *, at: datetime) -> None:
    """Remember which answers somebody was told, so that staff know what they asked."""
    session.add_all(AskedQuestion(applicant_id=applicant_id, answer=name, asked_at=at) for name in names)


async def last_asked(session: AsyncSession, applicant_id: int, count: int) -> Sequence[str]:
    """Return the questions that somebody asked last, in words, each once, the newest first."""
    theirs = select(AskedQuestion.answer).where(AskedQuestion.applicant_id == applicant_id)
    newest = theirs.group_by(AskedQuestion.answer).order_by(func.max(AskedQuestion.id).desc()).limit(count)
    names = (await session.scalars(newest)).all()
    asked = await words(session, names)
    return [asked[name] for name in names if name in asked]


async def _get(session: AsyncSession, name: str) -> Answer:
    answer = await session.get(Answer, name)
    if answer is None:
        raise UnknownAnswer
    return answer


async def _told(session: AsyncSession, answer: Answer, text: str) -> Told:
    asked = await words(session, answer.follow_ups)
    follow_ups = tuple(Question(name, asked[name]) for name in answer.follow_ups if name in asked)
    return Told(answer.question, text, follow_ups, answer.offers_person)


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
