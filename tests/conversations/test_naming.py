"""What a message names is used: a country and dates for the application, a document, a reference."""

from bot import texts
from tests.assistant import Assistant
from tests.conversations.test_applying import at_step, reviewed
from tests.conversations.test_asking import ANSWERS
from tests.conversations.test_uploading import CV, LETTER, TRANSCRIPTS, sorts
from tests.people import an_applicant
from tests.personas import Person
from tests.unit.documents.files import pdf

MISSING, RECEIVED = (texts.DOCUMENT_LINES[state] for state in ("missing", "received"))
NOBODYS = "7K4M-WQ3X"


async def submitted(applicant: Person) -> str:
    """Hand an application in; return its reference."""
    thanks = await applicant.taps(texts.SUBMIT, await reviewed(applicant))
    await applicant.hears()
    return thanks.text.split("Your reference is ")[1][: len(NOBODYS)]


async def test_a_document_is_asked_about_by_its_name(amina: Person) -> None:
    told = await amina.says("did you get my transcript?")
    assert told.text == f"{MISSING.format(title=TRANSCRIPTS, reason='').strip()}\n\n{texts.SEND_IT_HERE}"
    await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    told = await amina.says("did you receive my resume")
    assert told.text == RECEIVED.format(title=CV, reason="").strip()
    assert TRANSCRIPTS in (await amina.taps(texts.ALL_DOCUMENTS, told)).text


async def test_a_letter_that_is_missing_can_be_asked_of_a_referee(amina: Person) -> None:
    told = await amina.says("did my letter of recomendation arrive already")
    assert LETTER in told.text
    assert told.buttons == [texts.ASK_REFEREE, texts.ALL_DOCUMENTS]


async def test_a_document_that_nobody_asked_for_is_said_to_be_none(amina: Person) -> None:
    told = await amina.says("where do i upload my police clearance certificate")
    assert told.text == texts.DOCUMENT_NOT_ASKED.format(title="Background check")


async def test_a_reference_shows_its_application_to_its_applicant_alone(
    assistant: Assistant, amina: Person
) -> None:
    theirs = await submitted(amina)
    for asked in (theirs.lower(), f"what about {theirs}", f"any news on hmc-{theirs} pls"):
        await amina.send(asked)
        picture, words = await amina.hears_all(2)
        assert theirs in picture.text
        assert texts.STATUSES["submitted"] in words.text

    bilal = await an_applicant(assistant, "Bilal")
    for reference in (theirs, NOBODYS):
        refused = await bilal.says(f"what about {reference}")
        assert refused.text == texts.NOT_YOURS.format(reference=reference)
        assert refused.buttons[-2:] == [texts.STATUS, texts.PERSON]


async def test_whence_and_when_is_offered_to_the_application_and_taken_only_when_confirmed(
    amina: Person,
) -> None:
    assert (await amina.says("i am from pakistan do u help with visa")).text.startswith(
        ANSWERS["faq_visa"].question
    )
    assert (await amina.says("4 weeks in march 2027")).text.startswith(ANSWERS["faq_duration_dates"].question)
    await amina.send("/apply")
    found, asked = await amina.hears_all(2)
    assert found.text.startswith(texts.FOUND)
    assert "Pakistan" in found.text
    assert "4 weeks, Monday 1 March 2027" in found.text
    assert texts.QUESTIONS["standing"].ask in asked.text
    asked = await amina.taps(texts.TAKE_ALL, found)
    assert asked.text.startswith("Step 3 of 13")


async def test_what_is_said_with_the_wish_to_apply_is_offered_too(amina: Person) -> None:
    await amina.send("i want to apply for 4 weeks in april 2027, i am from nigeria")
    found, asked = await amina.hears_all(2)
    assert "Nigeria" in found.text
    assert "4 weeks" in found.text
    assert (await amina.taps(texts.TAKE_NONE, found)).text == asked.text


async def test_a_country_and_a_date_alone_are_asked_about(amina: Person) -> None:
    assert (await amina.says("nigeria?")).text.startswith(ANSWERS["faq_requirements"].question)
    assert (await amina.says("march 3-28")).text.startswith(ANSWERS["faq_duration_dates"].question)


async def test_the_same_question_is_asked_about_another_case(amina: Person) -> None:
    await amina.says("how much does it cost")
    for case in ("and for 8 weeks?", "what about for cardiology", "is it the same for graduates?"):
        assert (await amina.says(case)).text.startswith(ANSWERS["faq_cost"].question)


async def test_among_several_questions_a_document_and_a_status_are_shown_after_the_answers(amina: Person) -> None:
    await amina.send("how much does it cost? did you get my transcript? any news?")
    answer, document, status = await amina.hears_all(3)
    assert answer.text.startswith(ANSWERS["faq_cost"].question)
    assert TRANSCRIPTS in document.text
    assert status.text == texts.NO_STATUS


async def test_among_several_questions_a_person_is_called(amina: Person) -> None:
    await amina.send("how much does it cost and can i talk to a person?")
    answer, called, *_ = await amina.hears_all(2)
    assert answer.text.startswith(ANSWERS["faq_cost"].question)
    assert "team" in called.text


async def test_amid_the_application_several_questions_are_answered_and_the_step_asked_again(amina: Person) -> None:
    question = await at_step(amina, "core_rotations")
    await amina.send("do you have cardiology? how much does it cost?")
    answer, again = await amina.hears_all(2)
    assert "Cardiology" in answer.text
    assert ANSWERS["faq_cost"].question in answer.text
    assert again.text == question.text
