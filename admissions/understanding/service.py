"""Keep, mark as weak, ask staff, label, export, forget."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import delete, select, update

from admissions import answers, notifications, staff
from admissions.database import Session
from admissions.notifications import STAFF, Kind
from admissions.staff import OfficeHours
from admissions.understanding.errors import MessageAlreadyLabelled, MessageNotFound
from admissions.understanding.models import UnderstoodMessage, Weakness
from admissions.understanding.rules.redacting import redact
from admissions.understanding.rules.weighing import (
    FALLBACK,
    FOR_PERSON,
    QUESTION,
    Guess,
    is_given_up,
    weakness_of,
)

KEPT_GUESSES = 3
ASKED_A_DAY = 10
"""Messages that staff are asked about a day, at most."""


async def keep(
    session: Session, applicant_id: int, text: str, guesses: Sequence[Guess], done: str, *, at: datetime
) -> int:
    """Keep a message, without what tells who wrote it.

    Args:
        session: An open session.
        applicant_id: Who wrote it.
        text: What was written.
        guesses: The likeliest intents with their confidences, likeliest first.
        done: The intent that was followed, or `nlu_fallback`.
        at: When it was received.

    Returns:
        Its number.
    """
    if done in FOR_PERSON:
        await note_handoff(session, applicant_id, at=at)
    kept = [[intent, round(confidence, 3)] for intent, confidence in guesses[:KEPT_GUESSES]]
    message = UnderstoodMessage(
        applicant_id=applicant_id,
        text=redact(text),
        guesses=kept,
        done=done,
        received_at=at,
        weakness=weakness_of(guesses, done),
    )
    session.add(message)
    await session.flush()
    return message.id


async def note_unhelpful(session: Session, applicant_id: int, message_id: int) -> None:
    """Note that an applicant was not content with an answer; their message may be forgotten by now."""
    theirs = update(UnderstoodMessage).where(
        UnderstoodMessage.id == message_id, UnderstoodMessage.applicant_id == applicant_id
    )
    await session.execute(theirs.values(weakness=Weakness.THUMBS_DOWN))


async def note_something_else(session: Session, applicant_id: int) -> None:
    """Note that an applicant meant none of what was offered for the latest message that was not understood."""
    if message := await _latest(session, applicant_id, done=FALLBACK):
        message.weakness = Weakness.SOMETHING_ELSE


async def note_handoff(session: Session, applicant_id: int, *, at: datetime) -> None:
    """Note that an applicant asks for a person: right after an answer, that may have been a wrong one.

    An answer that itself offers a person is no worse for its offer being taken up.
    """
    message = await _latest(session, applicant_id)
    if message is None or not is_given_up(message.done, message.received_at, at):
        return
    if message.weakness in (None, Weakness.UNSURE) and not await _offers_person(session, message.done):
        message.weakness = Weakness.HANDOFF_AFTER


async def weakest(session: Session, *, before: datetime, limit: int = ASKED_A_DAY) -> Sequence[UnderstoodMessage]:
    """Return weak messages that staff were not asked about: complaints first, then the newest."""
    waiting = select(UnderstoodMessage).where(
        UnderstoodMessage.weakness.is_not(None),
        UnderstoodMessage.asked_at.is_(None),
        UnderstoodMessage.label.is_(None),
        UnderstoodMessage.received_at < before,
    )
    by_complaint = (UnderstoodMessage.weakness == Weakness.UNSURE, UnderstoodMessage.received_at.desc())
    return (await session.scalars(waiting.order_by(*by_complaint).limit(limit))).all()


async def ask_staff(session: Session, office: OfficeHours, *, at: datetime) -> int:
    """Have staff asked what the weak messages of the days before meant: once a day, from when the office opens.

    Args:
        session: An open session.
        office: When HMC's office is open.
        at: Now, aware.

    Returns:
        About how many they are asked now.
    """
    midnight = datetime.combine(at.astimezone(office.zone).date(), time(), office.zone)
    asked_today = select(UnderstoodMessage.id).where(UnderstoodMessage.asked_at >= midnight).limit(1)
    if not staff.is_open(office, at) or await session.scalar(asked_today) is not None:
        return 0
    return await _ask(session, before=midnight, at=at)


async def ask_more(session: Session, *, at: datetime) -> int:
    """Have staff asked now, as somebody of them has the time; return about how many messages."""
    return await _ask(session, before=at, at=at)


async def get(session: Session, message_id: int) -> UnderstoodMessage:
    """Return a message.

    Raises:
        MessageNotFound: There is no such message, or no longer.
    """
    message = await session.get(UnderstoodMessage, message_id)
    if message is None:
        raise MessageNotFound
    return message


async def of_applicant(session: Session, applicant_id: int) -> Sequence[UnderstoodMessage]:
    """Return what is kept of an applicant, oldest first."""
    theirs = select(UnderstoodMessage).where(UnderstoodMessage.applicant_id == applicant_id)
    return (await session.scalars(theirs.order_by(UnderstoodMessage.id))).all()


async def label(session: Session, message_id: int, intent: str, *, by: str, at: datetime) -> UnderstoodMessage:
    """Note what a message meant, as someone of the staff says.

    Raises:
        MessageNotFound: There is no such message, or no longer.
        MessageAlreadyLabelled: A colleague was quicker.
    """
    message = await session.get(UnderstoodMessage, message_id, with_for_update=True)
    if message is None:
        raise MessageNotFound
    if message.labelled_by is not None:
        raise MessageAlreadyLabelled(message.labelled_by)
    message.label, message.labelled_by, message.labelled_at = intent, by, at
    return message


async def labelled(session: Session) -> Sequence[UnderstoodMessage]:
    """Return the labelled messages that are not yet training examples, oldest label first."""
    waiting = select(UnderstoodMessage).where(
        UnderstoodMessage.label.is_not(None), UnderstoodMessage.exported_at.is_(None)
    )
    return (await session.scalars(waiting.order_by(UnderstoodMessage.labelled_at, UnderstoodMessage.id))).all()


async def mark_exported(session: Session, messages: Sequence[UnderstoodMessage], *, at: datetime) -> None:
    """Note that messages have become training examples."""
    exported = [message.id for message in messages]
    await session.execute(
        update(UnderstoodMessage).where(UnderstoodMessage.id.in_(exported)).values(exported_at=at)
    )


async def since(session: Session, moment: datetime) -> Sequence[str]:
    """Return what was written since a moment, oldest first."""
    kept = select(UnderstoodMessage.text).where(UnderstoodMessage.received_at >= moment)
    return (await session.scalars(kept.order_by(UnderstoodMessage.id))).all()


async def forget(session: Session, *, before: datetime) -> None:
    """Remove what was written before a moment."""
    await session.execute(delete(UnderstoodMessage).where(UnderstoodMessage.received_at < before))


async def _latest(session: Session, applicant_id: int, *, done: str | None = None) -> UnderstoodMessage | None:
    theirs = select(UnderstoodMessage).where(UnderstoodMessage.applicant_id == applicant_id)
    if done is not None:
        theirs = theirs.where(UnderstoodMessage.done == done)
    message: UnderstoodMessage | None = await session.scalar(theirs.order_by(UnderstoodMessage.id.desc()).limit(1))
    return message


async def _offers_person(session: Session, done: str) -> bool:
    if not done.startswith(QUESTION):
        return False
    try:
        return (await answers.tell(session, done)).offers_person
    except answers.UnknownAnswer:  # it is gone from the file
        return False


async def _ask(session: Session, *, before: datetime, at: datetime) -> int:
    messages = await weakest(session, before=before)
    for message in messages:
        message.asked_at = at
        await notifications.enqueue(
            session,
            STAFF,
            Kind.MESSAGE_TO_LABEL,
            f"message:{message.id}",
            due_at=at,
            applicant_id=message.applicant_id,
        )
    return len(messages)
