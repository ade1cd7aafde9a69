"""The application on paper."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

import typst

from admissions.applications.rules.progress import ReviewLine
from admissions.applications.service.submitting import Review

TEMPLATE: Final = str(Path(__file__).with_name("summary.typ"))
FONT_PACKAGES: Final = ("manimgx_fonts", "manimgx_fonts_cjk")
SCRIPTS: Final = (
    *("Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada"),
    *("Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic", "Armenian", "Georgian", "Symbols"),
)
FONTS: Final = ("Noto Sans", *(f"Noto Sans {script}" for script in SCRIPTS), "Noto Sans CJK SC", "Noto Emoji")
ARCHIVAL: Final[Literal["a-2u"]] = "a-2u"
"""PDF/A: everything needed to show the file is in it, so that a letter without a font is an error."""

RIGHT_TO_LEFT: Final = ("R", "AL")
NO_ANSWER: Final = "-"
NOTE: Final = "This file cannot show every script: a box stands for letters that HMC has as you wrote them."


def summary_pdf(review: Review, reference: str, at: datetime, labels: Mapping[str, str]) -> bytes:
    """Write the answers of an application as a PDF on A4. Takes up to a second: call it in a thread.

    Args:
        review: The application as it stands.
        reference: Its reference.
        at: When it was submitted, in the zone whose date is to be shown.
        labels: What each question is called, by its name.
    """
    data = {
        "title": f"Application {reference}",
        "organization": "Houston Medical Clerkship",
        "date": f"{at.day} {at:%B %Y}",
        "fonts": FONTS,
        "answers": [_told(line, labels[line.question]) for line in review.lines],
        "note": None,
    }
    try:
        return _compile(data, standard=ARCHIVAL)
    except typst.TypstError:  # no font has one of the letters; whatever else is wrong is raised anew
        return _compile({**data, "note": NOTE})


def _compile(data: Mapping[str, object], standard: Literal["a-2u"] | None = None) -> bytes:
    return typst.compile(
        TEMPLATE,
        font_paths=[str(files(package)) for package in FONT_PACKAGES],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=standard,
    )


def _told(line: ReviewLine, label: str) -> dict[str, object]:
    rows = (line.shown or NO_ANSWER).splitlines()
    shown = [{"text": row, "right_to_left": _begins_right_to_left(row)} for row in rows]
    return {"label": f"{line.number}. {label}", "rows": shown}


def _begins_right_to_left(text: str) -> bool:
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((each for each in directions if each in ("L", *RIGHT_TO_LEFT)), "L") in RIGHT_TO_LEFT
