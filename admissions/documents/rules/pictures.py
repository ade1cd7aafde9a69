"""Whether a picture is whole, and of a size that can be looked at."""

import re
from io import BytesIO

import pillow_heif
from PIL import Image

from admissions.documents.errors import FileBroken, PictureTooLarge
from admissions.documents.rules.hostile import broken_if_unreadable
from admissions.documents.values import FileKind

PIXELS_AT_MOST = 64_000_000
"""Enough for a page at 800 dots an inch; in memory, some 200 MB."""

SCANS_AT_MOST = 40
"""How often a JPEG may go over its pixels; progressive ones do so ten times or so, hostile ones thousands."""

START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
SMALL = (256, 256)  # pixels; a JPEG can be decoded at an eighth of its size, and is read to its end all the same


def check(content: bytes, kind: FileKind) -> None:
    """Check that a picture is whole.

    Raises:
        PictureTooLarge: It has too many pixels.
        FileBroken: It is damaged or incomplete.
    """
    with broken_if_unreadable():
        _read_to_its_end(open_picture(content, kind), content, kind)


def open_picture(content: bytes, kind: FileKind) -> Image.Image:
    """Open a picture; its pixels are decoded later, if ever (HEIC: now).

    Raises:
        PictureTooLarge: It has too many pixels.
    """
    if kind is FileKind.HEIC:
        heif = pillow_heif.open_heif(content)
        _check_size(*heif.size)
        return heif.to_pillow()
    try:
        picture = Image.open(BytesIO(content), formats=[FORMATS[kind]])
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(PIXELS_AT_MOST) from error
    _check_size(*picture.size)
    return picture


def _check_size(width: int, height: int) -> None:
    if width * height > PIXELS_AT_MOST:
        raise PictureTooLarge(PIXELS_AT_MOST)
    if width * height < 1:
        raise FileBroken


def _read_to_its_end(picture: Image.Image, content: bytes, kind: FileKind) -> None:
    if kind is FileKind.PNG:
        picture.verify()  # the checksum of every part, without a pixel of it
    if kind is FileKind.JPEG:
        _check_scans(content)
        picture.draft("RGB", SMALL)
        picture.load()


def _check_scans(jpeg: bytes) -> None:
    scans, place = 0, 2
    while marker := MARKER.search(jpeg, place):
        scans += jpeg[marker.start() + 1] == START_OF_SCAN
        if scans > SCANS_AT_MOST:
            raise FileBroken
        # what a segment holds, such as a small preview, is no marker; what follows a scan is searched
        place = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2], "big")
        if jpeg[marker.start() + 1] == END_OF_IMAGE:
            return
