"""What advisors do in the chat: say how a talk went and what comes next, and when they are away."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import Message, Update
from telegram.ext.filters import MessageFilter
from typing_extensions import override

from admissions import consultations, staff
from admissions.consultations import Absence, Advisor, Consultation, ConsultationStatus, Medium
from admissions.database import Session
from admissions.staff import Actor, Deed, Permission, Role
from bot import clocks, keyboards, picks, texts
from bot.bubbles import Bubble
from bot.context import Context, Services
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers.chats import replace_bubble, tap_of, text_of
from bot.handlers.permitting import permitted, say

NUMBER: Final = re.compile(r"\(talk #(\d+)\)")
NOTE: Final = "//"
"""A line that begins so stays with the staff."""
COME_BACK: Final = "come_back:"
FREE_SHOWN: Final = 8


class AnswersTalk(MessageFilter):
    """Lets through an answer to the bot's question for the next step of a talk."""

    @override
    def filter(self, message: Message) -> bool:
        asked = message.reply_to_message
        is_ours = asked is not None and asked.from_user is not None and asked.from_user.is_bot
        return bool(is_ours and asked and NUMBER.search(asked.text or ""))


@permitted(Permission.CONCLUDE_TALKS, in_private=True)
async def conclude(update: Update, context: Context, actor: Actor) -> None:
    """Note how a talk went, and ask for the next step where it was held."""
    _, data = tap_of(update)
    services = context.services
    prefix, _, number = data.partition(":")
    async with services.database.transaction() as session:
        before = await _their_talk(session, actor, int(number))
        talk = await consultations.conclude(
            session, int(number), ConsultationStatus(prefix), by=actor.name, at=services.now()
        )
        await _record(session, services, actor, Deed.TALK_CONCLUDED, talk, before, talk.status)
    await replace_bubble(update, context, _of_outcome(talk))


@permitted(Permission.CONCLUDE_TALKS, in_private=True)
async def choose_next_step(update: Update, context: Context, actor: Actor) -> None:
    """Send the tapped next step to the applicant."""
    _, data = tap_of(update)
    _, number, place = data.split(":")
    await _write_next_step(update, context, actor, int(number), texts.NEXT_STEPS[int(place)])


@permitted(Permission.CONCLUDE_TALKS, in_private=True)
async def write_next_step(update: Update, context: Context, actor: Actor) -> None:
    """Send the written next step to the applicant; lines that begin with // are a note for staff."""
    message = update.effective_message
    assert message is not None, "registered for messages"
    assert message.reply_to_message is not None, "registered for answers"
    found = NUMBER.search(message.reply_to_message.text or "")
    assert found is not None, "registered for answers that name a talk"
    await _write_next_step(update, context, actor, int(found[1]), text_of(update))


@permitted(Permission.PLAN_ABSENCES, in_private=True)
async def go_away(update: Update, context: Context, actor: Actor) -> None:
    """Note when an advisor is away, or list it: /away [NAME] [fri 14:00-17:00]."""
    words, services = text_of(update).partition(" ")[2].strip(), context.services
    async with services.database.transaction() as session:
        advisor, when = await _advisor_of(session, actor, words)
        _require_own(actor, advisor)
        if when:
            bubble = await _note_absence(session, services, actor, advisor, when)
        else:
            absences = await consultations.absences(session, advisor.id, at=services.now())
            bubble = _of_absences(advisor, absences)
    await say(update, context, bubble)


@permitted(Permission.PLAN_ABSENCES, in_private=True)
async def come_back(update: Update, context: Context, actor: Actor) -> None:
    """Take an absence back."""
    _, data = tap_of(update)
    _, absence_id, advisor_id = data.split(":")
    services = context.services
    async with services.database.transaction() as session:
        advisor = await consultations.get_advisor(session, int(advisor_id))
        _require_own(actor, advisor)
        await consultations.come_back(session, int(absence_id), advisor.id)
        about = f"advisor:{advisor.slug}"
        await staff.record(session, actor, Deed.ABSENCE_ENDED, about=about, at=services.now())
    await replace_bubble(update, context, Bubble(texts.AWAY_TAKEN_BACK.format(name=advisor.name)))


@permitted(Permission.PLAN_ABSENCES, in_private=True)
async def ask_to_move(update: Update, context: Context, actor: Actor) -> None:
    """Ask an applicant to choose another time."""
    _, data = tap_of(update)
    services = context.services
    async with services.database.transaction() as session:
        number = int(data.removeprefix(picks.ASK_TO_MOVE))
        await _their_talk(session, actor, number)
        talk = await consultations.ask_to_move(session, number, at=services.now())
        await _record(session, services, actor, Deed.MOVE_ASKED, talk, None, None)
    await say(update, context, Bubble(texts.ASKED_TO_MOVE.format(applicant=talk.applicant.name)))


async def show_slots(update: Update, context: Context, actor: Actor) -> None:
    """Show the booked talks and the next free times of an advisor: of one named, else of the sender."""
    words = text_of(update).partition(" ")[2].strip()
    async with context.services.database.reading() as session:
        if words:
            advisor = await consultations.find_by_name(session, words)
        elif (own := await consultations.find_by_telegram(session, actor.id)) and own.is_active:
            advisor = own
        else:
            advisors = await consultations.active_advisors(session)
            buttons = [(each.name, f"{desk_keys.SLOTS}{each.id}") for each in advisors]
            await say(update, context, Bubble(desk_texts.WHICH_ADVISOR, keyboard=keyboards.rows(buttons)))
            return
        bubble = await _of_slots(session, context.services, advisor)
    await say(update, context, bubble)


async def show_slots_of(update: Update, context: Context, _actor: Actor) -> None:
    """Show the booked talks and the next free times of the advisor whose button was tapped."""
    _, data = tap_of(update)
    async with context.services.database.reading() as session:
        advisor = await consultations.get_advisor(session, int(data.removeprefix(desk_keys.SLOTS)))
        bubble = await _of_slots(session, context.services, advisor)
    await replace_bubble(update, context, bubble)


async def _write_next_step(update: Update, context: Context, actor: Actor, number: int, words: str) -> None:
    lines = words.splitlines()
    note = "\n".join(line.removeprefix(NOTE).strip() for line in lines if line.startswith(NOTE))
    next_step = "\n".join(line for line in lines if not line.startswith(NOTE))
    services = context.services
    async with services.database.transaction() as session:
        await _their_talk(session, actor, number)
        talk = await consultations.write_next_step(
            session, number, next_step=next_step, note=note or None, at=services.now()
        )
        await _record(session, services, actor, Deed.NEXT_STEP_WRITTEN, talk, None, talk.next_step)
    sent = texts.NEXT_STEP_SENT.format(applicant=talk.applicant.name, next_step=talk.next_step)
    await say(update, context, Bubble(sent))


async def _their_talk(session: Session, actor: Actor, number: int) -> ConsultationStatus:
    """Return how far a talk is, if this one may say something about it.

    Raises:
        NotPermitted: It is another advisor's.
    """
    talk = await consultations.get(session, number)
    _require_own(actor, talk.advisor, Permission.CONCLUDE_TALKS)
    return talk.status


def _require_own(actor: Actor, advisor: Advisor, permission: Permission = Permission.PLAN_ABSENCES) -> None:
    """Check that an advisor acts for themselves; coordinators and leads act for all.

    Raises:
        NotPermitted: It is another advisor's affair.
    """
    if actor.role is Role.ADVISOR and advisor.telegram_id != actor.id:
        raise staff.NotPermitted(permission, Role.ADVISOR, (Role.LEAD, Role.COORDINATOR))


async def _advisor_of(session: Session, actor: Actor, words: str) -> tuple[Advisor, str]:
    """Return the advisor that a command is about, and the rest of its words: one named first, else the sender."""
    first, _, rest = words.partition(" ")
    try:
        return await consultations.find_by_name(session, first), rest
    except consultations.AdvisorNotFound:
        own = await consultations.find_by_telegram(session, actor.id)
        if own is None:
            raise
        return own, words


async def _note_absence(session: Session, services: Services, actor: Actor, advisor: Advisor, when: str) -> Bubble:
    zone = consultations.zone_of(advisor)
    begins_at, ends_at = consultations.read_away(when, zone=zone, at=services.now())
    talks = await consultations.go_away(session, advisor.id, begins_at, ends_at, by=actor.name, at=services.now())
    begins, ends = clocks.houston(begins_at), clocks.houston(ends_at)
    about, after = f"advisor:{advisor.slug}", texts.AWAY_LINE.format(begins=begins, ends=ends)
    await staff.record(session, actor, Deed.ABSENCE_NOTED, about=about, after=after, at=services.now())
    noted = texts.AWAY_NOTED.format(name=advisor.name, begins=begins, ends=ends)
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


async def _of_slots(session: Session, services: Services, advisor: Advisor) -> Bubble:
    booked = await consultations.booked_with(session, advisor.id, at=services.now())
    free = await consultations.free(session, advisor_id=advisor.id, at=services.now())
    talks = [
        desk_texts.SLOTS_BOOKED_LINE.format(
            time=clocks.houston(talk.begins_at),
            applicant=talk.applicant.name,
            medium=texts.BY_MEDIUM[talk.medium or Medium.TELEGRAM],
        )
        for talk in booked
    ]
    times = [desk_texts.SLOTS_FREE_LINE.format(time=clocks.houston(slot.begins_at)) for slot in free[:FREE_SHOWN]]
    lines = [
        *([desk_texts.SLOTS_BOOKED, *talks] if talks else [desk_texts.SLOTS_NO_BOOKED]),
        "",
        *([desk_texts.SLOTS_FREE, *times] if times else [desk_texts.SLOTS_NO_FREE]),
    ]
    return Bubble("\n".join(lines), advisor.name)


async def _record(
    session: Session,
    services: Services,
    actor: Actor,
    deed: Deed,
    talk: Consultation,
    before: str | None,
    after: str | None,
) -> None:
    await staff.record(
        session,
        actor,
        deed,
        about=f"consultation:{talk.id}",
        applicant_id=talk.applicant_id,
        before=before,
        after=after,
        at=services.now(),
    )


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
