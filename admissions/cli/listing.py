"""`clerkship answers`: what is said, on what it rests, and what staff have to settle."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from admissions import answers
from admissions.answers import AnswersFile, Counts
from admissions.database import Database
from admissions.settings import Settings

UNSETTLED: Final[Mapping[Counts, str]] = {
    Counts.EDIT_UNTIL_SETTLED: "changed in the chat, and in the file since then; the chat's words are told.",
    Counts.FILE_AS_EDIT_FAILS: "the words of the chat say what no fact supports any more; the file's are told.",
}


def list_answers(settings: Settings) -> Iterator[str]:
    """Give a line for each answer with its facts, source and day, and one for each conflict between facts.

    Raises:
        AnswersInvalid: The answers file cannot be used.
    """
    file, facts = answers.read_answers(settings.answers_file), answers.read_facts()
    for name, answer in file.answers.items():
        rests_on = ", ".join(answer.facts) or "no fact"
        yield f"{name:<28} {answer.checked_on}  {rests_on:<24} {answer.source}"
    for fact, answered_by in conflicts(file):
        yield f"CONFLICT: {fact} says: {facts[fact].text}"
        yield f"          {answered_by} says: {facts[answered_by].text}"
        yield f"          Answers follow {answered_by} and let an advisor confirm."


async def list_unsettled(settings: Settings) -> Sequence[str]:
    """Give a line for each answer whose words in the chat and in the file disagree; none without a database."""
    file, database = (
        answers.read_answers(settings.answers_file),
        Database(settings.database_url, settings.keyring()),
    )
    try:
        async with database.reading() as session:
            found = await answers.unsettled(session, file)
    except SQLAlchemyError:  # the file can be looked at before there is a database
        return []
    finally:
        await database.close()
    return [
        f"TO SETTLE: {name}: {UNSETTLED[counts]} See /answers {name} in the staff's group."
        for name, counts in found.items()
    ]


def conflicts(file: AnswersFile) -> list[tuple[str, str]]:
    """Return each fact that answers rest on and that contradicts another, with that other."""
    rests_on = sorted({fact for answer in file.answers.values() for fact in answer.facts})
    facts = answers.read_facts()
    return [(fact, other) for fact in rests_on if (other := facts[fact].conflicts_with)]
