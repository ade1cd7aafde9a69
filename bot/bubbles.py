"""Bubbles in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from telegram import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from admissions import answers
from bot import keyboards

LONGEST = 4096
"""What Telegram takes in one message, in UTF-16 units after its HTML is parsed."""


Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


@dataclass(frozen=True)
class Mention:
    """Somebody who is named, as a link to them."""

    person: int
    name: str


@dataclass(frozen=True)
class Bubble:
    """One message to show.

    Attributes:
        text: Plain text.
        title: What stands above it in bold, if anything.
        keyboard: The buttons below it.
        subject: Whom it is about: the text goes on after their name.
    """

    text: str
    title: str | None = None
    keyboard: Keyboard | None = None
    subject: Mention | None = None

    @property
    def inline_keyboard(self) -> InlineKeyboardMarkup | None:
        """The buttons that a message may have when it is edited: Telegram takes no other."""
        return self.keyboard if isinstance(self.keyboard, InlineKeyboardMarkup) else None

    def pages(self) -> Sequence[str]:
        """Return the bubble in Telegram's HTML, as many messages as it needs."""
        room = LONGEST - (_length(self.title) + 2 if self.title else 0)
        room -= _length(self.subject.name) + 1 if self.subject else 0
        first, *others = [escape(page, quote=False) for page in split(self.text, room)]
        if self.subject:
            name = escape(self.subject.name, quote=False)
            first = f'<a href="tg://user?id={self.subject.person}">{name}</a> {first}'
        if self.title:
            first = f"<b>{escape(self.title, quote=False)}</b>\n\n{first}"
        return [first, *others]


def split(text: str, longest: int = LONGEST) -> Sequence[str]:
    """Split a text that is too long: between paragraphs, else lines, else words, else anywhere.

    Args:
        text: Plain text.
        longest: What fits into one part, in UTF-16 units.
    """
    parts = []
    while _length(text) > longest:
        fits = _cut(text, longest)
        at = next((at for mark in ("\n\n", "\n", " ") if (at := fits.rfind(mark)) > 0), len(fits))
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text] if text or not parts else parts


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def of_answer(told: answers.Told, message_id: int | None = None) -> Bubble:
    """Show an answer under the question that was understood.

    Args:
        told: The answer.
        message_id: The message that it answers; None where no one typed anything.
    """
    keyboard = keyboards.follow_ups(told.follow_ups, offers_person=told.offers_person, message_id=message_id)
    return Bubble(told.text, told.question, keyboard)


def of_answers(told: Sequence[answers.Told], message_id: int | None = None) -> Bubble:
    """Show several answers in one message, each under its question; offer a person if one of them does."""
    first, *others = told
    texts = [first.text.strip(), *(f"{each.question}\n\n{each.text.strip()}" for each in others)]
    offers_person = any(each.offers_person for each in told)
    keyboard = keyboards.follow_ups([], offers_person=offers_person, message_id=message_id)
    return Bubble("\n\n".join(texts), first.question, keyboard)
