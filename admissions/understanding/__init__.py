"""What applicants wrote, what it was taken for, and what staff say it meant: the assistant learns from it."""

from admissions.understanding.errors import MessageAlreadyLabelled, MessageNotFound
from admissions.understanding.models import NOT_FOR_US, UnderstoodMessage, Weakness
from admissions.understanding.rules.redacting import redact
from admissions.understanding.rules.weighing import Guess
from admissions.understanding.service import (
    ask_more,
    ask_staff,
    forget,
    get,
    keep,
    label,
    labelled,
    mark_exported,
    note_handoff,
    note_something_else,
    note_unhelpful,
    of_applicant,
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
    "ask_more",
    "ask_staff",
    "forget",
    "get",
    "keep",
    "label",
    "labelled",
    "mark_exported",
    "note_handoff",
    "note_something_else",
    "note_unhelpful",
    "of_applicant",
    "redact",
    "since",
    "weakest",
]
