"""What the checklist and the questions about files look like."""

from datetime import UTC, datetime

import pytest

from admissions import documents
from admissions.documents import Checklist, ChecklistItem, DocumentKind, DocumentState, FileKind, Upload
from bot import texts
from bot.document_bubbles import of_album, of_checklist, of_question, short_name, what_is_next

FILE = documents.read_documents()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def item(state: DocumentState, *, required: bool = True, **more: object) -> ChecklistItem:
    return ChecklistItem(DocumentKind.CV, "CV", state, required, several_pages=True, **more)  # type: ignore[arg-type]


def upload(name: str = "cv.pdf", kind: FileKind = FileKind.PDF, number: int = 1) -> Upload:
    return Upload(id=number, file_name=name, file_kind=kind)


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        ("missing", "○"),
        ("received", "•"),
        ("in_review", "•"),
        ("approved", "✓"),
        ("rejected", "✗"),
        ("expired", "✗"),
    ],
)
def test_each_state_has_its_sign(state: str, sign: str) -> None:
    bubble = of_checklist(Checklist((item(DocumentState(state)),)), [])
    assert bubble.text.startswith(f"{sign} CV")


def test_a_rejected_document_has_the_reason_and_is_next() -> None:
    checklist = Checklist((item(DocumentState.REJECTED, reason="Page 2 is missing."),))
    text = of_checklist(checklist, []).text
    assert "✗ CV: not accepted. Page 2 is missing." in text
    assert text.endswith(texts.NEXT_DOCUMENT_AGAIN.format(title="CV"))


def test_the_checklist_stays_one_message_however_long_the_reasons_and_names() -> None:
    items = [item(DocumentState.REJECTED, reason="very long & odd " * 500) for _ in DocumentKind]
    unsorted = [upload("x" * 100 + ".pdf", number=number) for number in range(50)]
    assert len(of_checklist(Checklist(tuple(items)), unsorted).pages()) == 1


def test_what_a_referee_was_asked_for_is_waited_for() -> None:
    checklist = Checklist((item(DocumentState.MISSING, asked_at=NOON),))
    assert of_checklist(checklist, []).text.startswith(texts.DOCUMENT_ASKED.format(title="CV"))
    assert what_is_next(checklist) == texts.DOCUMENTS_AWAITED


def test_nothing_missing_is_said() -> None:
    assert what_is_next(Checklist((item(DocumentState.RECEIVED),))) == texts.DOCUMENTS_COMPLETE


def test_the_guesses_come_first_and_the_present_kind_is_not_asked_again() -> None:
    bubble = of_question(FILE, upload("toefl transcript.pdf"), "", sorted_as=DocumentKind.CV)
    assert bubble.inline_keyboard
    titles = [row[0].text for row in bubble.inline_keyboard.inline_keyboard]
    guessed = {FILE.documents[kind].title for kind in (DocumentKind.ENGLISH_PROOF, DocumentKind.TRANSCRIPTS)}
    assert set(titles[:2]) == guessed
    assert FILE.documents[DocumentKind.CV].title not in titles


def test_one_pdf_is_offered_for_photos_only() -> None:
    photos = [upload("photo.jpg", FileKind.JPEG), upload("photo.heic", FileKind.HEIC, 2)]
    assert "2 photos" in of_album(FILE, photos, caption=None).text
    assert "2 files" in of_album(FILE, [photos[0], upload(number=2)], caption=None).text
    assert texts.WHICH_DOCUMENT in of_album(FILE, photos[:1], caption=None).text


def test_a_long_name_keeps_its_ending() -> None:
    assert short_name(upload("x" * 90 + ".pdf")).endswith(".pdf")
    assert len(short_name(upload("x" * 90 + ".pdf"))) <= 40
