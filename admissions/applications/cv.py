"""The text of a CV. The files come from strangers: nothing in them is trusted."""

import io
import zipfile

import docx
from pypdf import PdfReader

from admissions.applications.errors import FileProblem, FileUnreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an encrypted Office document begins."""
LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; Telegram hands a bot no larger file."""
LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes of a DOCX once unpacked; a longer one is a trap."""
MOST_PAGES = 20
LONGEST_TEXT = 50_000
"""Characters; a CV says who it is about at its beginning."""


def text_of_pdf(content: bytes) -> str:
    """Read the text of a PDF. Takes up to seconds: call it in a thread.

    Raises:
        FileUnreadable: It is too large, encrypted, broken, or a scan without text.
    """
    _check_size(content)
    try:
        reader = PdfReader(io.BytesIO(content))
        _decrypt(reader)
        pages = (page.extract_text() for page in reader.pages[:MOST_PAGES])
        return _text("\n".join(pages))
    except FileUnreadable:
        raise
    except Exception:  # noqa: BLE001 - a hostile file may break its reader anywhere
        raise FileUnreadable(FileProblem.BROKEN) from None


def text_of_docx(content: bytes) -> str:
    """Read the text of a DOCX, its tables included. Takes up to seconds: call it in a thread.

    Raises:
        FileUnreadable: It is too large, encrypted, broken, or without text.
    """
    _check_size(content)
    try:
        _check_unpacked(content)
        document = docx.Document(io.BytesIO(content))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return _text("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))
    except FileUnreadable:
        raise
    except Exception:  # noqa: BLE001 - a hostile file may break its reader anywhere
        raise FileUnreadable(FileProblem.BROKEN) from None


def _check_size(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise FileUnreadable(FileProblem.TOO_LARGE)


def _decrypt(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):  # many are, with an empty password
        raise FileUnreadable(FileProblem.ENCRYPTED)


def _check_unpacked(content: bytes) -> None:
    if content.startswith(OLE):  # Office encrypts a document by wrapping it so
        raise FileUnreadable(FileProblem.ENCRYPTED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise FileUnreadable(FileProblem.TOO_LARGE)


def _text(text: str) -> str:
    text = text.replace("\x00", "")[:LONGEST_TEXT]
    if not text.strip():
        raise FileUnreadable(FileProblem.NO_TEXT)
    return text
