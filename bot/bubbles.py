"""From what Rasa or the core says to bubbles in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from telegram import InlineKeyboardMarkup

from admissions import answers
from admissions.database import Session
from bot import keyboards, texts
from bot.dialogue import Reply

LONGEST = 4096
"""What Telegram takes in one message, in UTF-16 units after its HTML is parsed."""


@dataclass(frozen=True)
class Bubble:
    """One message to show.

    Attributes:
        text: Plain text.
        title: What stands above it in bold, if anything.
        keyboard: The buttons below it.
    """

    text: str
    title: str | None = None
    keyboard: InlineKeyboardMarkup | None = None

    def pages(self) -> Sequence[str]:
        """Return the bubble in Telegram's HTML, as many messages as it needs."""
        room = LONGEST - (_length(self.title) + 2 if self.title else 0)
        first, *others = [escape(page, quote=False) for page in split(self.text, room)]
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


def of_answer(told: answers.Told) -> Bubble:
    """Show an answer under the question that was understood."""
    keyboard = keyboards.follow_ups(told.follow_ups, offers_person=told.offers_person)
    return Bubble(told.text, told.question, keyboard)


async def of_replies(session: Session, replies: Sequence[Reply]) -> Sequence[Bubble]:
    """Put into words what Rasa decided.

    Raises:
        UnknownAnswer: Rasa named an answer that is no longer there.
    """
    bubbles: list[Bubble] = []
    for reply in replies:
        if reply.custom and reply.custom.menu and bubbles:
            bubbles[-1] = replace(bubbles[-1], keyboard=keyboards.menu())
        elif bubble := await _of_reply(session, reply):
            bubbles.append(bubble)
    return bubbles or [Bubble(texts.NO_REPLY, keyboard=keyboards.menu())]


async def _of_reply(session: Session, reply: Reply) -> Bubble | None:
    custom = reply.custom
    if custom and custom.specialties:
        return of_answer(await answers.tell_specialties(session, custom.specialties))
    if custom and custom.answer:
        return of_answer(await answers.tell(session, custom.answer))
    if custom and custom.guesses:
        return await _of_guesses(session, custom.guesses)
    if custom and custom.menu:
        return Bubble(texts.MENU, keyboard=keyboards.menu())
    if not reply.text:
        return None
    buttons = [(button.title, button.payload) for button in reply.buttons]
    return Bubble(reply.text, keyboard=keyboards.rows(buttons) if buttons else None)


async def _of_guesses(session: Session, guesses: Sequence[str]) -> Bubble:
    titles = texts.INTENTS | await answers.words(session, guesses)
    named = [(titles[intent], intent) for intent in guesses if intent in titles]
    return Bubble(texts.NOT_SURE, keyboard=keyboards.guesses(named))
