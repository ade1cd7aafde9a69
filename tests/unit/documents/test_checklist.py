"""The checklist: what has to come (facts G11, G12), what is there, and what is next."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from admissions.documents import Checklist, ChecklistItem, Document, DocumentState, Role, Upload, read_documents
from admissions.documents import DocumentKind as Kind
from admissions.documents.rules.checklist import make_checklist

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALWAYS = [Kind.CV, Kind.PERSONAL_STATEMENT, Kind.TRANSCRIPTS, Kind.LETTER_OF_RECOMMENDATION]


def checklist(
    *documents: Document, english_test: bool | None = False, asked_at: datetime | None = None
) -> Checklist:
    known = {document.kind: document for document in documents}
    return make_checklist(read_documents().documents, known, english_test=english_test, asked_at=asked_at)


def a(kind: Kind, state: DocumentState, *, requested_at: datetime | None = None) -> Document:
    return Document(kind=kind, state=state, version=0, requested_at=requested_at, current=None)


def all_required(state: DocumentState) -> list[Document]:
    return [a(kind, state) for kind in ALWAYS]


def item(made: Checklist, kind: Kind) -> ChecklistItem:
    return next(each for each in made.items if each.kind is kind)


def test_a_new_applicant_sees_what_the_application_needs() -> None:
    made = checklist()
    assert [each.kind for each in made.items] == ALWAYS
    assert all(each.required and each.state is DocumentState.MISSING for each in made.items)
    assert not made.is_complete


def test_who_took_a_test_has_to_prove_their_english() -> None:
    assert item(checklist(english_test=True), Kind.ENGLISH_PROOF).required


def test_before_question_8_the_proof_of_english_is_shown_and_not_required() -> None:
    assert not item(checklist(english_test=None), Kind.ENGLISH_PROOF).required


def test_what_a_coordinator_asked_for_is_required() -> None:
    made = checklist(a(Kind.BACKGROUND_CHECK, DocumentState.MISSING, requested_at=NOW))
    assert item(made, Kind.BACKGROUND_CHECK).required


def test_what_nobody_asked_for_is_shown_once_it_is_there() -> None:
    made = checklist(a(Kind.HEALTH_INSURANCE, DocumentState.RECEIVED))
    assert not item(made, Kind.HEALTH_INSURANCE).required


def test_next_is_the_first_that_is_missing() -> None:
    made = checklist(a(Kind.CV, DocumentState.RECEIVED))
    assert made.next == item(made, Kind.PERSONAL_STATEMENT)


@pytest.mark.parametrize("state", [DocumentState.REJECTED, DocumentState.EXPIRED])
def test_what_has_to_be_mended_comes_before_what_is_missing(state: DocumentState) -> None:
    made = checklist(a(Kind.TRANSCRIPTS, state))
    assert made.next == item(made, Kind.TRANSCRIPTS)


@pytest.mark.parametrize("state", [DocumentState.RECEIVED, DocumentState.IN_REVIEW, DocumentState.APPROVED])
def test_when_all_is_there_nothing_is_next(state: DocumentState) -> None:
    made = checklist(*all_required(state))
    assert made.is_complete
    assert made.next is None


def test_a_letter_that_a_referee_was_asked_for_is_waited_for() -> None:
    made = checklist(*all_required(DocumentState.RECEIVED)[:3], asked_at=NOW)
    assert item(made, Kind.LETTER_OF_RECOMMENDATION).asked_at == NOW
    assert made.next is None
    assert not made.is_complete


@pytest.mark.parametrize(
    ("sender", "file_name", "from_referee"), [(Role.APPLICANT, "lor.pdf", False), (Role.REFEREE, None, True)]
)
def test_a_referees_letter_is_shown_as_there_and_without_its_name(
    sender: Role, file_name: str | None, from_referee: bool
) -> None:
    letter = a(Kind.LETTER_OF_RECOMMENDATION, DocumentState.RECEIVED)
    letter.current = Upload(sender=sender, file_name="lor.pdf", received_at=NOW)
    shown = item(checklist(letter), Kind.LETTER_OF_RECOMMENDATION)
    assert (shown.file_name, shown.from_referee, shown.received_at) == (file_name, from_referee, NOW)


def test_what_is_required_comes_from_the_file() -> None:
    entries = read_documents().documents
    later = {kind: entry.model_copy(update={"when_required": "on_request"}) for kind, entry in entries.items()}
    made = make_checklist(later, {}, english_test=True)
    assert made == replace(made, items=())
    assert made.is_complete
