"""What is free, as an applicant who books is offered it; an offer holds for ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from admissions import applicants, consultations
from admissions.applicants import Clock
from admissions.consultations import Asks, Chooser, Slot, Wish
from admissions.database import Session
from bot import consultation_bubbles as bubbles
from bot import refusals, texts
from bot.bubbles import Bubble
from bot.context import Services


@dataclass(frozen=True)
class Offer:
    """What an applicant can choose from.

    Attributes:
        slots: What is free.
        clock: By which they read it.
        chooser: How they choose.
    """

    slots: Sequence[Slot]
    clock: Clock
    chooser: Chooser


async def load_offer(session: Session, services: Services, chat: int, chooser: Chooser) -> Offer:
    """Return what is free, with any advisor where the wanted one has nothing; it holds for ten minutes."""
    now = services.now()
    talk = await consultations.find_upcoming(session, chat) if chooser.is_moving else None
    without = talk.id if talk else None
    slots = await consultations.free(session, at=now, advisor_id=chooser.advisor_id, without=without)
    if not slots and chooser.advisor_id is not None:
        chooser = replace(chooser, advisor_id=None)
        slots = await consultations.free(session, at=now, without=without)
    await consultations.ask(session, chat, Asks.TIME, chooser, at=now)
    return Offer(slots, await applicants.clock_of(session, chat), chooser)


async def of_offer(session: Session, services: Services, chat: int, offer: Offer, words: str) -> Bubble:
    """Show what is free, narrowed by what was written."""
    today = services.now().astimezone(offer.clock.zone).date()
    try:
        wish = consultations.read_wish(words, today=today) if words and offer.slots else None
    except consultations.NoSuchDay as refusal:
        return await of_days(session, services, chat, offer, refusals.explain(refusal))
    if wish:
        return of_wish(offer, wish, services)
    return await of_days(session, services, chat, offer, texts.CHOOSE_DAY)


def of_wish(offer: Offer, wish: Wish, services: Services) -> Bubble:
    """Show what is free of what was wished: the times where that is one day, else the days."""
    wanted = consultations.narrow(offer.slots, wish, offer.clock.zone)
    days = list(consultations.days(wanted, offer.clock.zone))
    if len(days) == 1:
        return of_times(offer, wanted, days[0], 0)
    lead = texts.CHOOSE_DAY if wanted else texts.NOTHING_THEN
    return bubbles.of_days(
        wanted or offer.slots, offer.clock, services.now(), lead=lead, is_moving=offer.chooser.is_moving
    )


async def of_days(session: Session, services: Services, chat: int, offer: Offer, lead: str) -> Bubble:
    """Show the days that have free times, or the wait list where none has."""
    if not offer.slots:
        return bubbles.of_no_slot(is_waiting=await consultations.is_waiting(session, chat))
    return bubbles.of_days(offer.slots, offer.clock, services.now(), lead=lead, is_moving=offer.chooser.is_moving)


def of_times(offer: Offer, slots: Sequence[Slot], day: date, page: int) -> Bubble:
    """Show the times of a day."""
    return bubbles.of_times(
        slots, day, page, offer.clock, advisor_id=offer.chooser.advisor_id, is_moving=offer.chooser.is_moving
    )
