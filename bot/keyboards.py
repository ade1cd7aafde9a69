"""The inline keyboards.

Callback data that begins with a slash is a Rasa payload (an intent); all other is the bot's own.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from admissions.answers import Question
from bot import texts

TOPICS: Final = "topics"
TOPIC: Final = "topic:"
BACK: Final = "topics:back"
RESOLVE: Final = "handoff:"
HAND_OFF: Final = "/handoff"
SORT: Final = "sort:"
KEEP: Final = "keep:"
CHANGE: Final = "change:"
WHICH: Final = "which:"
MERGE: Final = "merge:"
APART: Final = "apart:"


def rows(buttons: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Put (title, callback data) pairs one below the other."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(title, callback_data=data)] for title, data in buttons])


def menu() -> InlineKeyboardMarkup:
    """Return what an applicant can do here."""
    return rows(
        [
            (texts.ASK, TOPICS),
            (texts.APPLY, "/apply"),
            (texts.BOOK, "/book_consultation"),
            (texts.STATUS, "/check_status"),
            (texts.PERSON, HAND_OFF),
        ]
    )


def topics(titles: Sequence[str]) -> InlineKeyboardMarkup:
    """Return the topics of questions."""
    return rows([*((title, TOPIC + title) for title in titles), (texts.PERSON, HAND_OFF)])


def questions(of_topic: Sequence[Question]) -> InlineKeyboardMarkup:
    """Return the questions of a topic, and the way back."""
    return rows([*_asked(of_topic), (texts.BACK, BACK)])


def follow_ups(questions: Sequence[Question], *, offers_person: bool) -> InlineKeyboardMarkup | None:
    """Return what may be asked next."""
    buttons = [*_asked(questions), *([(texts.PERSON, HAND_OFF)] if offers_person else [])]
    return rows(buttons) if buttons else None


def guesses(titles: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Return what a message may have meant, from (title, intent) pairs."""
    return rows([*((title, f"/{intent}") for title, intent in titles), (texts.SOMETHING_ELSE, "/out_of_scope")])


def resolve(handoff_id: int) -> InlineKeyboardMarkup:
    """Return the button with which staff say that a handoff is looked after."""
    return rows([(texts.HANDOFF_DONE, f"{RESOLVE}{handoff_id}")])


def kinds(upload_id: int, titles: Iterable[tuple[str, str]], *, is_sorted: bool) -> InlineKeyboardMarkup:
    """Return what a file may be, from (title, kind) pairs."""
    last = texts.LEAVE_IT if is_sorted else texts.NONE_OF_THESE
    buttons = [(title, f"{SORT}{upload_id}:{kind}") for title, kind in titles]
    return rows([*buttons, (last, f"{KEEP}{upload_id}")])


def change(upload_id: int, title: str) -> InlineKeyboardMarkup:
    """Return the button with which an applicant says (anew) which document a file is."""
    return rows([(title, f"{CHANGE}{upload_id}")])


def album(upload_id: int) -> InlineKeyboardMarkup:
    """Return what can be done with photos that came together; the upload is the first of them."""
    return rows([(texts.MAKE_ONE_PDF, f"{MERGE}{upload_id}"), (texts.SEPARATE_DOCUMENTS, f"{APART}{upload_id}")])


def unsorted(uploads: Iterable[tuple[str, int]]) -> InlineKeyboardMarkup | None:
    """Return a button for each file that is not sorted, from (name, upload) pairs."""
    buttons = [(texts.SAY_WHICH_OF.format(name=name), f"{WHICH}{upload_id}") for name, upload_id in uploads]
    return rows(buttons) if buttons else None


def _asked(questions: Iterable[Question]) -> list[tuple[str, str]]:
    return [(question.words, f"/{question.name}") for question in questions]
