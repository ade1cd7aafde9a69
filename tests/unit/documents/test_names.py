"""The names of files: shown as people wrote them, without what could mislead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.documents import FileKind
from admissions.documents.rules.names import LENGTH_AT_MOST, clean_name


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Ali Khan CV.pdf", FileKind.PDF, "Ali Khan CV.pdf"),
        ("Ali Khan CV.PDF", FileKind.PDF, "Ali Khan CV.pdf"),
        ("photo.JPEG", FileKind.JPEG, "photo.jpeg"),
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("..\\..\\Windows\\system32\\cmd.exe", FileKind.JPEG, "cmd.exe.jpg"),
        ("/", FileKind.PDF, "file.pdf"),
        ("..", FileKind.PDF, "file.pdf"),
        (".pdf", FileKind.PDF, "file.pdf"),
        ("", FileKind.PNG, "file.png"),
        (None, FileKind.HEIC, "file.heic"),
        ("cv.pdf", FileKind.DOCX, "cv.pdf.docx"),
        ("cv\x00.pdf\n", FileKind.PDF, "cv.pdf"),
        ("transcript\u202efdp.exe", FileKind.PDF, "transcript fdp.exe.pdf"),
        ("السيرة الذاتية.pdf", FileKind.PDF, "السيرة الذاتية.pdf"),
        ("Re\u0301sume\u0301.docx", FileKind.DOCX, "Résumé.docx"),
        ("📄 my cv 📄.pdf", FileKind.PDF, "📄 my cv 📄.pdf"),
        ("a" * 300 + ".pdf", FileKind.PDF, "a" * 96 + ".pdf"),
        ("<script>alert(1)</script>.pdf", FileKind.PDF, "script>.pdf"),
    ],
)
def test_a_name_is_shown_clean(name: str | None, kind: FileKind, shown: str) -> None:
    assert clean_name(name, kind) == shown


@given(st.none() | st.text(), st.sampled_from(FileKind))
def test_any_name_becomes_one_that_is_safe_to_show(name: str | None, kind: FileKind) -> None:
    shown = clean_name(name, kind)
    assert 0 < len(shown) <= LENGTH_AT_MOST
    assert not {"/", "\\", "\0", "\n", "\u202e"} & set(shown)
    assert clean_name(shown, kind) == shown
