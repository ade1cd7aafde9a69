"""Whether a PDF is whole and opens without a password."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError

from admissions.documents.errors import FileBroken, FileEncrypted
from admissions.documents.rules.hostile import broken_if_unreadable

END = b"%%EOF"
END_WITHIN = 2048  # bytes; of a PDF whose last change was cut off, readers take the version before


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF has.

    Raises:
        FileEncrypted: It opens with a password only.
        FileBroken: It is damaged or incomplete, or has no page.
    """
    if END not in content[-END_WITHIN:]:
        raise FileBroken
    with broken_if_unreadable():
        pages = _count(content)
    if pages < 1:
        raise FileBroken
    return pages


def _count(content: bytes) -> int:
    reader = PdfReader(BytesIO(content))
    # many universities forbid changes only: such a file opens with no password, and is as good as any
    if reader.is_encrypted and not _opens_for_everyone(reader):
        raise FileEncrypted
    return len(reader.pages)


def _opens_for_everyone(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except DependencyError:  # AES, which pypdf reads where `cryptography` is installed
        return False
