"""Word an answer anew, live at once; what was said before is kept, and may come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.answers.errors import AnswerEditedMeanwhile, AnswerUnsound, UnknownAnswer
from admissions.answers.file import AnswerEntry, AnswersFile
from admissions.answers.models import Answer, AnswerEdit
from admissions.answers.rules import Counts, fingerprint
from admissions.answers.service.loading import counting, told_entry


@dataclass(frozen=True)
class Wording:
    """What an answer says, where that comes from, and when a person last compared the two."""

    text: str
    source: str
    checked_on: date


@dataclass(frozen=True)
class Worded:
    """An answer as an editor sees it.

    Attributes:
        told: What applicants are told.
        file: What the file says.
        facts: What both rest on.
        newest: The newest edit; None where there was none.
        counts: Which of the two is told, and whether a person has to settle it.
    """

    name: str
    question: str
    told: Wording
    file: Wording
    facts: tuple[str, ...]
    newest: AnswerEdit | None
    counts: Counts

    @property
    def seen(self) -> int:
        """What to say when editing it, so that nobody overwrites what they did not see."""
        return self.newest.id if self.newest else 0


async def worded(session: AsyncSession, file: AnswersFile, name: str) -> Worded:
    """Return an answer as an editor needs it.

    Raises:
        UnknownAnswer: The file has none of that name.
    """
    entry = _entry(file, name)
    newest = await _newest(session, name)
    told = told_entry(file, name, newest)
    return Worded(
        name,
        entry.question,
        _wording(told),
        _wording(entry),
        tuple(entry.facts),
        newest,
        counting(file, name, newest),
    )


async def history(session: AsyncSession, name: str) -> Sequence[AnswerEdit]:
    """Return all edits of an answer, the newest first."""
    edits = select(AnswerEdit).where(AnswerEdit.answer == name).order_by(AnswerEdit.id.desc())
    return (await session.scalars(edits)).all()


async def get_edit(session: AsyncSession, edit_id: int) -> AnswerEdit:
    """Return an edit.

    Raises:
        UnknownAnswer: There is none.
    """
    edit = await session.get(AnswerEdit, edit_id)
    if edit is None:
        raise UnknownAnswer
    return edit


def check(file: AnswersFile, name: str, wording: Wording) -> AnswerEntry:
    """Check what an answer is to say, by the rules of the file, and return it as it would stand there.

    Raises:
        UnknownAnswer: The file has none of that name.
        AnswerUnsound: It is empty or too long, or says what none of its facts supports.
    """
    whole = _entry(file, name).model_dump() | vars(wording)
    try:
        entry = AnswerEntry.model_validate(whole)
    except ValidationError as error:
        raise AnswerUnsound([f"{detail['loc'][0]}: {detail['msg']}" for detail in error.errors()]) from None
    if found := file.problems_of(name, entry):
        raise AnswerUnsound([f"{field}: {why}" for field, why in found])
    return entry


async def edit(
    session: AsyncSession,
    file: AnswersFile,
    name: str,
    wording: Wording,
    *,
    seen: int,
    by: str,
    at: datetime,
) -> None:
    """Have an answer say something else from now on.

    Args:
        session: An open session.
        file: The answers file.
        name: Which answer.
        wording: What it says from now on.
        seen: The newest edit that the editor saw (`Worded.seen`).
        by: The editor's name.
        at: Now, aware.

    Raises:
        UnknownAnswer: The file has none of that name.
        AnswerUnsound: It says what none of its facts supports, or too much, or nothing.
        AnswerEditedMeanwhile: A colleague was quicker.
    """
    entry = check(file, name, wording)
    await _write(session, file, name, entry, seen=seen, by=by, at=at)


async def revert(session: AsyncSession, file: AnswersFile, name: str, *, seen: int, by: str, at: datetime) -> None:
    """Have an answer say again what the file says.

    Raises:
        UnknownAnswer: The file has none of that name.
        AnswerEditedMeanwhile: A colleague was quicker.
    """
    _entry(file, name)
    await _write(session, file, name, None, seen=seen, by=by, at=at)


async def _write(
    session: AsyncSession,
    file: AnswersFile,
    name: str,
    entry: AnswerEntry | None,
    *,
    seen: int,
    by: str,
    at: datetime,
) -> None:
    row = await session.get(Answer, name, with_for_update=True, populate_existing=True)
    if row is None:
        raise UnknownAnswer
    newest = await _newest(session, name)
    if newest and newest.id != seen:
        raise AnswerEditedMeanwhile(newest.edited_by)
    base = file.answers[name]
    told = entry or base
    session.add(
        AnswerEdit(
            answer=name,
            text=entry.text if entry else None,
            source=entry.source if entry else None,
            checked_on=entry.checked_on if entry else None,
            base=fingerprint(base.text, base.source),
            edited_by=by,
            edited_at=at,
        )
    )
    row.text, row.source, row.checked_on = told.text, told.source, told.checked_on
    await session.flush()


async def _newest(session: AsyncSession, name: str) -> AnswerEdit | None:
    newest = select(AnswerEdit).where(AnswerEdit.answer == name).order_by(AnswerEdit.id.desc()).limit(1)
    found: AnswerEdit | None = await session.scalar(newest)
    return found


def _entry(file: AnswersFile, name: str) -> AnswerEntry:
    if name not in file.answers:
        raise UnknownAnswer
    return file.answers[name]


def _wording(entry: AnswerEntry) -> Wording:
    return Wording(entry.text, entry.source, entry.checked_on)
