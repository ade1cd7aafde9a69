"""Files as people send them, whole and otherwise; made here, so that nobody has to keep them."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pillow_heif
from docx import Document as WordDocument
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

MakesPhoto = Callable[..., bytes]
CAMERA = "Nokia of Amina"
ORIENTATION, MAKE, PLACE, LATITUDE = 0x0112, 0x010F, 0x8825, 1
TURNED_RIGHT = 6


def pdf(
    text: str = "Curriculum vitae", *, pages: int = 1, password: str | None = None, owner: str = "dean"
) -> bytes:
    file = BytesIO()
    lock = None if password is None else StandardEncryption(password, ownerPassword=owner)
    canvas = Canvas(file, encrypt=lock, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 720, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_without_pages() -> bytes:
    file = BytesIO()
    PdfWriter().write(file)
    return file.getvalue()


def pages(content: bytes) -> list[Image.Image]:
    """The picture on each page of a PDF."""
    return [Image.open(BytesIO(page.images[0].data)) for page in PdfReader(BytesIO(content)).pages]


def page_sizes(content: bytes) -> list[tuple[int, int]]:
    return [page.size for page in pages(content)]


def metadata_of_pages(content: bytes) -> list[dict[int, object]]:
    return [dict(page.getexif()) for page in pages(content)]


def first_pixel(content: bytes) -> object:
    return pages(content)[0].getpixel((0, 0))


def docx(text: str = "Personal statement") -> bytes:
    file, document = BytesIO(), WordDocument()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """A ZIP with some of its parts changed or added."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return file.getvalue()


Colour = str | int | tuple[int, ...]


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB", colour: Colour = "teal") -> Image.Image:
    return Image.new(mode, size, colour)


def jpeg(size: tuple[int, int] = (64, 48), *, exif: Image.Exif | None = None, colour: Colour = "teal") -> bytes:
    file = BytesIO()
    picture(size, colour=colour).save(file, "JPEG", exif=exif or Image.Exif())
    return file.getvalue()


def png(size: tuple[int, int] = (64, 48), mode: str = "RGB", colour: Colour = "teal") -> bytes:
    file = BytesIO()
    picture(size, mode, colour).save(file, "PNG")
    return file.getvalue()


def heic(size: tuple[int, int] = (64, 48), *, exif: Image.Exif | None = None) -> bytes:
    file = BytesIO()
    pillow_heif.from_pillow(picture(size)).save(file, exif=(exif or Image.Exif()).tobytes())
    return file.getvalue()


def from_a_phone() -> Image.Exif:
    """What a phone writes into a photo: how it was held, whose it is, where it was."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = TURNED_RIGHT, CAMERA
    exif.get_ifd(PLACE)[LATITUDE] = "N"
    return exif


def bomb_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few kilobytes that say they are billions of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zip_bomb() -> bytes:
    """A Word document whose one picture would expand to 200 MB."""
    return repacked(docx(), {"word/media/image1.png": bytes(200 * 1024 * 1024)})
