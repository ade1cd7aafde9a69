"""What of a message may be kept, and which messages staff should look at."""

import re
from collections.abc import Sequence
from typing import Final

from admissions.understanding.models import Weakness

Guess = tuple[str, float]
"""An intent and how likely it is."""

FALLBACK: Final = "nlu_fallback"
KEPT_GUESSES: Final = 3
SURE: Final = 0.46
"""A message understood with less confidence is worth a look."""

REDACTED: Final = (
    (re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+"), "[e-mail]"),
    (re.compile(r"\bhmc[-\s]?\d[\w-]*\b", re.IGNORECASE), "[reference]"),
    (re.compile(r"(?<!\w)\+?\(?\d(?:[\s().-]{0,2}\d){7,14}(?!\w)"), "[phone]"),
    (re.compile(r"\b(?=[A-Z0-9]*\d{4})[A-Z]{1,3}\d{5,9}[A-Z]?\b", re.IGNORECASE), "[passport]"),
    (re.compile(r"\b\d(?:[ -]?\d){4,}\b"), "[number]"),
)
"""What tells who somebody is, each with what stands in its place."""


def redact(text: str) -> str:
    """Leave e-mail addresses, phone and passport numbers and references out of a text."""
    for pattern, placeholder in REDACTED:
        text = pattern.sub(placeholder, text)
    return text


def weakness_of(guesses: Sequence[Guess], done: str) -> Weakness | None:
    """Tell whether the assistant itself was not sure of a message."""
    confidence = next((confidence for intent, confidence in guesses if intent == done), 1.0)
    return Weakness.UNSURE if done == FALLBACK or confidence < SURE else None
