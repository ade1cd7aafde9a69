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


def _asked(questions: Iterable[Question]) -> list[tuple[str, str]]:
    return [(question.words, f"/{question.name}") for question in questions]
