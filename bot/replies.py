"""From what Rasa decided to bubbles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from admissions import answers, applications, placements
from admissions.database import Session
from bot import forms, keyboards, texts
from bot.bubbles import Bubble, of_answer, of_answers
from bot.dialogue import Asked, Button, Custom, Reply


@dataclass(frozen=True)
class Reader:
    """Who reads the bubbles.

    Attributes:
        today: What day it is for them.
        message_id: The message that is answered, if it was kept.
    """

    applicant_id: int
    today: date
    message_id: int | None = None


async def of_replies(session: Session, replies: Sequence[Reply], reader: Reader) -> Sequence[Bubble]:
    """Put into words what Rasa decided.

    Raises:
        UnknownAnswer: Rasa named an answer that is no longer there.
        ApplicationNotFound: Rasa asks for an application that is no longer under way.
    """
    bubbles: list[Bubble] = []
    for reply in replies:
        if reply.custom and reply.custom.menu and bubbles:
            bubbles[-1] = replace(bubbles[-1], keyboard=keyboards.menu())
            continue
        bubble = await _of_custom(session, reply.custom, reader) if reply.custom else _of_text(reply)
        if bubble:
            bubbles.append(bubble)
    return bubbles or [Bubble(texts.NO_REPLY, keyboard=keyboards.menu())]


def _of_text(reply: Reply) -> Bubble | None:
    buttons = [(button.title, _data_of(button, place)) for place, button in enumerate(reply.buttons)]
    return Bubble(reply.text, keyboard=keyboards.rows(buttons) if buttons else None) if reply.text else None


def _data_of(button: Button, place: int) -> str:
    """Return a button's data; one that says its own title may be longer than data can be."""
    return button.payload if button.payload.startswith("/") else f"{keyboards.SAY_TITLE}{place}"


async def _of_custom(session: Session, custom: Custom, reader: Reader) -> Bubble | None:
    if custom.answers:
        return of_answers([await _told(session, asked) for asked in custom.answers], reader.message_id)
    if custom.specialties:
        return of_answer(await answers.tell_specialties(session, custom.specialties), reader.message_id)
    if custom.answer:
        return of_answer(await answers.tell(session, custom.answer), reader.message_id)
    if custom.guesses:
        return await _of_guesses(session, custom)
    if custom.ask:
        return await forms.of_question(session, reader.applicant_id, reader.today)
    if custom.why:
        return forms.of_reason(custom.why)
    if custom.review:
        return forms.of_review(await applications.review(session, reader.applicant_id))
    if custom.suggestions:
        return forms.of_suggestions(await applications.suggestions(session, reader.applicant_id))
    if custom.withdraw:
        await applications.review(session, reader.applicant_id)  # refused where there is nothing to withdraw
        costs = await placements.cancelling_costs(session, reader.applicant_id)
        return forms.of_withdrawal(costs=costs)
    return Bubble(texts.MENU, keyboard=keyboards.menu()) if custom.menu else None


async def _told(session: Session, asked: Asked) -> answers.Told:
    if asked.specialties:
        return await answers.tell_specialties(session, asked.specialties)
    return await answers.tell(session, asked.answer)


async def _of_guesses(session: Session, custom: Custom) -> Bubble:
    titles = texts.INTENTS | await answers.words(session, custom.guesses)
    named = [(titles[intent], intent) for intent in custom.guesses if intent in titles]
    return Bubble(texts.NOT_SURE, keyboard=keyboards.guesses(named, offers_person=custom.offers_person))
