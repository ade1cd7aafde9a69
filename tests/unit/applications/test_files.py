"""Files in, files out: a CV is read whatever it is, a summary is written whatever it says."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from admissions.applications import (
    QUESTIONS,
    ApplicationStatus,
    Eligible,
    FileUnreadable,
    Review,
    Value,
    summary_pdf,
    text_of_docx,
    text_of_pdf,
)
from admissions.applications import cv as cv_module
from admissions.applications.errors import FileProblem
from admissions.applications.rules.progress import review_of
from tests.unit.applications.test_questions import ANSWERS, SHOWN

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
Read = Callable[[bytes], str]


def a_pdf(text: str = "Amina Yusuf", password: str | None = None) -> bytes:
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(72, 720, text)
    canvas.save()
    if password is None:
        return page.getvalue()
    writer, encrypted = PdfWriter(clone_from=io.BytesIO(page.getvalue())), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(encrypted)
    return encrypted.getvalue()


def a_docx(*paragraphs: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "amina@example.org"
    document.save(file)
    return file.getvalue()


def a_zip(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_a_pdf_is_read() -> None:
    assert "Amina Yusuf" in text_of_pdf(a_pdf())


def test_a_docx_is_read_with_its_tables() -> None:
    assert text_of_docx(a_docx("Амина Юсуф", "Lagos")).split() == ["Амина", "Юсуф", "Lagos", "amina@example.org"]


@pytest.mark.parametrize(
    ("read", "content", "reason"),
    [
        (text_of_pdf, b"", FileProblem.BROKEN),
        (text_of_pdf, b"%PDF-1.7 nonsense", FileProblem.BROKEN),
        (text_of_pdf, b"MZ\x00\x01" * 100, FileProblem.BROKEN),
        (text_of_pdf, a_pdf()[:400], FileProblem.BROKEN),
        (text_of_pdf, a_pdf(text=""), FileProblem.NO_TEXT),
        (text_of_pdf, a_pdf(password="hunter2"), FileProblem.ENCRYPTED),
        (text_of_docx, b"", FileProblem.BROKEN),
        (text_of_docx, a_pdf(), FileProblem.BROKEN),
        (text_of_docx, a_zip("a.txt", b"hi"), FileProblem.BROKEN),
        (text_of_docx, a_docx()[:500], FileProblem.BROKEN),
        (text_of_docx, cv_module.OLE + b"\x00" * 600, FileProblem.ENCRYPTED),
        (text_of_docx, a_zip("word/document.xml", b" " * (cv_module.LARGEST_UNPACKED + 1)), FileProblem.TOO_LARGE),
    ],
)
def test_a_file_without_readable_text_is_refused(read: Read, content: bytes, reason: FileProblem) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(content)
    assert refused.value.reason is reason


@pytest.mark.parametrize("read", [text_of_pdf, text_of_docx])
def test_a_file_that_is_too_large_is_not_even_opened(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv_module, "LARGEST_FILE", 10)
    with pytest.raises(FileUnreadable) as refused:
        read(b"x" * 11)
    assert refused.value.reason is FileProblem.TOO_LARGE


def test_a_pdf_that_anyone_may_open_is_read_although_it_is_encrypted() -> None:
    assert "Amina" in text_of_pdf(a_pdf(password=""))


def a_review(**changed: Value | None) -> Review:
    lines = review_of({**ANSWERS, **changed})
    return Review(lines, (), Eligible(), ApplicationStatus.SUBMITTED, "7K4M-WQ3X")


def a_summary(**changed: Value | None) -> PdfReader:
    labels = {question.name: f"About {question.name}" for question in QUESTIONS}
    return PdfReader(io.BytesIO(summary_pdf(a_review(**changed), "7K4M-WQ3X", AT, labels)))


def text_of(summary: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in summary.pages).split())


def fonts_of(summary: PdfReader) -> set[str]:
    """Return which fonts it brings: "/ABCDEF+NotoSans-Regular" is Noto Sans."""
    embedded = {name for page in summary.pages for name in page._get_fonts()[0]}
    return {name.partition("+")[2].partition("-")[0] for name in embedded}


def test_the_summary_has_every_answer() -> None:
    text = text_of(a_summary())
    assert "Application 7K4M-WQ3X" in text
    assert "23 November 2026" in text
    assert "1. About full_name Amina Yusuf" in text
    assert "9. About specialties Internal Medicine, Pediatrics" in text
    for shown in SHOWN.values():
        assert " ".join(shown.split()) in text


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("José Núñez", "NotoSans"),
        ("Nguyễn Thị Ánh", "NotoSans"),
        ("Ольга Ивановна", "NotoSans"),
        ("Γιώργος", "NotoSans"),
        ("محمد بن عبد الله", "NotoSansArabic"),
        ("محمد علی خان ٹیپو", "NotoSansArabic"),
        ("राजेश कुमार शर्मा", "NotoSansDevanagari"),
        ("মোহাম্মদ রহমান", "NotoSansBengali"),
        ("సత్య", "NotoSansTelugu"),
        ("สมชาย", "NotoSansThai"),
        ("ሰላም", "NotoSansEthiopic"),
        ("李小龍", "NotoSansCJKsc"),
        ("김민수", "NotoSansCJKsc"),
        ("Amina 😀", "NotoEmoji"),
    ],
)
def test_a_name_of_any_script_is_written_in_its_letters(name: str, font: str) -> None:
    summary = a_summary(full_name=name)
    assert font in fonts_of(summary)
    assert "cannot show every script" not in text_of(summary)


def test_a_script_without_a_font_is_said_to_be_missing() -> None:
    assert "cannot show every script" in text_of(a_summary(full_name="བཀྲ་ཤིས"))


@pytest.mark.parametrize("name", ["李 <b>&amp;", "*Ali* #panic() $x$ `_ \\", "@ali // /* ~"])
def test_what_looks_like_markup_is_text(name: str) -> None:
    assert name in text_of(a_summary(full_name=name))


def test_answers_of_any_length_fit() -> None:
    text = text_of(a_summary(career_goals="\n".join(["a"] * 999), support=None, full_name="x" * 300))
    assert text.count(" a ") > 400
    assert "12. About support -" in text


def test_a_word_without_blanks_stays_on_the_page() -> None:
    lines = a_summary(full_name="x" * 300).pages[0].extract_text().splitlines()
    assert max(line.count("x") for line in lines) < 120


WHOLE: dict[Read, bytes] = {text_of_pdf: a_pdf(), text_of_docx: a_docx()}


@pytest.mark.parametrize("read", WHOLE)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_cv_leaves_a_text_or_a_refusal(read: Read, data: st.DataObject) -> None:
    whole = WHOLE[read]
    place, gone = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 50))
    content = whole[:place] + data.draw(st.binary(max_size=50)) + whole[place + gone :]
    with suppress(FileUnreadable):
        assert len(read(content)) <= cv_module.LONGEST_TEXT
