"""Documents: sent, sorted, corrected, replaced, refused; and one checklist that keeps up."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from admissions import documents
from admissions.documents import DocumentKind
from bot import texts
from tests.assistant import Assistant
from tests.personas import Bubble, Person
from tests.unit.documents.files import archive, docx, heic, jpeg, pdf

FILE = documents.read_documents()
TITLES = {kind: entry.title for kind, entry in FILE.documents.items()}
CV, STATEMENT = TITLES[DocumentKind.CV], TITLES[DocumentKind.PERSONAL_STATEMENT]
LETTER = TITLES[DocumentKind.LETTER_OF_RECOMMENDATION]
TRANSCRIPTS = TITLES[DocumentKind.TRANSCRIPTS]
PROGRAM = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200)
NOTHING = b"\0\n \0"
ZOO = {
    "empty": ("cv.pdf", NOTHING, texts.FILE_EMPTY),
    "a ZIP named .pdf": ("cv.pdf", archive(cv=b"Amina"), texts.FILE_TYPES["zip"]),
    "a program named .docx": ("cv.docx", PROGRAM, texts.FILE_TYPES["exe"]),
    "with a password": ("cv.pdf", pdf(password="secret"), texts.FILE_ENCRYPTED),
    "cut off": ("cv.pdf", pdf()[:300], texts.FILE_BROKEN),
    "a text": ("cv.txt", b"I am Amina Yusuf, a doctor from Lagos.", texts.FILE_TYPES["text"]),
    "too large": ("cv.pdf", pdf() + bytes(20 * 1024**2), texts.FILE_TOO_LARGE.format(limit=20)),
}


async def sorts(person: Person, name: str, content: bytes, title: str) -> tuple[Bubble, Bubble]:
    """Send a first file and say what it is; return what it was saved as, and the checklist."""
    question = await person.uploads(name, content)
    checklist = await person.taps(title, question)
    return await person.sees(question.number, lambda bubble: texts.CHANGE_DOCUMENT in bubble.buttons), checklist


def stored(assistant: Assistant) -> set[Path]:
    return set((assistant.folder / "documents").glob("*"))


async def test_a_cv_is_sorted_by_the_guessed_button_and_ticked_off(amina: Person) -> None:
    question = await amina.uploads("Amina_CV_2026.pdf", pdf("Amina"))
    assert "Amina_CV_2026.pdf" in question.text
    assert question.text.endswith(texts.WHICH_DOCUMENT)
    assert question.buttons[0] == CV
    assert question.buttons[-1] == texts.NONE_OF_THESE
    assert set(question.buttons[:-1]) == set(TITLES.values())

    checklist = await amina.taps(CV, question)
    assert f"• {CV}: received" in checklist.text
    assert f"○ {STATEMENT}: missing" in checklist.text
    assert texts.NEXT_DOCUMENT.format(title=STATEMENT) in checklist.text
    saved = await amina.sees(question.number, lambda bubble: CV in bubble.text)
    assert saved.text.startswith(texts.FILE_SORTED.format(name="Amina_CV_2026.pdf", title=CV))
    assert saved.buttons == [texts.CHANGE_DOCUMENT]


async def test_the_checklist_is_edited_in_place(amina: Person) -> None:
    _, checklist = await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    question = await amina.uploads("my statement.docx", docx("I want to heal"))
    assert question.buttons[0] == STATEMENT
    await amina.tap(STATEMENT, question)
    await amina.sees(checklist.number, lambda bubble: f"• {STATEMENT}: received" in bubble.text)


@pytest.mark.parametrize("asked", ["/documents", "which of my documents are still missing?"])
async def test_the_checklist_can_be_seen_any_time(amina: Person, asked: str) -> None:
    checklist = await amina.says(asked)
    assert checklist.html.startswith(f"<b>{texts.DOCUMENTS_TITLE}</b>")
    assert f"○ {CV}: missing" in checklist.text
    assert texts.DOCUMENT_PERHAPS.format(title=TITLES[DocumentKind.ENGLISH_PROOF]) in checklist.text


async def test_a_checklist_shown_anew_is_the_one_that_lives(amina: Person) -> None:
    await amina.says("/documents")
    checklist = await amina.says("/documents")
    question = await amina.uploads("cv.pdf", pdf("Amina"))
    await amina.tap(CV, question)
    await amina.sees(checklist.number, lambda bubble: f"• {CV}: received" in bubble.text)


async def test_a_wrong_guess_is_corrected(amina: Person) -> None:
    saved, checklist = await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    await amina.tap(texts.CHANGE_DOCUMENT, saved)
    question = await amina.sees(saved.number, lambda bubble: texts.LEAVE_IT in bubble.buttons)
    assert CV not in question.buttons
    await amina.tap(TRANSCRIPTS, question)
    await amina.sees(saved.number, lambda bubble: TRANSCRIPTS in bubble.text)
    corrected = await amina.sees(checklist.number, lambda bubble: f"• {TRANSCRIPTS}: received" in bubble.text)
    assert f"○ {CV}: missing" in corrected.text


async def test_a_file_may_be_left_what_it_is(amina: Person) -> None:
    saved, _ = await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    await amina.tap(texts.CHANGE_DOCUMENT, saved)
    question = await amina.sees(saved.number, lambda bubble: texts.LEAVE_IT in bubble.buttons)
    await amina.tap(texts.LEAVE_IT, question)
    left = await amina.sees(saved.number, lambda bubble: texts.CHANGE_DOCUMENT in bubble.buttons)
    assert texts.FILE_SORTED.format(name="cv.pdf", title=CV) in left.text


async def test_a_file_may_stay_unsorted_and_be_sorted_from_the_checklist(amina: Person) -> None:
    question = await amina.uploads("scan 12.pdf", pdf("Amina"))
    checklist = await amina.taps(texts.NONE_OF_THESE, question)
    assert texts.DOCUMENT_UNSORTED.format(name="scan 12.pdf") in checklist.text
    again = await amina.taps(texts.SAY_WHICH_OF.format(name="scan 12.pdf"), checklist)
    await amina.tap(CV, again)
    done = await amina.sees(checklist.number, lambda bubble: f"• {CV}: received" in bubble.text)
    assert "scan 12" not in done.text


async def test_the_same_file_again_is_recognised(amina: Person, assistant: Assistant) -> None:
    await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    kept = stored(assistant)
    again = await amina.uploads("another name.pdf", pdf("Amina"))
    assert "I have this file already" in again.text
    assert texts.FILE_KNOWN_AS.format(title=CV) in again.text
    assert again.buttons == [texts.CHANGE_DOCUMENT]
    assert stored(assistant) == kept


async def test_the_same_file_again_is_asked_about_if_nobody_said_what_it_is(amina: Person) -> None:
    await amina.uploads("cv.pdf", pdf("Amina"))
    again = await amina.uploads("cv.pdf", pdf("Amina"))
    assert "I have this file already" in again.text
    assert again.buttons[0] == CV
    assert f"• {CV}: received" in (await amina.taps(CV, again)).text


async def test_a_new_version_replaces_the_old_one_which_is_kept(amina: Person, assistant: Assistant) -> None:
    await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    kept = stored(assistant)
    question = await amina.uploads("cv new.pdf", pdf("Amina, newer"))
    await amina.tap(CV, question)
    saved = await amina.sees(question.number, lambda bubble: texts.CHANGE_DOCUMENT in bubble.buttons)
    assert texts.FILE_REPLACES in saved.text
    assert kept < stored(assistant)
    older = await amina.uploads("cv.pdf", pdf("Amina"))
    assert texts.FILE_KNOWN_OLDER.format(title=CV) in older.text


@pytest.mark.parametrize("odd", ZOO)
async def test_what_cannot_be_taken_is_refused_with_what_to_do_instead(
    amina: Person, assistant: Assistant, odd: str
) -> None:
    name, content, words = ZOO[odd]
    kept = stored(assistant)
    refused = await amina.uploads(name, content)
    assert refused.text == words
    assert refused.reply_to
    assert stored(assistant) == kept
    assert f"○ {CV}: missing" in (await amina.says("/documents")).text


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_photo_is_a_document_too(amina: Person, kind: str) -> None:
    question = await amina.uploads("IMG_1.jpg", jpeg(), kind, caption="my transcript")
    assert question.buttons[0] == TRANSCRIPTS
    assert f"• {TRANSCRIPTS}: received" in (await amina.taps(TRANSCRIPTS, question)).text


async def test_a_photo_of_an_iphone_is_taken(amina: Person) -> None:
    assert texts.WHICH_DOCUMENT in (await amina.uploads("IMG_2.HEIC", heic())).text


async def test_an_album_of_photos_is_asked_about_once_and_becomes_one_pdf(amina: Person) -> None:
    question = await sends_album(
        amina, *[("page.jpg", jpeg(colour=colour)) for colour in ("red", "green", "blue")]
    )
    question = await amina.sees(question.number, lambda bubble: "3 photos" in bubble.text)
    assert question.buttons == [texts.MAKE_ONE_PDF, texts.SEPARATE_DOCUMENTS]
    await amina.tap(texts.MAKE_ONE_PDF, question)
    which = await amina.sees(question.number, lambda bubble: texts.WHICH_DOCUMENT in bubble.text)
    assert texts.ONE_PDF_MADE.format(count=3, name="photo.pdf") in which.text
    checklist = await amina.taps(TRANSCRIPTS, which)
    assert f"• {TRANSCRIPTS}: received" in checklist.text
    assert "photo.jpg" not in checklist.text


async def test_the_photos_of_an_album_may_be_separate_documents(amina: Person) -> None:
    question = await sends_album(amina, *[("page.jpg", jpeg(colour=colour)) for colour in ("red", "green")])
    question = await amina.sees(question.number, lambda bubble: "2 photos" in bubble.text)
    await amina.tap(texts.SEPARATE_DOCUMENTS, question)
    first = await amina.sees(question.number, lambda bubble: CV in bubble.buttons)
    await amina.tap(CV, first)
    checklist, second = await amina.hears_all(2)
    assert texts.WHICH_DOCUMENT in second.text
    await amina.tap(LETTER, second)
    await amina.sees(checklist.number, lambda bubble: f"• {LETTER}: received" in bubble.text)


async def test_files_sent_together_are_asked_about_one_after_the_other(amina: Person) -> None:
    files = [("cv.pdf", pdf("Amina")), ("statement.pdf", pdf("I want to heal")), ("lor.pdf", pdf("She is good"))]
    question = await sends_album(amina, *files, kind="document")
    question = await amina.sees(question.number, lambda bubble: "3 files" in bubble.text)
    assert question.buttons[0] == CV
    await amina.tap(CV, question)
    checklist, question = await amina.hears_all(2)
    assert question.buttons[0] == STATEMENT
    question = await amina.taps(STATEMENT, question)
    await amina.tap(LETTER, question)
    await amina.sees(checklist.number, lambda bubble: f"• {LETTER}: received" in bubble.text)


async def test_an_album_sent_again_is_recognised_once(amina: Person) -> None:
    photos = [("page.jpg", jpeg(colour=colour)) for colour in ("red", "green")]
    question = await sends_album(amina, *photos)
    question = await amina.sees(question.number, lambda bubble: "2 photos" in bubble.text)
    await amina.tap(texts.MAKE_ONE_PDF, question)
    which = await amina.sees(question.number, lambda bubble: texts.WHICH_DOCUMENT in bubble.text)
    await amina.taps(CV, which)
    again = await sends_album(amina, *photos)
    assert "I have this file already" in again.text
    assert (await amina.says("/documents")).text.startswith(texts.DOCUMENTS_TITLE)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "C:\\Users\\Amina\\cv.pdf", "/home/amina/.ssh/id_rsa", ".pdf"]
)
async def test_a_name_like_a_path_is_only_a_name(amina: Person, assistant: Assistant, name: str) -> None:
    before = stored(assistant)
    question = await amina.uploads(name, pdf(name))
    assert texts.WHICH_DOCUMENT in question.text
    assert not {"/", "\\"} & set(question.text)
    [new] = stored(assistant) - before
    assert len(new.name) == 43


async def test_a_forged_tap_sorts_nothing(amina: Person) -> None:
    question = await amina.uploads("cv.pdf", pdf("Amina"))
    for data in ("sort:1:cv", "sort:999999999:cv", "sort:1:diploma", "keep:1", "merge:1", "change:1"):
        assert (await amina.forges(data, question)).text == texts.BUTTON_TOO_OLD_MENU
    assert f"○ {CV}: missing" in (await amina.says("/documents")).text


async def test_tapping_twice_sorts_once(amina: Person) -> None:
    question = await amina.uploads("cv.pdf", pdf("Amina"))
    await asyncio.gather(amina.tap(CV, question), amina.tap(CV, question))
    saved = await amina.sees(question.number, lambda bubble: texts.CHANGE_DOCUMENT in bubble.buttons)
    assert texts.FILE_REPLACES not in saved.text
    assert texts.WELCOME in (await last_of(amina, "/start")).text


async def test_a_caption_that_names_the_document_says_what_it_is(amina: Person) -> None:
    question = await amina.uploads("scan.pdf", pdf("Amina"), caption="my letter of recommendation")
    assert question.buttons[0] == LETTER
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")


async def test_a_question_below_a_file_is_answered(amina: Person) -> None:
    question = await amina.uploads("cv.pdf", pdf("Amina"), caption="how much it cost")
    assert texts.WHICH_DOCUMENT in question.text
    assert (await amina.hears()).text.startswith("How much does it cost?")


async def test_an_edited_caption_is_no_new_file(amina: Person) -> None:
    number = await amina.attach("cv.pdf", pdf("Amina"))
    await amina.hears()
    assert (await amina.edits(number, "how much it cost")).text.startswith("How much does it cost?")


async def test_a_file_that_fails_half_way_is_asked_for_again(amina: Person, assistant: Assistant) -> None:
    kept = stored(assistant)
    fault = {"method": "getFile", "kind": "500", "times": 9}
    (await assistant.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
    failed = await amina.uploads("cv.pdf", pdf("Amina"))
    (await assistant.telegram.delete("/sandbox/faults")).raise_for_status()
    assert failed.text == texts.FILE_NOT_KEPT
    assert stored(assistant) == kept
    assert texts.WHICH_DOCUMENT in (await amina.uploads("cv.pdf", pdf("Amina"))).text


async def sends_album(person: Person, *files: tuple[str, bytes], kind: str = "photo") -> Bubble:
    """Send files together, and read the one thing the bot says about them."""
    album = uuid4().hex
    for name, content in files:
        await person.attach(name, content, kind, album=album)
    return await person.hears()


async def last_of(person: Person, text: str) -> Bubble:
    """Write, and read on until the welcome comes."""
    await person.send(text)
    while texts.WELCOME not in (bubble := await person.hears()).text:
        pass
    return bubble
