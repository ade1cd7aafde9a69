"""Photos of pages, made into one PDF."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from admissions.documents.errors import FileEmpty, FileTypeUnsupported, PagesNotJoinable, TooManyPhotos
from admissions.documents.rules.hostile import broken_if_unreadable
from admissions.documents.rules.inspecting import inspect
from admissions.documents.rules.pictures import open_picture
from admissions.documents.values import FileKind

PHOTOS_AT_MOST = 20
LONG_SIDE = 2400  # pixels on a page of 11.7 inches: small print stays readable, twenty pages stay under 20 MB
QUALITY = 80  # of JPEG, in percent
MARGIN = 18.0  # points of 1/72 inch
PHOTOS = {FileKind.JPEG, FileKind.PNG, FileKind.HEIC}


def merge_photos(photos: Sequence[bytes]) -> bytes:
    """Put photos on A4 pages, one each, in their order.

    Each is turned as it was meant to be seen, made smaller where it is huge, and written anew: nothing that
    a camera adds (place, time, owner) goes along. The same photos make the same PDF, byte for byte.

    Args:
        photos: JPEG, PNG or HEIC files.

    Raises:
        FileEmpty: There is no photo, or an empty one.
        TooManyPhotos: There are more than 20.
        FileTypeUnsupported: One of them is no photo.
        FileRefusal: One of them cannot be taken; see `inspect`.
    """
    if not photos:
        raise FileEmpty
    if len(photos) > PHOTOS_AT_MOST:
        raise TooManyPhotos(PHOTOS_AT_MOST)
    pdf = BytesIO()
    canvas = Canvas(pdf, pagesize=A4, invariant=1)
    for photo in photos:
        _add_page(canvas, _as_seen(photo))
    canvas.save()
    return pdf.getvalue()


def join_pages(parts: Sequence[bytes]) -> bytes:
    """Put PDFs and photos together as one PDF, in their order.

    Args:
        parts: PDF, JPEG, PNG or HEIC files.

    Raises:
        PagesNotJoinable: One of them is a DOCX, which has no pages yet.
        TooManyPhotos: There are more than 20 pages.
        FileRefusal: One of them cannot be taken; see `inspect`.
    """
    whole, file = PdfWriter(), BytesIO()
    for part in parts:
        kind = inspect(part).kind
        if kind is FileKind.DOCX:
            raise PagesNotJoinable
        with broken_if_unreadable():
            whole.append(BytesIO(merge_photos([part]) if kind in PHOTOS else part))
    if len(whole.pages) > PHOTOS_AT_MOST:
        raise TooManyPhotos(PHOTOS_AT_MOST)
    whole.write(file)
    return file.getvalue()


def _as_seen(photo: bytes) -> Image.Image:
    kind = inspect(photo).kind
    if kind not in PHOTOS:
        raise FileTypeUnsupported(kind.value)
    with broken_if_unreadable():
        return _upright(open_picture(photo, kind))


def _upright(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    picture = ImageOps.exif_transpose(picture)
    page = Image.new("RGB", picture.size, "white")  # a new picture carries over pixels and nothing else
    opaque = picture.convert("RGBA") if picture.has_transparency_data else None
    page.paste(picture.convert("RGB"), mask=opaque.getchannel("A") if opaque else None)
    return page


def _add_page(canvas: Canvas, picture: Image.Image) -> None:
    width, height = sorted(A4, reverse=picture.width > picture.height)
    scale = min((width - 2 * MARGIN) / picture.width, (height - 2 * MARGIN) / picture.height)
    shown = (picture.width * scale, picture.height * scale)
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    canvas.setPageSize((width, height))
    corner = ((width - shown[0]) / 2, (height - shown[1]) / 2)
    canvas.drawImage(ImageReader(file), *corner, *shown)
    canvas.showPage()
