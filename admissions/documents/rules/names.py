"""The name that a sender gave a file, made fit to be shown."""

import unicodedata
from pathlib import PurePosixPath

from admissions.documents.values import FileKind

LENGTH_AT_MOST = 100
ENDINGS = {
    FileKind.PDF: (".pdf",),
    FileKind.DOCX: (".docx",),
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.PNG: (".png",),
    FileKind.HEIC: (".heic", ".heif"),
}


def clean_name(name: str | None, kind: FileKind) -> str:
    """Return a file's name without folders and invisible characters, ending in what the file is.

    Args:
        name: What its sender called it; anything.
        kind: What the file is by its content.
    """
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    # controls, unassigned, and format characters such as those that reverse the direction of reading
    seen = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in last)
    words = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ")
    stem, ending = _split(words, kind)
    return f"{stem[: LENGTH_AT_MOST - len(ending)].rstrip('. ') or 'file'}{ending}"


def _split(name: str, kind: FileKind) -> tuple[str, str]:
    endings = ENDINGS[kind]
    suffix = PurePosixPath(name).suffix
    if suffix.lower() in endings:
        return name.removesuffix(suffix), suffix.lower()
    return ("" if f".{name}".lower() in endings else name), endings[0]
