"""Whether a ZIP is a Word document, and safe to open."""

import zipfile
from io import BytesIO
from xml.parsers import expat

from admissions.documents.errors import FileBroken, FileEncrypted, FileTypeUnsupported
from admissions.documents.rules.hostile import broken_if_unreadable

PARTS_AT_MOST = 2000
EXPANDED_AT_MOST = 100 * 1024 * 1024  # bytes, all parts together
TEXT_AT_MOST = 30 * 1024 * 1024  # bytes
DEPTH_AT_MOST = 1000  # elements in one another; Word needs some dozens
CHUNK = 64 * 1024

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
OTHERS = {
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "mimetype": "odt",
    "AndroidManifest.xml": "apk",
}


def check(content: bytes) -> None:
    """Check that a ZIP is a whole Word document without macros that expands to a reasonable size.

    Its parts are read piece by piece and thrown away; what a part says of its size bounds what is read of it.

    Raises:
        FileTypeUnsupported: It is another kind of ZIP, or brings macros.
        FileEncrypted: Its parts are encrypted.
        FileBroken: It is damaged or incomplete, or expands beyond reason.
    """
    with broken_if_unreadable(), zipfile.ZipFile(BytesIO(content)) as archive:
        _check(archive)


def _check(archive: zipfile.ZipFile) -> None:
    names = [part.filename for part in archive.infolist()]
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise FileEncrypted
    if not {CONTENT_TYPES, DOCUMENT} <= set(names):
        raise FileTypeUnsupported(_found(names))
    if len(names) > PARTS_AT_MOST or len(set(names)) < len(names):
        raise FileBroken
    _check_sizes(archive)
    types = archive.read(CONTENT_TYPES)
    if WITH_MACROS in types or any(name.endswith("vbaProject.bin") for name in names):
        raise FileTypeUnsupported("docm")
    if MAIN not in types:
        raise FileTypeUnsupported("zip")
    _check_text(archive)
    if archive.testzip() is not None:
        raise FileBroken


def _found(names: list[str]) -> str:
    return next((kind for name, kind in OTHERS.items() if name in names), "zip")


def _check_sizes(archive: zipfile.ZipFile) -> None:
    expanded = sum(part.file_size for part in archive.infolist())
    texts = [archive.getinfo(name).file_size for name in (CONTENT_TYPES, DOCUMENT)]
    if expanded > EXPANDED_AT_MOST or max(texts) > TEXT_AT_MOST:
        raise FileBroken


def _check_text(archive: zipfile.ZipFile) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    nesting = _Nesting()
    parser.StartElementHandler, parser.EndElementHandler = nesting.begin, nesting.end
    with archive.open(DOCUMENT) as text:
        while chunk := text.read(CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)


class _Nesting:
    """How deep the reader is in elements; each level costs memory."""

    def __init__(self) -> None:
        self.depth = 0

    def begin(self, *_element: object) -> None:
        self.depth += 1
        if self.depth > DEPTH_AT_MOST:
            raise FileBroken

    def end(self, *_element: object) -> None:
        self.depth -= 1


def _refuse_doctype(*_declaration: object) -> None:
    # Word writes none; entities declared in one can expand without end
    raise FileBroken
