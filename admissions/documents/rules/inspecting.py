"""What a file is, by its content; never by its name, and without opening more of it than is safe."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

import filetype

from admissions.documents.errors import FileEmpty, FileEncrypted, FileRefusal, FileTooLarge, FileTypeUnsupported
from admissions.documents.rules import pdf, pictures, word
from admissions.documents.values import FileKind

SIZE_AT_MOST = 20 * 1024 * 1024
"""In bytes: a bot can download no more from Telegram."""

SIGNATURES = {
    b"%PDF-": FileKind.PDF,
    b"PK\x03\x04": FileKind.DOCX,
    b"\xff\xd8\xff": FileKind.JPEG,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = {b"<!doctype": "html", b"<html": "html", b"<?xml": "xml", b"<svg": "svg", b"#!": "script", b"{\\rtf": "rtf"}


@dataclass(frozen=True)
class FileFacts:
    """What a file is.

    Attributes:
        kind: By its content.
        pages: How many; None where the file does not say (DOCX).
    """

    kind: FileKind
    pages: int | None


def inspect(content: bytes) -> FileFacts:
    """Say what a file is, if it is one of those we take and whole.

    A kind is told by the first bytes, so that a file which begins as something else and holds a PDF further
    on is not taken for one; and a PDF or picture that is at the same time a ZIP is refused.

    Args:
        content: The whole file.

    Raises:
        FileEmpty: There is nothing in it.
        FileTooLarge: It is over 20 MB.
        FileTypeUnsupported: It is something else.
        FileEncrypted: It opens with a password only.
        FileBroken: It is damaged, incomplete, or expands beyond reason.
        PictureTooLarge: It has more pixels than we can safely look at.
    """
    if not content.strip(b"\0\t\n\r "):
        raise FileEmpty
    if len(content) > SIZE_AT_MOST:
        raise FileTooLarge(SIZE_AT_MOST)
    kind = _kind(content)
    if kind is FileKind.DOCX:
        word.check(content)
        return FileFacts(kind, None)
    if zipfile.is_zipfile(BytesIO(content)):
        raise FileTypeUnsupported("zip")
    if kind is FileKind.PDF:
        return FileFacts(kind, pdf.count_pages(content))
    pictures.check(content, kind)
    return FileFacts(kind, 1)


def _kind(content: bytes) -> FileKind:
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return FileKind.HEIC
    if content.startswith(OLD_OFFICE):
        raise _refused_old_office(content)
    raise FileTypeUnsupported(_found(content))


def _refused_old_office(content: bytes) -> FileRefusal:
    # a DOCX with a password is wrapped in the container of the old Office formats
    return FileEncrypted() if "EncryptedPackage".encode("utf-16-le") in content else FileTypeUnsupported("doc")


def _found(content: bytes) -> str:
    """Name what a file is instead: a usual ending, video, audio, text or unknown."""
    start = content[:64].lstrip(b"\xef\xbb\xbf\t\n\r ").lower()
    for signature, name in TEXT.items():
        if start.startswith(signature):
            return name
    guess = filetype.guess(content[:8192])
    if guess is None:
        return _text_or_unknown(content[:8192])
    family = str(guess.mime).partition("/")[0]
    return family if family in {"video", "audio"} else str(guess.extension)


def _text_or_unknown(start: bytes) -> str:
    printable = start.decode("utf-8", "ignore").replace("\n", "").replace("\r", "").replace("\t", "")
    is_text = printable.isprintable() and len(printable.encode()) > 0.9 * len(start.replace(b"\n", b""))
    return "text" if is_text else "unknown"
