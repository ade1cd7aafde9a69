"""What a file is: by its content, whole, and safe to keep; anything else is refused, and nothing else happens."""

import contextlib
import re
import tracemalloc
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from admissions.documents import (
    FileBroken,
    FileEmpty,
    FileEncrypted,
    FileFacts,
    FileKind,
    FileRefusal,
    FileTooLarge,
    FileTypeUnsupported,
    PictureTooLarge,
    inspect,
)
from tests.unit.documents import files

MEGABYTE = 1024 * 1024
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
EXE = b"MZ\x90\0\x03\0\0\0" + bytes(500)
MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + bytes(500)


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        (files.pdf(), FileFacts(FileKind.PDF, 1)),
        (files.pdf(pages=3), FileFacts(FileKind.PDF, 3)),
        (files.docx(), FileFacts(FileKind.DOCX, None)),
        (files.jpeg(), FileFacts(FileKind.JPEG, 1)),
        (files.jpeg(exif=files.from_a_phone()), FileFacts(FileKind.JPEG, 1)),
        (files.png(), FileFacts(FileKind.PNG, 1)),
        (files.png(mode="RGBA"), FileFacts(FileKind.PNG, 1)),
        (files.heic(), FileFacts(FileKind.HEIC, 1)),
    ],
)
def test_a_good_file_is_what_it_holds(content: bytes, facts: FileFacts) -> None:
    assert inspect(content) == facts


@pytest.mark.parametrize("content", [b"", bytes(1000), b" \n\r\n\t"])
def test_an_empty_file_is_empty(content: bytes) -> None:
    with pytest.raises(FileEmpty):
        inspect(content)


def test_twenty_megabytes_are_taken_and_a_byte_more_is_not() -> None:
    photo = files.jpeg()
    assert inspect(photo + bytes(20 * MEGABYTE - len(photo))).kind is FileKind.JPEG
    with pytest.raises(FileTooLarge) as refused:
        inspect(photo + bytes(20 * MEGABYTE - len(photo) + 1))
    assert refused.value.limit == 20 * MEGABYTE


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(files.archive(photo=b"x"), "zip", id="a ZIP renamed to .pdf or .docx"),
        pytest.param(files.archive(**{"word/document.xml": b"<a/>"}), "zip", id="a ZIP that is almost a DOCX"),
        pytest.param(
            files.archive(**{"word/document.xml": b"<a/>", "[Content_Types].xml": b"<Types/>"}),
            "zip",
            id="a ZIP that says it is no DOCX",
        ),
        pytest.param(files.archive(**{"xl/workbook.xml": b"<a/>"}), "xlsx", id="a spreadsheet"),
        pytest.param(files.archive(**{"ppt/presentation.xml": b"<a/>"}), "pptx", id="slides"),
        pytest.param(files.repacked(files.docx(), {"word/vbaProject.bin": b"x"}), "docm", id="Word with macros"),
        pytest.param(EXE, "exe", id="an EXE renamed to .docx"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(500), "elf", id="a program for Linux"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", "script", id="a script"),
        pytest.param(b"<!DOCTYPE html><title>CV</title>", "html", id="HTML named .pdf"),
        pytest.param(b"\n  <html><script>alert(1)</script></html>", "html", id="HTML after a newline"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg", id="a drawing"),
        pytest.param(b"{\\rtf1 CV}", "rtf", id="an old text format"),
        pytest.param(OLD_WORD, "doc", id="Word as of 2003"),
        pytest.param(MP4, "video", id="a video"),
        pytest.param(b"ID3\x03" + bytes(500), "audio", id="a song"),
        pytest.param(b"GIF89a" + bytes(500), "gif", id="a GIF"),
        pytest.param("السيرة الذاتية".encode(), "text", id="plain text"),
        pytest.param(b"\x01\x02\x03\xfe\xff\xfd" * 50, "unknown", id="noise"),
        pytest.param(b"GARBAGE " + files.pdf(), "text", id="a PDF after garbage"),
        pytest.param(EXE + files.pdf(), "exe", id="a program that is a PDF too"),
        pytest.param(files.pdf() + files.archive(photo=b"x"), "zip", id="a PDF that is a ZIP too"),
        pytest.param(files.jpeg() + files.archive(photo=b"x"), "zip", id="a photo that is a ZIP too"),
    ],
)
def test_anything_else_is_refused_by_name(content: bytes, found: str) -> None:
    with pytest.raises(FileTypeUnsupported) as refused:
        inspect(content)
    assert refused.value.found == found


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(files.pdf(password="secret"), id="a PDF"),
        pytest.param(OLD_WORD + "EncryptedPackage".encode("utf-16-le"), id="a Word document"),
    ],
)
def test_what_opens_with_a_password_only_is_encrypted(content: bytes) -> None:
    with pytest.raises(FileEncrypted):
        inspect(content)


def test_a_pdf_that_only_forbids_changes_is_as_good_as_any() -> None:
    assert inspect(files.pdf(password="", owner="registrar")) == FileFacts(FileKind.PDF, 1)


@pytest.mark.parametrize("make", [files.pdf, files.docx, files.jpeg, files.png, files.heic])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_cut_off_on_its_way_is_broken(make: Callable[[], bytes], part: float) -> None:
    whole = make()
    with pytest.raises(FileBroken):
        inspect(whole[: int(len(whole) * part)])


def with_text(text: bytes) -> bytes:
    return files.repacked(files.docx(), {"word/document.xml": text})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(files.pdf_without_pages(), id="a PDF without a page"),
        pytest.param(files.pdf() + b"9 0 obj\n<<>>\nstream\n" + bytes(5000), id="a PDF whose change was cut off"),
        pytest.param(b"%PDF-1.7\n%%EOF", id="a PDF of nothing"),
        pytest.param(with_text(b"<w:document><w:body>"), id="a DOCX with half a text"),
        pytest.param(
            with_text(b"<!DOCTYPE a [<!ENTITY b 'bbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"),
            id="a DOCX that multiplies its words",
        ),
        pytest.param(with_text(b"<a>" * 100_000), id="a DOCX nested without end"),
        pytest.param(with_text(bytes(40 * MEGABYTE)), id="a DOCX with too much text"),
        pytest.param(b"\xff\xd8\xff" + bytes(range(256)) * 4, id="noise after the start of a JPEG"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), id="noise after the start of a PNG"),
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(range(256)), id="noise after the start of a HEIC"),
    ],
)
def test_what_does_not_open_is_broken(content: bytes) -> None:
    with pytest.raises(FileBroken):
        inspect(content)


def test_a_changed_byte_in_a_docx_is_noticed() -> None:
    whole = files.repacked(files.docx(), {"word/media/image1.png": bytes(range(256)) * 40})
    place = whole.index(b"word/media/image1.png") + 40
    with pytest.raises(FileBroken):
        inspect(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


def test_a_picture_of_billions_of_pixels_is_refused_unopened() -> None:
    tracemalloc.start()
    with pytest.raises(PictureTooLarge):
        inspect(files.bomb_png())
    with pytest.raises(PictureTooLarge):
        inspect(files.bomb_png(9_000, 9_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * MEGABYTE


def test_a_zip_bomb_is_refused_unexpanded() -> None:
    bomb = files.zip_bomb()
    assert len(bomb) < MEGABYTE
    tracemalloc.start()
    with pytest.raises(FileBroken):
        inspect(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * MEGABYTE


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    lie = re.sub(
        (200 * MEGABYTE).to_bytes(4, "little"), (1000).to_bytes(4, "little"), files.zip_bomb(), flags=re.DOTALL
    )
    with pytest.raises(FileBroken):
        inspect(lie)


def test_a_photo_of_a_modern_phone_is_taken() -> None:
    file = BytesIO()
    Image.effect_noise((8000, 6000), 20).convert("RGB").save(file, "JPEG", quality=20)
    assert inspect(file.getvalue()).kind is FileKind.JPEG


def test_a_photo_that_repeats_itself_for_hours_is_refused_at_once() -> None:
    file = BytesIO()
    files.picture((800, 600)).save(file, "JPEG", progressive=True)
    whole = file.getvalue()
    assert inspect(whole).kind is FileKind.JPEG
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    with pytest.raises(FileBroken):
        inspect(whole[:-2] + scan * 100 + whole[-2:])


def test_a_photo_with_a_film_behind_it_is_taken() -> None:
    assert inspect(files.jpeg() + b"\xff\xda\0\x02" * 100_000).kind is FileKind.JPEG


STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"\0\0\0\x18ftypheic",
    b"MZ",
]
WHOLE = [files.pdf(), files.docx(), files.jpeg(), files.png(), files.heic()]


def verdict_or_refusal(content: bytes) -> None:
    with contextlib.suppress(FileRefusal):
        assert isinstance(inspect(content), FileFacts)


@settings(max_examples=400, deadline=None)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=2000), end=st.sampled_from([b"", b"\n%%EOF\n"]))
def test_any_bytes_get_a_verdict_or_a_refusal(start: bytes, rest: bytes, end: bytes) -> None:
    verdict_or_refusal(start + rest + end)


@settings(max_examples=400, deadline=None)
@given(whole=st.sampled_from(WHOLE), data=st.data())
def test_any_damage_gets_a_verdict_or_a_refusal(whole: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    gone = data.draw(st.integers(0, 50))
    verdict_or_refusal(whole[:place] + data.draw(st.binary(max_size=50)) + whole[place + gone :])
