"""What advisors do in the chat: say how a talk went and what comes next, and when they are away."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import Message, Update
from telegram.ext.filters import MessageFilter
from typing_extensions import override

from admissions import consultations
from admissions.consultations import Absence, Advisor, Consultation, ConsultationStatus
from admissions.database import Session
from bot import clocks, keyboards, picks, texts
from bot.bubbles import Bubble
from bot.context import Context, Services
from bot.handlers.chats import answer, chat_of, readable, replace_bubble, tap_of, text_of
from bot.handlers.refusing import explaining

NUMBER: Final = re.compile(r"\(talk #(\d+)\)")
NOTE: Final = "//"
"""A line that begins so stays with the staff."""
COME_BACK: Final = "come_back:"


class AnswersTalk(MessageFilter):
    """Lets through an answer to the bot's question for the next step of a talk."""

    @override
    def filter(self, message: Message) -> bool:
        asked = message.reply_to_message
        is_ours = asked is not None and asked.from_user is not None and asked.from_user.is_bot
        return bool(is_ours and asked and NUMBER.search(asked.text or ""))


@explaining
async def conclude(update: Update, context: Context) -> None:
    """Note how a talk went, and ask for the next step where it was held."""
    query, data = tap_of(update)
    services, name = context.services, readable(query.from_user.full_name)
    prefix, _, number = data.partition(":")
    status = ConsultationStatus(prefix)
    async with services.database.transaction() as session:
        await _require_advisor(session, services, update, int(number))
        talk = await consultations.conclude(session, int(number), status, by=name, at=services.now())
    await replace_bubble(update, context, _of_outcome(talk))


@explaining
async def choose_next_step(update: Update, context: Context) -> None:
    """Send the tapped next step to the applicant."""
    _, data = tap_of(update)
    _, number, place = data.split(":")
    await _write_next_step(update, context, int(number), texts.NEXT_STEPS[int(place)])


@explaining
async def write_next_step(update: Update, context: Context) -> None:
    """Send the written next step to the applicant; lines that begin with // are a note for staff."""
    message = update.effective_message
    assert message is not None, "registered for messages"
    assert message.reply_to_message is not None, "registered for answers"
    found = NUMBER.search(message.reply_to_message.text or "")
    assert found is not None, "registered for answers that name a talk"
    await _write_next_step(update, context, int(found[1]), text_of(update))


@explaining
async def go_away(update: Update, context: Context) -> None:
    """Note when an advisor is away, or list it: /away [NAME] [fri 14:00-17:00]."""
    words, services = text_of(update).partition(" ")[2].strip(), context.services
    async with services.database.transaction() as session:
        advisor, when = await _advisor_of(session, update, words)
        if when:
            bubble = await _note_absence(session, services, update, advisor, when)
        else:
            bubble = _of_absences(advisor, await consultations.absences(session, advisor.id, at=services.now()))
    await answer(update, context, bubble)


@explaining
async def come_back(update: Update, context: Context) -> None:
    """Take an absence back."""
    _, data = tap_of(update)
    _, absence_id, advisor_id = data.split(":")
    async with context.services.database.transaction() as session:
        advisor = await consultations.get_advisor(session, int(advisor_id))
        await consultations.come_back(session, int(absence_id), advisor.id)
    await replace_bubble(update, context, Bubble(texts.AWAY_TAKEN_BACK.format(name=advisor.name)))


@explaining
async def ask_to_move(update: Update, context: Context) -> None:
    """Ask an applicant to choose another time."""
    _, data = tap_of(update)
    services = context.services
    async with services.database.transaction() as session:
        number = int(data.removeprefix(picks.ASK_TO_MOVE))
        await _require_advisor(session, services, update, number)
        talk = await consultations.ask_to_move(session, number, at=services.now())
    await answer(update, context, Bubble(texts.ASKED_TO_MOVE.format(applicant=talk.applicant.name)))


async def _write_next_step(update: Update, context: Context, number: int, words: str) -> None:
    lines = words.splitlines()
    note = "\n".join(line.removeprefix(NOTE).strip() for line in lines if line.startswith(NOTE))
    next_step = "\n".join(line for line in lines if not line.startswith(NOTE))
    services = context.services
    async with services.database.transaction() as session:
        await _require_advisor(session, services, update, number)
        talk = await consultations.write_next_step(
            session, number, next_step=next_step, note=note or None, at=services.now()
        )
    sent = texts.NEXT_STEP_SENT.format(applicant=talk.applicant.name, next_step=talk.next_step)
    await answer(update, context, Bubble(sent))


async def _require_advisor(session: Session, services: Services, update: Update, number: int) -> None:
    """Check that whoever acts is the advisor of a talk, or of the staff.

    Raises:
        AdvisorNotFound: They are neither.
    """
    talk = await consultations.get(session, number)
    person = update.effective_user
    if chat_of(update) != services.staff_chat and (person is None or person.id != talk.advisor.telegram_id):
        raise consultations.AdvisorNotFound


async def _advisor_of(session: Session, update: Update, words: str) -> tuple[Advisor, str]:
    """Return the advisor that a command is about, and the rest of its words: one named first, else the sender."""
    first, _, rest = words.partition(" ")
    try:
        return await consultations.find_by_name(session, first), rest
    except consultations.AdvisorNotFound:
        person = update.effective_user
        own = await consultations.find_by_telegram(session, person.id) if person else None
        if own is None:
            raise
        return own, words


async def _note_absence(
    session: Session, services: Services, update: Update, advisor: Advisor, when: str
) -> Bubble:
    zone = consultations.zone_of(advisor)
    begins_at, ends_at = consultations.read_away(when, zone=zone, at=services.now())
    person = update.effective_user
    by = readable(person.full_name) if person else ""
    talks = await consultations.go_away(session, advisor.id, begins_at, ends_at, by=by, at=services.now())
    noted = texts.AWAY_NOTED.format(
        name=advisor.name, begins=clocks.houston(begins_at), ends=clocks.houston(ends_at)
    )
    if not talks:
        return Bubble(noted)
    lines = [
        texts.AWAY_TALK.format(applicant=talk.applicant.name, time=clocks.houston(talk.begins_at))
        for talk in talks
    ]
    buttons = [
        (texts.ASK_TO_MOVE.format(applicant=talk.applicant.name), f"{picks.ASK_TO_MOVE}{talk.id}")
        for talk in talks
    ]
    return Bubble("\n".join([noted, "", texts.AWAY_TALKS, *lines]), keyboard=keyboards.rows(buttons))


def _of_absences(advisor: Advisor, absences: Sequence[Absence]) -> Bubble:
    if not absences:
        return Bubble(texts.AWAY_NONE.format(name=advisor.name))
    lines = [
        texts.AWAY_LINE.format(begins=clocks.houston(each.begins_at), ends=clocks.houston(each.ends_at))
        for each in absences
    ]
    buttons = [
        (texts.AWAY_END.format(begins=clocks.houston(each.begins_at)), f"{COME_BACK}{each.id}:{advisor.id}")
        for each in absences
    ]
    return Bubble("\n".join([texts.AWAY_LIST.format(name=advisor.name), *lines]), keyboard=keyboards.rows(buttons))


def _of_outcome(talk: Consultation) -> Bubble:
    if talk.status is ConsultationStatus.NO_SHOW:
        return Bubble(texts.OUTCOME_NO_SHOW.format(applicant=talk.applicant.name))
    buttons = [(words, f"{picks.NEXT_STEP}{talk.id}:{place}") for place, words in enumerate(texts.NEXT_STEPS)]
    text = texts.OUTCOME_HELD.format(applicant=talk.applicant.name, number=talk.id)
    return Bubble(text, keyboard=keyboards.rows(buttons))
