"""Bring the answers file into the database, without undoing what staff worded in the chat."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.answers.file import AnswerEntry, AnswersFile
from admissions.answers.models import Answer, AnswerEdit, Specialty
from admissions.answers.rules import Counts, fingerprint, which_counts

EDIT_COUNTS = (Counts.EDIT, Counts.EDIT_UNTIL_SETTLED)
UNSETTLED = (Counts.EDIT_UNTIL_SETTLED, Counts.FILE_AS_EDIT_FAILS)
"""What a person has to look at."""


async def load(session: AsyncSession, file: AnswersFile) -> None:
    """Make the stored answers and specialties those of the file, with what staff worded since laid over them."""
    await session.execute(delete(Specialty))
    await session.execute(delete(Answer))
    edits = await newest_edits(session)
    for position, (name, entry) in enumerate(file.answers.items()):
        told = told_entry(file, name, edits.get(name))
        session.add(Answer(name=name, position=position, **entry.model_dump() | told.model_dump()))
    await session.flush()
    session.add_all(
        Specialty(name=specialty, answer=answer)
        for answer, specialties in file.specialties.items()
        for specialty in specialties
    )


async def unsettled(session: AsyncSession, file: AnswersFile) -> Mapping[str, Counts]:
    """Return the answers on which the file and the newest edit disagree, and which of them is told meanwhile."""
    edits = await newest_edits(session)
    counts = {name: counting(file, name, edits.get(name)) for name in file.answers}
    return {name: each for name, each in counts.items() if each in UNSETTLED}


async def newest_edits(session: AsyncSession) -> Mapping[str, AnswerEdit]:
    """Return the newest edit of each answer that was ever edited, by the answer's name."""
    newest = select(func.max(AnswerEdit.id)).group_by(AnswerEdit.answer)
    rows = await session.scalars(select(AnswerEdit).where(AnswerEdit.id.in_(newest)))
    return {edit.answer: edit for edit in rows}


def counting(file: AnswersFile, name: str, edit: AnswerEdit | None) -> Counts:
    """Tell whether the file's words or the edit's count for an answer."""
    entry = file.answers[name]
    is_sound = edit is None or edit.text is None or not file.problems_of(name, edited(entry, edit))
    return which_counts(
        entry.text,
        fingerprint(entry.text, entry.source),
        edit.text if edit else None,
        edit.base if edit else None,
        edit_is_sound=is_sound,
    )


def told_entry(file: AnswersFile, name: str, edit: AnswerEdit | None) -> AnswerEntry:
    """Return an answer as applicants are told it."""
    entry = file.answers[name]
    return edited(entry, edit) if edit and counting(file, name, edit) in EDIT_COUNTS else entry


def edited(entry: AnswerEntry, edit: AnswerEdit) -> AnswerEntry:
    """Return an answer of the file in the words of an edit."""
    words = {"text": edit.text, "source": edit.source, "checked_on": edit.checked_on}
    return entry.model_copy(update=words)
