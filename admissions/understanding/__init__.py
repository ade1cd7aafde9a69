"""What applicants wrote, what it was taken for, and what staff say it meant: the assistant learns from it."""

from admissions.understanding.errors import MessageAlreadyLabelled, MessageNotFound
from admissions.understanding.models import NOT_FOR_US, UnderstoodMessage, Weakness
from admissions.understanding.rules import Guess, redact
from admissions.understanding.service import (
    forget,
    keep,
    label,
    labelled,
    mark_exported,
    mark_weak,
    since,
    weakest,
)

__all__ = [
    "NOT_FOR_US",
    "Guess",
    "MessageAlreadyLabelled",
    "MessageNotFound",
    "UnderstoodMessage",
    "Weakness",
    "forget",
    "keep",
    "label",
    "labelled",
    "mark_exported",
    "mark_weak",
    "redact",
    "since",
    "weakest",
]
