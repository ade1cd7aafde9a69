"""A CV answers questions of the application: shown, taken when confirmed, dropped when not wanted."""

from io import BytesIO

import pytest
from docx import Document as WordDocument
from reportlab.pdfgen.canvas import Canvas

from bot import texts
from tests.conversations.test_applying import at_step
from tests.conversations.test_uploading import CV, STATEMENT, TITLES, last_of, sends_album
from tests.personas import Bubble, Person
from tests.unit.documents.files import picture

LINES = (
    "Zainab Okoro",
    "zainab.okoro@example.org | +234 803 765 4321",
    "Education",
    "MBBS, University of Ibadan College of Medicine, Nigeria",
    "2017 - 2023",
)
FOUND = ("full_name", "email", "phone", "medical_school", "standing")


def pdf(*lines: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * number, line)
    canvas.save()
    return file.getvalue()


def docx(*lines: str) -> bytes:
    file, document = BytesIO(), WordDocument()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def scan() -> bytes:
    file = BytesIO()
    picture().save(file, "PDF")
    return file.getvalue()


async def sends_cv(person: Person, name: str, content: bytes, *, bubbles: int = 2) -> Bubble:
    """Send a first file as the CV; return the last thing said about it: the checklist comes first."""
    await person.tap(CV, await person.uploads(name, content))
    return (await person.hears_all(bubbles))[-1]


async def suggests_nothing(person: Person) -> bool:
    """Tell whether the very next thing the bot says is the answer to the next message."""
    return texts.WELCOME in (await person.says("/start")).text


@pytest.mark.parametrize(
    ("name", "content"), [("cv.pdf", pdf(*LINES)), ("cv.docx", docx(*LINES))], ids=["PDF", "DOCX"]
)
async def test_a_cv_before_the_application_answers_its_questions(amina: Person, name: str, content: bytes) -> None:
    found = await sends_cv(amina, name, content)
    assert found.text.startswith(texts.FOUND_IN_CV)
    for words in ("Zainab Okoro", "zainab.okoro@example.org", "University of Ibadan", "2023"):
        assert words in found.text
    names = {texts.TAKE.format(name=texts.QUESTIONS[question].name) for question in FOUND}
    assert set(found.buttons) == {texts.TAKE_ALL, *names, texts.TAKE_NONE}

    asked = await amina.taps(texts.TAKE_ALL, found)
    assert asked.text.startswith("Step 6 of 13")
    assert texts.QUESTIONS["core_rotations"].ask in asked.text
    assert texts.QUESTIONS["english"].ask in (await amina.says("yes")).text
    assert texts.QUESTIONS["citizenship"].ask in (await amina.says("IELTS 7.5")).text
    assert texts.QUESTIONS["specialties"].ask in (await amina.says("Nigeria")).text


async def test_one_answer_of_a_cv_may_be_taken_alone(amina: Person) -> None:
    found = await sends_cv(amina, "cv.pdf", pdf(*LINES))
    asked = await amina.taps(texts.TAKE.format(name=texts.QUESTIONS["email"].name), found)
    assert asked.text.startswith("Step 2 of 13")
    assert texts.QUESTIONS["standing"].ask in asked.text


async def test_what_a_cv_suggests_is_dropped_when_it_is_not_wanted(amina: Person) -> None:
    found = await sends_cv(amina, "cv.pdf", pdf(*LINES))
    assert texts.QUESTIONS["standing"].ask in (await amina.taps(texts.TAKE_NONE, found)).text
    assert texts.QUESTIONS["core_rotations"].ask in (await amina.says("graduated 2023")).text
    late = await amina.taps(texts.TAKE.format(name=texts.QUESTIONS["email"].name), found)
    assert late.text == texts.SUGGESTION_NOT_FOUND


async def test_nothing_of_a_cv_is_taken_unasked(amina: Person) -> None:
    await sends_cv(amina, "cv.pdf", pdf(*LINES))
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")
    asked = await amina.says("/apply")
    assert asked.text.startswith("Step 1 of 13")
    assert texts.QUESTIONS["standing"].ask in asked.text


@pytest.mark.parametrize(
    ("name", "content"),
    [("cv.pdf", scan()), ("cv.pdf", pdf("curriculum vitae")), ("cv.docx", docx("hobbies: chess"))],
    ids=["a scan", "a PDF that says nothing", "a DOCX that says nothing"],
)
async def test_a_cv_without_answers_suggests_nothing(amina: Person, name: str, content: bytes) -> None:
    await sends_cv(amina, name, content, bubbles=1)
    assert await suggests_nothing(amina)
    assert texts.QUESTIONS["standing"].ask in (await amina.says("/apply")).text


async def test_a_cv_alone_begins_no_application(amina: Person) -> None:
    await sends_cv(amina, "cv.pdf", pdf(*LINES))
    withdrawn = await amina.says("i want to withdraw my application")
    assert withdrawn.text == texts.APPLICATION_NOT_FOUND
    assert (await amina.says("/back")).text == texts.APPLICATION_NOT_FOUND


async def test_only_a_cv_is_read(amina: Person) -> None:
    question = await amina.uploads("statement.pdf", pdf(*LINES))
    await amina.taps(STATEMENT, question)
    assert await suggests_nothing(amina)


async def test_a_cv_amid_the_application_answers_only_what_is_open(amina: Person) -> None:
    await at_step(amina, "phone")
    found = await sends_cv(amina, "cv.pdf", pdf(*LINES))
    assert "University of Ibadan" in found.text
    assert "Zainab Okoro" not in found.text
    assert texts.QUESTIONS["citizenship"].ask in (await amina.taps(texts.TAKE_ALL, found)).text


async def test_a_cv_that_adds_nothing_suggests_nothing(amina: Person) -> None:
    await at_step(amina, "specialties")
    await sends_cv(amina, "cv.pdf", pdf(*LINES), bubbles=1)
    assert await suggests_nothing(amina)


async def test_a_cv_after_the_application_was_submitted_suggests_nothing(amina: Person) -> None:
    await at_step(amina, "consent")
    await amina.tap(texts.SUBMIT, await amina.says("I agree"))
    await amina.hears_all(2)
    await sends_cv(amina, "cv.pdf", pdf(*LINES), bubbles=1)
    assert await suggests_nothing(amina)


async def test_a_file_of_an_album_is_read_after_the_next_is_asked_about(amina: Person) -> None:
    files = [("cv.pdf", pdf(*LINES)), ("statement.pdf", pdf("I want to heal"))]
    question = await sends_album(amina, *files, kind="document")
    question = await amina.sees(question.number, lambda bubble: "2 files" in bubble.text)
    await amina.tap(CV, question)
    _, following, found = await amina.hears_all(3)
    assert set(following.buttons) >= {*TITLES.values()}
    assert found.text.startswith(texts.FOUND_IN_CV)


async def test_a_file_that_turns_out_to_be_the_cv_is_read_then(amina: Person) -> None:
    question = await amina.uploads("statement.pdf", pdf(*LINES))
    await amina.taps(STATEMENT, question)
    saved = await amina.sees(question.number, lambda bubble: texts.CHANGE_DOCUMENT in bubble.buttons)
    await amina.tap(texts.CHANGE_DOCUMENT, saved)
    again = await amina.sees(saved.number, lambda bubble: texts.LEAVE_IT in bubble.buttons)
    assert (await amina.taps(CV, again)).text.startswith(texts.FOUND_IN_CV)
    assert texts.WELCOME in (await last_of(amina, "/start")).text
