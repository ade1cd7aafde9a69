"""What the assistant may say: one answer for each question, resting on facts."""

from admissions.answers.errors import AnswerEditedMeanwhile, AnswersInvalid, AnswerUnsound, UnknownAnswer
from admissions.answers.file import AnswersFile, read_answers, read_facts
from admissions.answers.models import Answer, AnswerEdit, AskedQuestion, UnansweredQuestion
from admissions.answers.rules import Counts
from admissions.answers.service.editing import Worded, Wording, check, edit, get_edit, history, revert, worded
from admissions.answers.service.loading import load, unsettled
from admissions.answers.service.telling import (
    Question,
    Told,
    last_asked,
    note_asked,
    note_unanswered,
    questions,
    tell,
    tell_specialties,
    topics,
    words,
)

__all__ = [
    "Answer",
    "AnswerEdit",
    "AnswerEditedMeanwhile",
    "AnswerUnsound",
    "AnswersFile",
    "AnswersInvalid",
    "AskedQuestion",
    "Counts",
    "Question",
    "Told",
    "UnansweredQuestion",
    "UnknownAnswer",
    "Worded",
    "Wording",
    "check",
    "edit",
    "get_edit",
    "history",
    "last_asked",
    "load",
    "note_asked",
    "note_unanswered",
    "questions",
    "read_answers",
    "read_facts",
    "revert",
    "tell",
    "tell_specialties",
    "topics",
    "unsettled",
    "worded",
    "words",
]
