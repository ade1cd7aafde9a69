"""Messages with the intents that would be right, and what was understood instead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
REFUSED = frozenset({FALLBACK, OUT_OF_SCOPE})
"""What is not answered, but asked back about or declined."""


class UnreadableLine(Exception):
    """A line is not a message with the intents that are right for it."""


@dataclass(frozen=True)
class Expected:
    """A message and the intents that are right for it."""

    text: str
    intents: tuple[str, ...]

    @property
    def is_out_of_scope(self) -> bool:
        """Whether the message is none that the assistant can answer."""
        return OUT_OF_SCOPE in self.intents


@dataclass(frozen=True)
class Understood:
    """What a message was understood as.

    Attributes:
        expected: The message.
        intent: The intent, or `nlu_fallback` below the threshold.
        ranking: The likeliest intents with their confidences.
        milliseconds: How long that took.
        answered: The questions that are answered where a message asks several.
    """

    expected: Expected
    intent: str
    ranking: tuple[tuple[str, float], ...]
    milliseconds: float
    answered: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether that is among the intents that are right; of several questions each has to be."""
        return set(self.answered or (self.intent,)) <= set(self.expected.intents)

    @property
    def is_refused(self) -> bool:
        """Whether the message would get no answer."""
        return self.intent in REFUSED


def read(file: Path) -> list[Expected]:
    """Reads lines such as {"text": "is it free", "intents": ["faq_cost"]}; empty lines are skipped.

    Raises:
        UnreadableLine: A line is something else.
        OSError: The file cannot be read.
    """
    lines = enumerate(file.read_text("utf-8").splitlines(), start=1)
    return [_expected(line, number) for number, line in lines if line.strip()]


def _expected(line: str, number: int) -> Expected:
    try:
        entry = json.loads(line)
        text, intents = entry["text"], tuple(entry["intents"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableLine(f'line {number} is not like {{"text": "...", "intents": ["..."]}}') from error
    if not isinstance(text, str) or not intents or not all(isinstance(intent, str) for intent in intents):
        raise UnreadableLine(f"line {number}: the text or the intents are of the wrong kind")
    return Expected(text, intents)
