"""Answers: loaded from the file, told with what one may ask next."""

import pytest

from admissions import answers
from admissions.database import Database
from admissions.settings import Settings

FILE = answers.read_answers(Settings.model_fields["answers_file"].default)


@pytest.fixture(autouse=True)
async def loaded(database: Database) -> None:
    async with database.transaction() as session:
        await answers.load(session, FILE)


async def test_an_answer_comes_with_its_question_and_follow_ups(database: Database) -> None:
    async with database.reading() as session:
        told = await answers.tell(session, "faq_visa")
    assert told.question == FILE.answers["faq_visa"].question
    assert [question.name for question in told.follow_ups] == FILE.answers["faq_visa"].follow_ups
    assert told.offers_person


async def test_loading_a_changed_file_replaces_what_was_there(database: Database) -> None:
    entry = FILE.answers["faq_remote"].model_copy(update={"text": "New words.", "follow_ups": []})
    changed = answers.AnswersFile(answers={"faq_remote": entry}, specialties={})
    async with database.transaction() as session:
        await answers.load(session, changed)
    async with database.reading() as session:
        assert (await answers.tell(session, "faq_remote")).text == "New words."
        with pytest.raises(answers.UnknownAnswer):
            await answers.tell(session, "faq_visa")


async def test_topics_and_their_questions_keep_the_order_of_the_file(database: Database) -> None:
    async with database.reading() as session:
        topics = await answers.topics(session)
        names = [question.name for topic in topics for question in await answers.questions(session, topic)]
    assert names == [name for name, entry in FILE.answers.items() if entry.topic]


async def test_a_topic_that_is_gone_has_no_questions(database: Database) -> None:
    async with database.reading() as session:
        assert await answers.questions(session, "Gardening") == []


@pytest.mark.parametrize(
    ("asked", "rests_on"),
    [
        (["Pediatrics"], ["specialty_offered"]),
        (["Cardiology"], ["specialty_to_confirm"]),
        (["Dermatology"], ["specialty_unlisted"]),
        (["Pediatrics", "Dermatology", "Surgery"], ["specialty_offered", "specialty_unlisted"]),
    ],
)
async def test_a_specialty_is_answered_as_the_facts_have_it(
    database: Database, asked: list[str], rests_on: list[str]
) -> None:
    async with database.reading() as session:
        told = await answers.tell_specialties(session, asked)
    beginnings = [FILE.answers[name].text.split("{")[0] for name in rests_on]
    assert [beginning in told.text for beginning in beginnings] == [True] * len(rests_on)
    assert all(specialty in told.text for specialty in asked)


async def test_two_specialties_of_a_kind_are_told_in_one_sentence(database: Database) -> None:
    async with database.reading() as session:
        told = await answers.tell_specialties(session, ["Surgery", "Pediatrics", "Surgery"])
    assert "Surgery and Pediatrics" in told.text
