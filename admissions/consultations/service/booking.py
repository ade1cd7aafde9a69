"""Book, move, cancel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import notifications
from admissions.applicants import Applicant
from admissions.consultations.errors import (
    AlreadyBooked,
    MediumUnavailable,
    OfferLapsed,
    SlotPast,
    SlotTaken,
    TooLateToChange,
)
from admissions.consultations.models import Advisor, Consultation, WaitListEntry
from admissions.consultations.rules.slots import nearest
from admissions.consultations.service import announcing, loading
from admissions.consultations.values import ConsultationStatus, Medium, Reply, Slot, Topic
from admissions.notifications import Kind


@dataclass(frozen=True)
class Wanted:
    """What an applicant wants to book.

    Attributes:
        begins_at: When, aware.
        advisor_id: With whom; None for any advisor.
        topic: About what.
        medium: How they are reached.
    """

    begins_at: datetime
    advisor_id: int | None
    topic: Topic
    medium: Medium


async def book(session: AsyncSession, applicant_id: int, wanted: Wanted, *, at: datetime) -> Consultation:
    """Book a free slot; booking the very same again changes nothing.

    With any advisor, it is the one with the fewest talks that week. Of two who book at once one gets it.

    Raises:
        SlotPast: It has begun.
        SlotTaken: It is not free (any more); with the free slots nearest to it.
        AlreadyBooked: The applicant has another talk to come.
        MediumUnavailable: None of the advisors who are free then talks that way.
    """
    await tidy(session, at=at)
    await session.execute(select(Applicant.id).where(Applicant.id == applicant_id).with_for_update(key_share=True))
    theirs = await _upcoming(session, applicant_id)
    if theirs and theirs.begins_at == wanted.begins_at:
        return theirs if theirs.status is ConsultationStatus.BOOKED else await _take(session, theirs, wanted, at)
    if theirs and theirs.status is ConsultationStatus.BOOKED:
        raise AlreadyBooked(theirs.begins_at)
    if theirs:
        _end(theirs, ConsultationStatus.LAPSED, str(applicant_id), at)
        await session.flush()
    return await _book(session, applicant_id, wanted, at)


async def move(
    session: AsyncSession,
    applicant_id: int,
    begins_at: datetime,
    advisor_id: int | None,
    *,
    at: datetime,
    notice: timedelta,
) -> Consultation:
    """Move the booked talk to another free slot; its topic and medium stay.

    Args:
        session: An open session.
        applicant_id: Whose talk it is.
        begins_at: The new beginning, aware.
        advisor_id: With whom; None for any advisor.
        at: Now, aware.
        notice: How long before its beginning a talk can still be changed.

    Raises:
        ConsultationNotFound: None is booked.
        TooLateToChange: It begins too soon for that.
        SlotPast: The new slot has begun.
        SlotTaken: The new slot is not free (any more); with the free slots nearest to it.
    """
    await tidy(session, at=at)
    consultation = await loading.get_upcoming(session, applicant_id)
    if consultation.begins_at == begins_at:
        return consultation
    _check_notice(consultation, at, notice)
    slot = await _lock_slot(session, begins_at, advisor_id, at=at, without=consultation.id)
    advisor = await _able(session, slot, consultation.medium)
    try:
        async with session.begin_nested():
            _place(consultation, slot, advisor)
            consultation.sequence += 1
            consultation.reply = None
    except IntegrityError:  # taken in this moment
        raise await _taken(session, begins_at, advisor_id, at=at) from None
    await session.refresh(consultation, ["advisor"])
    await announcing.announce(session, consultation, announcing.Change.MOVED, at=at)
    return consultation


async def cancel(session: AsyncSession, applicant_id: int, *, at: datetime, notice: timedelta) -> Consultation:
    """Cancel the booked talk; its slot is free again.

    Raises:
        ConsultationNotFound: None is booked.
        TooLateToChange: It begins too soon for that.
    """
    consultation = await loading.get_upcoming(session, applicant_id)
    _check_notice(consultation, at, notice)
    _end(consultation, ConsultationStatus.CANCELLED, str(applicant_id), at)
    consultation.sequence += 1
    await announcing.announce(session, consultation, announcing.Change.CANCELLED, at=at)
    return consultation


async def give_up(session: AsyncSession, applicant_id: int, *, at: datetime) -> None:
    """Tell the advisor, without a name, that the time of somebody who is forgotten now is free again."""
    consultation = await _upcoming(session, applicant_id)
    if consultation is None or consultation.status is not ConsultationStatus.BOOKED or consultation.ends_at <= at:
        return
    recipient = await announcing.recipient_of(session, consultation.advisor)
    about, payload = f"advisor:{consultation.advisor_id}", {"begins_at": consultation.begins_at.isoformat()}
    await notifications.enqueue(session, recipient, Kind.TALK_FREED, about, due_at=at, payload=payload)


async def require_changeable(
    session: AsyncSession, applicant_id: int, *, at: datetime, notice: timedelta
) -> Consultation:
    """Check that the booked talk can be moved or cancelled.

    Raises:
        ConsultationNotFound: None is booked.
        TooLateToChange: It begins too soon for that.
    """
    consultation = await loading.get_upcoming(session, applicant_id)
    _check_notice(consultation, at, notice)
    return consultation


async def reply(session: AsyncSession, applicant_id: int, said: Reply, *, at: datetime) -> Consultation:
    """Note what an applicant says to a reminder, and tell the advisor.

    Raises:
        ConsultationNotFound: None is booked (any more).
    """
    consultation = await loading.get_upcoming(session, applicant_id)
    if consultation.reply is not said:
        consultation.reply = said
        await announcing.announce(session, consultation, announcing.Change(said.value), at=at)
    return consultation


async def tidy(session: AsyncSession, *, at: datetime) -> None:
    """Note which talks are over and which offers were not taken in time."""
    over = update(Consultation).where(Consultation.status == ConsultationStatus.BOOKED, Consultation.ends_at <= at)
    await session.execute(over.values(status=ConsultationStatus.OVER))
    lapsed = update(Consultation).where(
        Consultation.status == ConsultationStatus.OFFERED, Consultation.offered_until <= at
    )
    await session.execute(lapsed.values(status=ConsultationStatus.LAPSED, ended_at=at))


async def _upcoming(session: AsyncSession, applicant_id: int) -> Consultation | None:
    statuses = (ConsultationStatus.BOOKED, ConsultationStatus.OFFERED)
    theirs = select(Consultation.id).where(
        Consultation.applicant_id == applicant_id, Consultation.status.in_(statuses)
    )
    consultation_id = await session.scalar(theirs)
    return await loading.get(session, consultation_id, to_change=True) if consultation_id else None


async def _take(session: AsyncSession, offered: Consultation, wanted: Wanted, at: datetime) -> Consultation:
    if wanted.medium not in loading.entry_of(offered.advisor).media.offered:
        raise MediumUnavailable
    if offered.begins_at <= at:
        raise OfferLapsed
    offered.status, offered.offered_until = ConsultationStatus.BOOKED, None
    offered.topic, offered.medium = wanted.topic, wanted.medium
    await _settle(session, offered, at)
    return offered


async def _book(session: AsyncSession, applicant_id: int, wanted: Wanted, at: datetime) -> Consultation:
    slot = await _lock_slot(session, wanted.begins_at, wanted.advisor_id, at=at)
    advisor = await _able(session, slot, wanted.medium)
    consultation = new_consultation(applicant_id, slot, advisor, at)
    consultation.topic, consultation.medium = wanted.topic, wanted.medium
    try:
        async with session.begin_nested():
            session.add(consultation)
    except IntegrityError:  # taken in this moment
        raise await _taken(session, wanted.begins_at, wanted.advisor_id, at=at) from None
    consultation = await loading.get(session, consultation.id)
    await _settle(session, consultation, at)
    return consultation


async def _settle(session: AsyncSession, consultation: Consultation, at: datetime) -> None:
    waits = await session.get(WaitListEntry, consultation.applicant_id)
    if waits:
        await session.delete(waits)
    await session.flush()
    await announcing.announce(session, consultation, announcing.Change.BOOKED, at=at)


async def _lock_slot(
    session: AsyncSession, begins_at: datetime, advisor_id: int | None, *, at: datetime, without: int | None = None
) -> Slot:
    """Return a slot whose advisors nobody else books until this is done, so that their daily limits hold too."""
    if begins_at <= at:
        raise SlotPast
    slot = await _find_slot(session, begins_at, advisor_id, at=at, without=without)
    advisors = select(Advisor.id).where(Advisor.id.in_(slot.advisor_ids)).order_by(Advisor.id)
    await session.execute(advisors.with_for_update())
    return await _find_slot(session, begins_at, advisor_id, at=at, without=without)


async def _find_slot(
    session: AsyncSession, begins_at: datetime, advisor_id: int | None, *, at: datetime, without: int | None
) -> Slot:
    slots = await loading.free(session, at=at, advisor_id=advisor_id, without=without)
    slot = next((slot for slot in slots if slot.begins_at == begins_at), None)
    if slot is None:
        raise SlotTaken(nearest(slots, begins_at))
    return slot


async def _able(session: AsyncSession, slot: Slot, medium: Medium | None) -> Advisor:
    """Return the least loaded of those who are free then and talk that way."""
    for advisor_id in slot.advisor_ids:
        advisor = await session.get_one(Advisor, advisor_id)
        if medium is None or medium in loading.entry_of(advisor).media.offered:
            return advisor
    raise MediumUnavailable


async def _taken(session: AsyncSession, begins_at: datetime, advisor_id: int | None, *, at: datetime) -> SlotTaken:
    return SlotTaken(nearest(await loading.free(session, at=at, advisor_id=advisor_id), begins_at))


def new_consultation(applicant_id: int, slot: Slot, advisor: Advisor, at: datetime) -> Consultation:
    """Return a consultation in a slot, booked."""
    consultation = Consultation(
        applicant_id=applicant_id,
        status=ConsultationStatus.BOOKED,
        uid=f"{uuid4()}@houstonmedicalclerkship",
        sequence=0,
        created_at=at,
    )
    _place(consultation, slot, advisor)
    return consultation


def _place(consultation: Consultation, slot: Slot, advisor: Advisor) -> None:
    consultation.advisor_id = advisor.id
    consultation.begins_at, consultation.ends_at = slot.begins_at, slot.ends_at
    consultation.blocked_until = slot.ends_at + timedelta(minutes=loading.entry_of(advisor).buffer_minutes)


def _end(consultation: Consultation, status: ConsultationStatus, by: str, at: datetime) -> None:
    consultation.status, consultation.ended_at, consultation.ended_by = status, at, by


def _check_notice(consultation: Consultation, at: datetime, notice: timedelta) -> None:
    if consultation.begins_at - at < notice:
        raise TooLateToChange(round(notice.total_seconds() / 3600))
