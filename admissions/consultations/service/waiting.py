"""The wait list: whoever waits longest is offered a freed slot first."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import notifications
from admissions.applicants import clock_of
from admissions.consultations.errors import OfferLapsed
from admissions.consultations.models import Advisor, Consultation, WaitListEntry
from admissions.consultations.rules.waiting import HOLDS_FOR, is_awake
from admissions.consultations.service import announcing, loading
from admissions.consultations.service.booking import new_consultation
from admissions.consultations.values import ConsultationStatus, Slot
from admissions.database import insert
from admissions.notifications import Kind

HAS_ONE = (ConsultationStatus.OFFERED, ConsultationStatus.BOOKED)


async def wait(session: AsyncSession, applicant_id: int, *, at: datetime) -> bool:
    """Put an applicant on the wait list.

    Returns:
        Whether they are new on it; False where they wait already, and keep their place.
    """
    statement = insert(session, WaitListEntry).values(applicant_id=applicant_id, waits_since=at)
    new = statement.on_conflict_do_nothing(index_elements=["applicant_id"]).returning(WaitListEntry.applicant_id)
    return await session.scalar(new) is not None


async def stop_waiting(session: AsyncSession, applicant_id: int) -> None:
    """Take an applicant off the wait list, if they are on it; a slot held for them is free again."""
    if entry := await session.get(WaitListEntry, applicant_id):
        await session.delete(entry)
    if offered := await _offered_to(session, applicant_id):
        offered.status = ConsultationStatus.LAPSED


async def is_waiting(session: AsyncSession, applicant_id: int) -> bool:
    """Tell whether an applicant is on the wait list."""
    return await session.get(WaitListEntry, applicant_id) is not None


async def get_offer(session: AsyncSession, applicant_id: int, *, at: datetime) -> Consultation:
    """Return the slot that is held for an applicant now.

    Raises:
        OfferLapsed: None is (any more).
    """
    offered = await _offered_to(session, applicant_id)
    if offered is None or offered.offered_until is None or offered.offered_until <= at:
        raise OfferLapsed
    return offered


async def offer_freed(session: AsyncSession, *, at: datetime) -> Sequence[Consultation]:
    """Offer free slots to those who wait, one slot each, the longest wait first; return what was offered.

    A slot is held for half an hour; who is asleep by their own clock keeps their place and is passed over.
    An offer that was not taken goes to the next, and whom it was made to goes to the end of the list.
    """
    await _lapse(session, at)
    waiting = await _waiting(session)
    if not waiting:
        return []
    offered = []
    for entry, zone in waiting:
        slots = await loading.free(session, at=at + HOLDS_FOR)
        if not slots:
            break
        if is_awake(at, zone) and (offer := await _offer(session, entry, slots[0], at)):
            offered.append(offer)
    return offered


async def _waiting(session: AsyncSession) -> list[tuple[WaitListEntry, tzinfo]]:
    has_one = select(Consultation.applicant_id).where(Consultation.status.in_(HAS_ONE))
    entries = (
        await session.scalars(
            select(WaitListEntry)
            .where(WaitListEntry.applicant_id.not_in(has_one))
            .order_by(WaitListEntry.waits_since, WaitListEntry.applicant_id)
            .with_for_update(skip_locked=True)
        )
    ).all()
    return [(entry, (await clock_of(session, entry.applicant_id)).zone) for entry in entries]


async def _offer(session: AsyncSession, entry: WaitListEntry, slot: Slot, at: datetime) -> Consultation | None:
    advisor = await session.get_one(Advisor, slot.advisor_ids[0])
    offer = new_consultation(entry.applicant_id, slot, advisor, at)
    offer.status, offer.offered_until = ConsultationStatus.OFFERED, at + HOLDS_FOR
    try:
        async with session.begin_nested():
            session.add(offer)
    except IntegrityError:  # booked in this moment
        return None
    await notifications.enqueue(
        session,
        entry.applicant_id,
        Kind.SLOT_OFFERED,
        announcing.about(offer),
        due_at=at,
        stale_at=offer.offered_until,
    )
    return offer


async def _lapse(session: AsyncSession, at: datetime) -> None:
    late = select(Consultation).where(
        Consultation.status == ConsultationStatus.OFFERED, Consultation.offered_until <= at
    )
    for offer in await session.scalars(late.with_for_update(skip_locked=True)):
        offer.status, offer.ended_at = ConsultationStatus.LAPSED, at
        if entry := await session.get(WaitListEntry, offer.applicant_id):
            entry.waits_since = at
    await session.flush()


async def _offered_to(session: AsyncSession, applicant_id: int) -> Consultation | None:
    offered = select(Consultation.id).where(
        Consultation.applicant_id == applicant_id, Consultation.status == ConsultationStatus.OFFERED
    )
    consultation_id = await session.scalar(offered)
    return await loading.get(session, consultation_id, to_change=True) if consultation_id else None
