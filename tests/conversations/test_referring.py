"""A referee sends the letter: by a link that is for one person and one letter."""

import re

import pytest

from admissions import documents
from admissions.documents import DocumentKind
from bot import texts
from tests.assistant import Assistant
from tests.people import a_newcomer, an_applicant
from tests.personas import Bubble, Person
from tests.unit.documents.files import archive, jpeg, pdf

FILE = documents.read_documents()
LETTER = FILE.documents[DocumentKind.LETTER_OF_RECOMMENDATION].title
CV = FILE.documents[DocumentKind.CV].title


@pytest.fixture
async def okafor(assistant: Assistant) -> Person:
    """A referee, who never wrote to the bot."""
    return await a_newcomer(assistant, "Okafor")


async def asks_referee(applicant: Person) -> tuple[str, Bubble]:
    """Tap the button on the checklist; return the link's payload, and the checklist."""
    checklist = await applicant.says("/documents")
    told = await applicant.taps(texts.ASK_REFEREE, checklist)
    assert f"good for {FILE.referee_link_days} days" in told.text
    [payload] = re.findall(r"https://t\.me/\w+\?start=(letter_[\w-]+)\s", told.text)
    return payload, checklist


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("secret words.pdf", pdf("She is good"), "document"), ("p.jpg", jpeg(), "photo")]
)
async def test_a_letter_comes_from_the_referee(
    amina: Person, okafor: Person, name: str, content: bytes, kind: str
) -> None:
    payload, checklist = await asks_referee(amina)
    asked = await amina.sees(checklist.number, lambda bubble: "was asked for it" in bubble.text)
    assert texts.DOCUMENT_ASKED.format(title=LETTER) in asked.text

    wanted = await okafor.opens(payload)
    assert wanted.text.startswith("Thank you for helping Amina Yusuf")
    assert not wanted.buttons
    thanks = await okafor.uploads(name, content, kind)
    assert thanks.text == texts.LETTER_THANKS.format(name="Amina Yusuf")

    told = await amina.hears()
    assert told.text == texts.LETTER_CAME
    done = await amina.sees(checklist.number, lambda bubble: f"• {LETTER}: received" in bubble.text)
    assert texts.ASK_REFEREE not in done.buttons
    assert "secret" not in done.text
    assert (await okafor.opens(payload)).text == texts.LINK_USED


async def test_a_link_that_somebody_opened_is_theirs_alone(
    amina: Person, okafor: Person, assistant: Assistant
) -> None:
    payload, _ = await asks_referee(amina)
    wanted = await okafor.opens(payload)
    third = await a_newcomer(assistant, "Mallory")
    assert (await third.opens(payload)).text == texts.LINK_USED
    assert texts.WHICH_DOCUMENT in (await third.uploads("letter.pdf", pdf("Mallory"))).text
    assert (await okafor.opens(payload)).text == wanted.text


@pytest.mark.parametrize("payload", ["letter_", "letter_forged", "letter_" + "A" * 32])
async def test_a_forged_link_leads_nowhere(okafor: Person, payload: str) -> None:
    assert (await okafor.opens(payload)).text == texts.LINK_UNKNOWN


async def test_ones_own_link_is_for_the_referee_and_stays_good(amina: Person, okafor: Person) -> None:
    payload, _ = await asks_referee(amina)
    assert (await amina.opens(payload)).text == texts.LINK_IS_YOURS
    assert CV in (await amina.uploads("cv.pdf", pdf("Amina"))).buttons
    assert "Amina Yusuf" in (await okafor.opens(payload)).text


async def test_a_letter_that_cannot_be_taken_is_asked_for_again(amina: Person, okafor: Person) -> None:
    payload, checklist = await asks_referee(amina)
    await okafor.opens(payload)
    refused = await okafor.uploads("letter.pdf", archive(letter=b"She is good"))
    assert refused.text == texts.FILE_TYPES["zip"]
    assert refused.reply_to
    assert (await okafor.uploads("letter.pdf", pdf("good"))).text.startswith("Thank you!")
    await amina.sees(checklist.number, lambda bubble: f"• {LETTER}: received" in bubble.text)


async def test_a_referee_of_two_is_told_for_whom_the_next_file_is(
    amina: Person, okafor: Person, assistant: Assistant
) -> None:
    omar = await an_applicant(assistant, "Omar")
    for_amina, _ = await asks_referee(amina)
    for_omar, _ = await asks_referee(omar)
    await okafor.opens(for_amina)
    await okafor.opens(for_omar)
    await okafor.opens(for_amina)
    assert (await okafor.hears()).text == texts.LETTER_FIRST.format(name="Omar Yusuf")
    first = await okafor.uploads("letter.pdf", pdf("Omar is good"))
    assert first.text == texts.LETTER_THANKS_NEXT.format(name="Omar Yusuf", next="Amina Yusuf")
    assert (await omar.hears()).text == texts.LETTER_CAME
    second = await okafor.uploads("letter.pdf", pdf("Amina is good"))
    assert second.text == texts.LETTER_THANKS.format(name="Amina Yusuf")
    assert (await amina.hears()).text == texts.LETTER_CAME
