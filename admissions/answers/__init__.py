"""What the assistant may say: one answer for each question, resting on facts."""

from admissions.answers.errors import AnswersInvalid, UnknownAnswer
from admissions.answers.file import AnswersFile, read_answers, read_facts
from admissions.answers.models import Answer
from admissions.answers.service import (
    Question,
    Told,
    last_asked,
    load,
    note_asked,
    questions,
    tell,
    tell_specialties,
    topics,
    words,
)

__all__ = [
    "Answer",
    "AnswersFile",
    "AnswersInvalid",
    "Question",
    "Told",
    "UnknownAnswer",
    "last_asked",
    "load",
    "note_asked",
    "questions",
    "read_answers",
    "read_facts",
    "tell",
    "tell_specialties",
    "topics",
    "words",
]
