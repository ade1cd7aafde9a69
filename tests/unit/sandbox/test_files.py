"""Files and pictures."""

import struct

import pytest

from bot.sandbox.files import FileStore, image_size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 480, 640) + b"\x01\x01\x11\x00"
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
WEBP = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x7f\x02\0" + b"\xdf\x01\0"


@pytest.mark.parametrize("data", [PNG, JPEG, GIF, WEBP])
def test_it_reads_the_size_of_a_picture(data: bytes) -> None:
    assert image_size(data) == (640, 480)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_has_no_size(data: bytes) -> None:
    assert image_size(data) is None


def test_a_file_is_found_by_its_id_and_by_its_path() -> None:
    files = FileStore()

    file = files.add("document", "../etc/My CV.pdf", b"%PDF")

    assert (file.name, file.mime_type, file.size) == ("My CV.pdf", "application/pdf", 4)
    assert files.find(file.file_id) is file
    assert files.find_path(file.path) is file
    assert files.find("nothing") is None


def test_a_large_picture_has_a_small_size_first() -> None:
    sizes = FileStore().add("photo", "x.png", PNG).as_photo()

    assert [(size["width"], size["height"]) for size in sizes] == [(320, 240), (640, 480)]


def test_a_strange_ending_stays_out_of_the_path() -> None:
    assert FileStore().add("document", "cv.p df#?", b"x").path == "documents/file_0"
