"""Questions: typed, tapped, chosen from the list, corrected."""

import asyncio

import pytest

from admissions import answers
from admissions.settings import Settings
from bot import texts
from tests.personas import Person

ANSWERS = answers.read_answers(Settings.model_fields["answers_file"].default).answers
VISA, DOCUMENTS = ANSWERS["faq_visa"], ANSWERS["faq_documents"]


async def test_a_typed_question_is_answered_under_what_was_understood(amina: Person) -> None:
    answer = await amina.says("sir is there any assistance for getting visa done")
    assert answer.html.startswith(f"<b>{VISA.question}</b>")
    assert VISA.text.strip() in answer.text
    assert answer.buttons == [*(ANSWERS[name].question for name in VISA.follow_ups), texts.PERSON, texts.UNHELPFUL]


async def test_a_follow_up_is_one_tap_away(amina: Person) -> None:
    answer = await amina.says("sir is there any assistance for getting visa done")
    documents = await amina.taps(DOCUMENTS.question, answer)
    assert documents.text.startswith(DOCUMENTS.question)


async def test_the_list_of_questions_opens_and_goes_back_in_place(amina: Person) -> None:
    topics = await amina.says("/ask")
    await amina.tap("Cost", topics)
    questions = await amina.sees(topics.number, lambda bubble: "How much does it cost?" in bubble.buttons)
    await amina.tap(texts.BACK, questions)
    await amina.sees(topics.number, lambda bubble: "Cost" in bubble.buttons)
    await amina.tap("Cost", topics)
    await amina.sees(topics.number, lambda bubble: texts.BACK in bubble.buttons)
    assert (await amina.taps("How much does it cost?", topics)).text.startswith("How much does it cost?")


async def test_a_list_that_is_tapped_twice_does_not_trip(amina: Person) -> None:
    topics = await amina.says("/ask")
    await asyncio.gather(amina.tap("Cost", topics), amina.tap("Cost", topics))
    await amina.sees(topics.number, lambda bubble: texts.BACK in bubble.buttons)
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")


async def test_a_specialty_is_answered_by_its_name(amina: Person) -> None:
    for asked, told in (
        ("do u hav obgyn?", "Yes, HMC offers rotations in Obstetrics and Gynecology"),
        ("is peds available", "Yes, HMC offers rotations in Pediatrics"),
        ("any seat for IM rotation", "Yes, HMC offers rotations in Internal Medicine"),
        ("do you offer cardiolgy", "HMC writes about Cardiology"),
        ("can i rotate in dermatology", "I do not find Dermatology"),
    ):
        assert told in (await amina.says(asked)).text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("IM", "Internal Medicine"),
        ("peds?", "Pediatrics"),
        ("obgyn", "Obstetrics and Gynecology"),
        ("OB/GYN please", "Obstetrics and Gynecology"),
        ("cardiolgy", "Cardiology"),
        ("PM&R rotation", "Physical Medicine and Rehabilitation"),
        ("psych or neuro", "Psychiatry"),
    ],
)
async def test_a_bare_specialty_is_a_question_about_it(amina: Person, asked: str, told: str) -> None:
    answer = await amina.says(asked)
    assert answer.text.startswith("Is this specialty offered?")
    assert told in answer.text


async def test_an_introduction_is_greeted_and_not_answered_with_a_price(amina: Person) -> None:
    for introduction in ("i am from india", "my name is Ali and i am doctor"):
        assert "welcome" in (await amina.says(introduction)).text.lower()


async def test_a_question_without_a_specialty_gets_the_whole_list(amina: Person) -> None:
    await amina.says("do u hav obgyn?")
    assert "Psychiatry" in (await amina.says("which specialties are available with you")).text


async def test_an_edited_message_is_answered_anew_and_quoted(amina: Person) -> None:
    number = await amina.send("how much it cost")
    assert (await amina.hears()).text.startswith("How much does it cost?")
    corrected = await amina.edits(number, "do you help me with visa papers")
    assert corrected.text.startswith(VISA.question)
    assert corrected.reply_to == number


async def test_a_medical_or_legal_question_is_refused_and_a_person_offered(amina: Person) -> None:
    for asked, words in (
        ("i have chest pain since morning what medicine should i take", "emergency number"),
        ("my visa was denied can i appeal or ask asylum", "legal"),
    ):
        refused = await amina.says(asked)
        assert words in refused.text
        assert texts.PERSON in refused.buttons


async def test_what_no_fact_supports_is_said_not_to_be_known(amina: Person) -> None:
    answer = await amina.says("can i do the rotation online from my country")
    assert "do not know" in answer.text
    assert texts.PERSON in answer.buttons


async def test_several_questions_are_answered_in_one_message(amina: Person) -> None:
    answer = await amina.says("what docs do i need and do u help with visa? also how much")
    titles = [ANSWERS[name].question for name in ("faq_documents", "faq_visa", "faq_cost")]
    places = [answer.text.index(title) for title in titles]
    assert places == sorted(places)
    assert texts.PERSON in answer.buttons


async def test_a_greeting_with_a_question_answers_the_question(amina: Person) -> None:
    assert (await amina.says("hello sir, how much does it cost?")).text.startswith("How much does it cost?")


async def test_a_question_may_go_on_with_the_last_one(amina: Person) -> None:
    await amina.says("which documents do i need")
    assert (await amina.says("and for graduates?")).text.startswith(DOCUMENTS.question)
    assert (await amina.says("how long does that take")).text.startswith(ANSWERS["faq_timeline"].question)
