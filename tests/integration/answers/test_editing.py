"""The answers file and what staff word in the chat: neither silently replaces the other."""

from datetime import date, datetime
from typing import Any

import pytest

from admissions import answers
from admissions.answers import AnswersFile, Counts, Wording
from admissions.database import Database
from admissions.settings import Settings

FILE = answers.read_answers(Settings.model_fields["answers_file"].default)
NAME, ABOUT_SPECIALTIES = "faq_visa", "specialty_offered"
EDIT = Wording("HMC helps with the papers for your visa.", "HMC's visa desk", date(2026, 11, 23))


def changed(name: str = NAME, **fields: Any) -> AnswersFile:
    """Return the file after somebody edited it."""
    entry = FILE.answers[name].model_copy(update=fields)
    return AnswersFile(answers={**FILE.answers, name: entry}, specialties=FILE.specialties)


async def loaded(database: Database, file: AnswersFile = FILE) -> None:
    async with database.transaction() as session:
        await answers.load(session, file)


async def told(database: Database) -> str:
    async with database.reading() as session:
        return (await answers.tell(session, NAME)).text


async def edited(database: Database, now: datetime, wording: Wording = EDIT, *, seen: int = 0) -> None:
    async with database.transaction() as session:
        await answers.edit(session, FILE, NAME, wording, seen=seen, by="Dana", at=now)


async def counts(database: Database, file: AnswersFile) -> Counts:
    async with database.reading() as session:
        return (await answers.worded(session, file, NAME)).counts


async def test_an_edit_outlives_the_next_start(database: Database, now: datetime) -> None:
    await loaded(database)
    await edited(database, now)
    await loaded(database)
    assert await told(database) == EDIT.text
    assert await counts(database, FILE) is Counts.EDIT


async def test_a_file_that_changed_since_is_a_conflict_that_stays_visible_until_settled(
    database: Database, now: datetime
) -> None:
    await loaded(database)
    await edited(database, now)
    file = changed(text="HMC helps with the visa.")
    await loaded(database, file)
    assert await told(database) == EDIT.text
    async with database.reading() as session:
        assert await answers.unsettled(session, file) == {NAME: Counts.EDIT_UNTIL_SETTLED}
    async with database.transaction() as session:
        one = await answers.worded(session, file, NAME)
        await answers.revert(session, file, NAME, seen=one.seen, by="Dana", at=now)
    assert await told(database) == "HMC helps with the visa."
    async with database.reading() as session:
        assert await answers.unsettled(session, file) == {}


async def test_keeping_the_edit_settles_it_too(database: Database, now: datetime) -> None:
    await loaded(database)
    await edited(database, now)
    file = changed(text="HMC helps with the visa.")
    await loaded(database, file)
    async with database.transaction() as session:
        one = await answers.worded(session, file, NAME)
        await answers.edit(session, file, NAME, one.told, seen=one.seen, by="Dana", at=now)
    await loaded(database, file)
    assert await told(database) == EDIT.text
    assert await counts(database, file) is Counts.EDIT


async def test_a_file_that_says_the_same_by_now_is_no_conflict(database: Database, now: datetime) -> None:
    await loaded(database)
    await edited(database, now)
    file = changed(text=EDIT.text, source="The guide")
    await loaded(database, file)
    assert await counts(database, file) is Counts.FILE


async def test_a_new_day_of_checking_in_the_file_is_no_conflict(database: Database, now: datetime) -> None:
    await loaded(database)
    await edited(database, now)
    file = changed(checked_on=date(2026, 12, 1))
    await loaded(database, file)
    assert await counts(database, file) is Counts.EDIT


async def test_an_edit_that_its_facts_do_not_support_any_more_is_not_told(
    database: Database, now: datetime
) -> None:
    await loaded(database)
    wording = Wording("Apply 2 months before.", "HMC's FAQ page", date(2026, 11, 23))
    timeline = "faq_timeline"
    async with database.transaction() as session:
        await answers.edit(session, FILE, timeline, wording, seen=0, by="Dana", at=now)
    file = changed(timeline, facts=["G5"], text="Apply early.", offers_person=True)
    await loaded(database, file)
    async with database.reading() as session:
        assert (await answers.tell(session, timeline)).text == "Apply early."
        assert await answers.unsettled(session, file) == {timeline: Counts.FILE_AS_EDIT_FAILS}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (NAME, "", "text"),
        (NAME, "It takes 99 days.", "none of its facts has the number 99"),
        (NAME, "x" * 9000, "text"),
        (ABOUT_SPECIALTIES, "Yes, HMC offers it.", "it must say {specialties}"),
        (ABOUT_SPECIALTIES, "Yes: {specialties}, {name}", "braces are for {specialties} alone"),
    ],
)
def test_an_edit_is_checked_like_the_file(name: str, text: str, problem: str) -> None:
    with pytest.raises(answers.AnswerUnsound) as refused:
        answers.check(FILE, name, Wording(text, "HMC", date(2026, 11, 23)))
    assert any(problem in each for each in refused.value.problems)


async def test_whoever_did_not_see_the_newest_edit_overwrites_nothing(database: Database, now: datetime) -> None:
    await loaded(database)
    await edited(database, now)
    with pytest.raises(answers.AnswerEditedMeanwhile) as refused:
        await edited(database, now, Wording("Other words.", "HMC", date(2026, 11, 23)))
    assert refused.value.by == "Dana"
    assert await told(database) == EDIT.text


async def test_all_that_was_said_is_kept(database: Database, now: datetime) -> None:
    await loaded(database)
    await edited(database, now)
    async with database.reading() as session:
        [first] = await answers.history(session, NAME)
    async with database.transaction() as session:
        await answers.revert(session, FILE, NAME, seen=first.id, by="Dana", at=now)
    async with database.reading() as session:
        assert [edit.text for edit in await answers.history(session, NAME)] == [None, EDIT.text]
    assert await told(database) == FILE.answers[NAME].text


async def test_an_answer_that_is_gone_from_the_file_takes_no_edit(database: Database, now: datetime) -> None:
    await loaded(database)
    with pytest.raises(answers.UnknownAnswer):
        async with database.transaction() as session:
            await answers.edit(session, FILE, "faq_gone", EDIT, seen=0, by="Dana", at=now)
