"""The application on paper."""

import io
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from admissions.applications.rules.progress import ReviewLine
from admissions.applications.service.submitting import Review

REPLACED = "?"
"""Stands for a letter that the font does not have."""
NO_ANSWER = "-"
NOTE = f"This file cannot show every script: {REPLACED} stands for letters that HMC has as you wrote them."
TITLE = ParagraphStyle("title", fontName="VeraBd", fontSize=16, leading=22)
SUBTITLE = ParagraphStyle("subtitle", fontName="Vera", fontSize=10, leading=14, spaceAfter=6 * mm)
LABEL = ParagraphStyle("label", fontName="VeraBd", fontSize=8, leading=11, spaceBefore=3 * mm, keepWithNext=1)
VALUE = ParagraphStyle("value", fontName="Vera", fontSize=10, leading=14)
SMALL = ParagraphStyle("small", fontName="Vera", fontSize=8, leading=11, spaceBefore=8 * mm)


def summary_pdf(review: Review, reference: str, at: datetime, labels: Mapping[str, str] | None = None) -> bytes:
    """Write the answers of an application as a PDF on A4. Takes tens of milliseconds: call it in a thread.

    Args:
        review: The application as it stands.
        reference: Its reference.
        at: When it was submitted, in the zone whose date is to be shown.
        labels: What each question is called, by its name; its name itself where that is missing.
    """
    _fonts()
    heading = f"Application {reference}"
    story: list[Flowable] = [
        Paragraph(heading, TITLE),
        Paragraph(f"Houston Medical Clerkship, {at.day} {at:%B %Y}", SUBTITLE),
    ]
    for line in review.lines:
        story += _told(line, (labels or {}).get(line.question) or line.question.replace("_", " ").capitalize())
    if not all(_is_printable(line.shown or "") for line in review.lines):
        story.append(Paragraph(NOTE, SMALL))
    file = io.BytesIO()
    margins = {f"{side}Margin": 20 * mm for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(file, pagesize=A4, title=heading, author="Houston Medical Clerkship", **margins).build(story)
    return file.getvalue()


def _told(line: ReviewLine, label: str) -> list[Flowable]:
    shown = (_printable(row) for row in (line.shown or NO_ANSWER).splitlines())
    return [
        Paragraph(f"{line.number}. {escape(_printable(label))}", LABEL),
        *(Paragraph(escape(row) or "&nbsp;", VALUE) for row in shown),
    ]


def _is_printable(text: str) -> bool:
    return _printable(text) == unicodedata.normalize("NFC", text)


def _printable(text: str) -> str:
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _letter(letter: str) -> str:
    """Return the letter, else the letter without its accents, else what stands for it."""
    if ord(letter) in _fonts() or letter == "\n":
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    if ord(base) in _fonts():
        return base
    return "" if unicodedata.combining(letter) else REPLACED


@cache
def _fonts() -> frozenset[int]:
    """Make the fonts known that come with reportlab, once; return the letters that they have."""
    fonts = [TTFont(name, f"{name}.ttf") for name in ("Vera", "VeraBd")]
    for font in fonts:
        pdfmetrics.registerFont(font)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))
