"""Which messages staff should look at."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from admissions.understanding.models import Weakness

Guess = tuple[str, float]
"""An intent and how likely it is."""

FALLBACK: Final = "nlu_fallback"
SURE: Final = 0.46
"""A message understood with less confidence is worth a look."""
QUESTION: Final = "faq_"
"""What the names of questions begin with."""
ANSWERED_TOO: Final = frozenset({"several_questions", "out_of_scope", "medical_advice", "immigration_legal"})
"""Intents that are answered, beside the questions."""
FOR_PERSON: Final = frozenset({"handoff", "frustrated"})
"""Intents of those who want a person."""
RIGHT_AFTER: Final = timedelta(minutes=10)


def weakness_of(guesses: Sequence[Guess], done: str) -> Weakness | None:
    """Tell whether the assistant itself was not sure of a message."""
    confidence = next((confidence for intent, confidence in guesses if intent == done), 1.0)
    return Weakness.UNSURE if done == FALLBACK or confidence < SURE else None


def is_given_up(done: str, answered_at: datetime, at: datetime) -> bool:
    """Tell whether asking for a person says something about the answer before it.

    Args:
        done: What was done for the message before.
        answered_at: When that was, aware.
        at: When a person is asked for, aware.
    """
    return (done.startswith(QUESTION) or done in ANSWERED_TOO) and at - answered_at <= RIGHT_AFTER
