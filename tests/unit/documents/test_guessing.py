"""Which document a file may be, as real people name their files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.documents import DocumentKind, guess_kinds, read_documents
from admissions.documents.values import DocumentKind as Kind

WORDS = read_documents().words


@pytest.mark.parametrize(
    ("file_name", "caption", "kind"),
    [
        ("CV.pdf", None, Kind.CV),
        ("Ali_Khan_CV_2026_final(2).pdf", None, Kind.CV),
        ("AliKhanCV.docx", None, Kind.CV),
        ("Résumé Fatima.pdf", None, Kind.CV),
        ("resume-updated.docx", None, Kind.CV),
        ("Curriculum Vitae Dr. Okafor.pdf", None, Kind.CV),
        ("curiculum vitae.pdf", None, Kind.CV),
        ("document.pdf", "here is my cv", Kind.CV),
        ("Lebenslauf_Müller.pdf", None, Kind.CV),
        ("Personal Statement.docx", None, Kind.PERSONAL_STATEMENT),
        ("PS_IM_2026.pdf", None, Kind.PERSONAL_STATEMENT),
        ("personal_statment final FINAL.docx", None, Kind.PERSONAL_STATEMENT),
        ("SOP - Amina.pdf", None, Kind.PERSONAL_STATEMENT),
        ("Motivation letter.pdf", None, Kind.PERSONAL_STATEMENT),
        ("IMG_2041.jpg", "my personal statement", Kind.PERSONAL_STATEMENT),
        ("Transcript.pdf", None, Kind.TRANSCRIPTS),
        ("official transcripts dow university.pdf", None, Kind.TRANSCRIPTS),
        ("transcirpt.pdf", None, Kind.TRANSCRIPTS),
        ("MBBS marksheets all years.pdf", None, Kind.TRANSCRIPTS),
        ("Final Year Mark Sheet.jpeg", None, Kind.TRANSCRIPTS),
        ("scan0001.pdf", "my grades from med school", Kind.TRANSCRIPTS),
        ("Deans_Record.pdf", "dean's record", Kind.TRANSCRIPTS),
        ("LOR Dr Smith.pdf", None, Kind.LETTER_OF_RECOMMENDATION),
        ("LOR1.pdf", None, Kind.LETTER_OF_RECOMMENDATION),
        ("Letter of Recommendation - Prof Haddad.pdf", None, Kind.LETTER_OF_RECOMMENDATION),
        ("recomendation letter.pdf", None, Kind.LETTER_OF_RECOMMENDATION),
        ("ReferenceLetter.pdf", None, Kind.LETTER_OF_RECOMMENDATION),
        ("photo.heic", "recommendation from my professor", Kind.LETTER_OF_RECOMMENDATION),
        ("IELTS TRF.pdf", None, Kind.ENGLISH_PROOF),
        ("toefl_ibt_score.pdf", None, Kind.ENGLISH_PROOF),
        ("OET-result.pdf", None, Kind.ENGLISH_PROOF),
        ("Duolingo English Test certificate.pdf", None, Kind.ENGLISH_PROOF),
        ("doc.pdf", "proof of english", Kind.ENGLISH_PROOF),
        ("medium of instruction certificate.pdf", None, Kind.ENGLISH_PROOF),
        ("Covid vaccine card.jpg", None, Kind.VACCINATION_RECORD),
        ("Immunization_Record.pdf", None, Kind.VACCINATION_RECORD),
        ("vacination record.pdf", None, Kind.VACCINATION_RECORD),
        ("MMR titers.pdf", None, Kind.VACCINATION_RECORD),
        ("health insurance policy.pdf", None, Kind.HEALTH_INSURANCE),
        ("IMG-20261101-WA0003.jpg", "my insurance card", Kind.HEALTH_INSURANCE),
        ("police clearance certificate.pdf", None, Kind.BACKGROUND_CHECK),
        ("Background Check.pdf", None, Kind.BACKGROUND_CHECK),
        ("fbi.pdf", None, Kind.BACKGROUND_CHECK),
    ],
)
def test_the_likeliest_kind_comes_first(file_name: str, caption: str | None, kind: DocumentKind) -> None:
    assert guess_kinds(WORDS, file_name, caption)[:1] == [kind]


@pytest.mark.parametrize(
    "name",
    ["", ".pdf", "IMG_2041.jpg", "scan0001.pdf", "document.pdf", "final.docx", "WhatsApp Image.jpeg", "🙂.png"],
)
def test_a_name_that_says_nothing_gives_no_guess(name: str) -> None:
    assert guess_kinds(WORDS, name) == []


def test_no_name_gives_no_guess() -> None:
    assert guess_kinds(WORDS, None, None) == []


def test_what_the_caption_says_counts_more_than_the_name() -> None:
    assert guess_kinds(WORDS, "CV.pdf", "sorry wrong name, this is my transcript") == [Kind.TRANSCRIPTS, Kind.CV]


def test_an_ending_is_no_word() -> None:
    assert guess_kinds(WORDS, "x.cv") == []


@given(st.text(), st.none() | st.text())
def test_any_name_gets_an_answer(file_name: str, caption: str | None) -> None:
    assert set(guess_kinds(WORDS, file_name, caption)) <= set(DocumentKind)
