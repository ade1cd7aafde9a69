"""A referee sends the letter: by a link that is for one person and one letter."""

import re

import pytest

from admissions import documents
from admissions.documents import DocumentKind
from bot import texts
from tests.assistant import Assistant
from tests.conversations.test_uploading import sends_album
from tests.people import a_newcomer, an_applicant
from tests.personas import Bubble, Person
from tests.unit.documents.files import archive, docx, jpeg, pdf

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
    assert thanks.text.startswith(texts.LETTER_THANKS.format(name="Amina Yusuf"))

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


async def test_a_referee_of_two_says_for_whom_the_file_is(
    amina: Person, okafor: Person, assistant: Assistant
) -> None:
    omar = await an_applicant(assistant, "Omar")
    for_amina, _ = await asks_referee(amina)
    for_omar, _ = await asks_referee(omar)
    await okafor.opens(for_amina)
    await okafor.opens(for_omar)
    asked = await okafor.uploads("letter.pdf", pdf("Amina is good"))
    for_amina, for_omar = (texts.FOR_LETTER.format(name=f"{name} Yusuf") for name in ("Amina", "Omar"))
    assert asked.buttons == [for_omar, for_amina, texts.FOR_MYSELF]
    await okafor.tap(for_amina, asked)
    thanks = texts.LETTER_THANKS.format(name="Amina Yusuf")
    await okafor.sees(asked.number, lambda bubble: bubble.text.startswith(thanks))
    assert (await amina.hears()).text == texts.LETTER_CAME


async def sends_letter(applicant: Person, referee: Person) -> Bubble:
    """Let a referee send a letter; return the applicant's checklist."""
    payload, checklist = await asks_referee(applicant)
    await referee.opens(payload)
    assert (await referee.uploads("letter.pdf", pdf("good"))).text.startswith("Thank you!")
    assert (await applicant.hears()).text == texts.LETTER_CAME
    return checklist


async def test_another_page_after_the_letter_joins_it(amina: Person, okafor: Person) -> None:
    await sends_letter(amina, okafor)
    asked = await okafor.uploads("page 2.jpg", jpeg(), "photo")
    page, instead = (each.format(name="Amina Yusuf") for each in (texts.FOR_PAGE, texts.FOR_REPLACEMENT))
    assert asked.buttons == [page, instead, texts.FOR_MYSELF]
    await okafor.tap(page, asked)
    now_two = texts.LETTER_PAGES.format(name="Amina Yusuf", pages=2)
    await okafor.sees(asked.number, lambda bubble: bubble.text.startswith(now_two))
    assert texts.DOCUMENTS_TITLE in (await okafor.says("/documents")).text, "it is no document of the referee's"


async def test_the_wrong_file_is_replaced(amina: Person, okafor: Person) -> None:
    await sends_letter(amina, okafor)
    asked = await okafor.uploads("right.pdf", pdf("the right one"))
    await okafor.tap(texts.FOR_REPLACEMENT.format(name="Amina Yusuf"), asked)
    await okafor.sees(asked.number, lambda bubble: "There is nothing else to do" in bubble.text)


async def test_the_photos_of_one_album_are_one_letter(amina: Person, okafor: Person) -> None:
    payload, checklist = await asks_referee(amina)
    await okafor.opens(payload)
    thanks = await sends_album(okafor, *[("page.jpg", jpeg(colour=colour)) for colour in ("red", "green", "blue")])
    now_three = texts.LETTER_PAGES.format(name="Amina Yusuf", pages=3)
    await okafor.sees(thanks.number, lambda bubble: bubble.text.startswith(now_three))
    assert (await amina.hears()).text == texts.LETTER_CAME
    await amina.sees(checklist.number, lambda bubble: f"• {LETTER}: received" in bubble.text)


async def test_a_referee_who_applies_too_says_which_file_is_their_own(amina: Person, assistant: Assistant) -> None:
    omar = await an_applicant(assistant, "Omar")
    await omar.says("/apply")
    payload, _ = await asks_referee(amina)
    await omar.opens(payload)
    asked = await omar.uploads("cv.pdf", pdf("Omar"))
    assert asked.text.endswith(texts.FOR_WHOM)
    await omar.tap(texts.FOR_MYSELF, asked)
    which = await omar.sees(asked.number, lambda bubble: texts.WHICH_DOCUMENT in bubble.text)
    assert f"• {CV}: received" in (await omar.taps(CV, which)).text

    asked = await omar.uploads("letter.pdf", pdf("Amina is good"))
    await omar.tap(texts.FOR_LETTER.format(name="Amina Yusuf"), asked)
    assert (await amina.hears()).text == texts.LETTER_CAME
    assert f"○ {LETTER}: missing" in (await omar.says("/documents")).text


async def test_a_word_file_is_no_page_of_a_letter(amina: Person, okafor: Person) -> None:
    await sends_letter(amina, okafor)
    asked = await okafor.uploads("page 2.docx", docx("page two"))
    refused = await okafor.taps(texts.FOR_PAGE.format(name="Amina Yusuf"), asked)
    assert refused.text == texts.PAGES_NOT_JOINABLE
