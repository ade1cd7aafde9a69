"""Keep, mark as weak, label, export, forget."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from admissions.database import Session
from admissions.understanding.errors import MessageAlreadyLabelled, MessageNotFound
from admissions.understanding.models import UnderstoodMessage, Weakness
from admissions.understanding.rules import KEPT_GUESSES, Guess, redact, weakness_of


async def keep(
    session: Session, applicant_id: int, text: str, guesses: Sequence[Guess], done: str, *, at: datetime
) -> None:
    """Keep a message, without what tells who wrote it.

    Args:
        session: An open session.
        applicant_id: Who wrote it.
        text: What was written.
        guesses: The likeliest intents with their confidences, likeliest first.
        done: The intent that was followed, or `nlu_fallback`.
        at: When it was received.
    """
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


async def mark_weak(session: Session, applicant_id: int, weakness: Weakness) -> None:
    """Note that an applicant was not content with how their latest message was understood."""
    latest = select(UnderstoodMessage.id).where(UnderstoodMessage.applicant_id == applicant_id)
    latest = latest.order_by(UnderstoodMessage.id.desc()).limit(1)
    marked = update(UnderstoodMessage).where(UnderstoodMessage.id.in_(latest)).values(weakness=weakness)
    await session.execute(marked)


async def weakest(session: Session, *, since: datetime, limit: int = 10) -> Sequence[UnderstoodMessage]:
    """Return the weak messages that nobody has labelled: what applicants complained of first, then the newest."""
    waiting = select(UnderstoodMessage).where(
        UnderstoodMessage.weakness.is_not(None),
        UnderstoodMessage.label.is_(None),
        UnderstoodMessage.received_at >= since,
    )
    by_complaint = (UnderstoodMessage.weakness == Weakness.UNSURE, UnderstoodMessage.received_at.desc())
    return (await session.scalars(waiting.order_by(*by_complaint).limit(limit))).all()


async def label(session: Session, message_id: int, intent: str, *, by: str, at: datetime) -> None:
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
