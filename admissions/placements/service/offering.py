"""Offer a place; accept it, decline it, let it lapse."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.placements.errors import AlreadyPlaced, ApplicationNotOpen, OfferEnded, PlacementNotFound
from admissions.placements.models import Placement, PlacementStatus, Site
from admissions.placements.rules.moves import NEW, OFFERABLE, check_move
from admissions.placements.rules.periods import check_days, check_reply_by, check_words
from admissions.placements.service import loading
from admissions.placements.service.moving import APPLICANT, SYSTEM, Mover, move_placement


@dataclass(frozen=True)
class Offer:
    """A place that is offered.

    Attributes:
        site: Its name; one that is not known yet is taken up.
        first_day: A Monday.
        last_day: A Friday, four weeks later or more.
        reply_by: Until when it can be accepted, aware.
    """

    site: str
    specialty: str
    first_day: date
    last_day: date
    reply_by: datetime
    mentor: str | None = None
    what_to_bring: str | None = None


async def offer(
    session: AsyncSession, application_id: int, what: Offer, mover: Mover, *, at: datetime, tell: bool = True
) -> Placement:
    """Offer an applicant a place.

    Args:
        session: An open session.
        application_id: Whose application it is.
        what: What is offered.
        mover: Who offers it.
        at: Now, aware.
        tell: Whether the applicant is told; they see it in their status either way.

    Raises:
        MoveNotAllowed: Not by this role.
        ApplicationNotFound: There is no such application.
        ApplicationNotOpen: It is a draft, or has ended.
        AlreadyPlaced: It has an open placement (a unique key decides).
        PeriodRefused: A rotation cannot have these days.
        ReplyByPast: It could not be accepted any more.
        WordsMissing: The site or the specialty has no name, or too long a one.
    """
    check_move(NEW, PlacementStatus.OFFERED, mover.role)
    check_days(what.first_day, what.last_day)
    check_reply_by(what.reply_by, at)
    application = await loading.get_application(session, application_id, to_move=True)
    if application.status not in OFFERABLE:
        raise ApplicationNotOpen(application.status)
    placement = Placement(
        application_id=application_id,
        site_id=await settle_site(session, what.site),
        specialty=check_words(what.specialty, 100),
        first_day=what.first_day,
        last_day=what.last_day,
        mentor=what.mentor,
        what_to_bring=what.what_to_bring,
        reply_by=what.reply_by,
        status=PlacementStatus.OFFERED,
        moved_as=mover.role,
        moved_by=mover.name,
        moved_at=at,
    )
    try:
        async with session.begin_nested():
            session.add(placement)
    except IntegrityError:
        raise AlreadyPlaced from None
    if not tell:
        (await loading.last_change(session, application_id, placement.id)).told_at = at
    return await loading.get_placement(session, placement.id)


async def accept(session: AsyncSession, applicant_id: int, placement_id: int, *, at: datetime) -> Placement:
    """Accept an offer; accepting it again changes nothing.

    Raises:
        PlacementNotFound: There is none, or it is not theirs.
        OfferEnded: The time to answer is over.
        MoveNotAllowed: It is not an offer any more.
    """
    return await _reply(session, applicant_id, placement_id, PlacementStatus.ACCEPTED, at)


async def decline(session: AsyncSession, applicant_id: int, placement_id: int, *, at: datetime) -> Placement:
    """Decline an offer; declining it again changes nothing.

    Raises:
        PlacementNotFound: There is none, or it is not theirs.
        OfferEnded: The time to answer is over.
        MoveNotAllowed: It is not an offer any more.
    """
    return await _reply(session, applicant_id, placement_id, PlacementStatus.DECLINED, at)


async def get_offer(session: AsyncSession, applicant_id: int, placement_id: int, *, at: datetime) -> Placement:
    """Return an offer that can still be answered.

    Raises:
        PlacementNotFound: There is none, or it is not theirs, or not an offer any more.
        OfferEnded: The time to answer is over.
    """
    placement = await _theirs(session, applicant_id, placement_id)
    if placement.status is PlacementStatus.LAPSED:
        raise OfferEnded(placement.reply_by)
    if placement.status is not PlacementStatus.OFFERED:
        raise PlacementNotFound
    _check_in_time(placement, at)
    return placement


async def lapse(session: AsyncSession, *, at: datetime) -> None:
    """Note which offers were not answered in time."""
    over = select(Placement.id).where(Placement.status == PlacementStatus.OFFERED, Placement.reply_by <= at)
    for placement_id in (await session.scalars(over)).all():
        await move_placement(session, placement_id, PlacementStatus.LAPSED, SYSTEM, at=at)


async def settle_site(session: AsyncSession, name: str) -> int:
    """Return the id of a site by its name, taken up if need be (a unique key decides).

    Raises:
        WordsMissing: It has no name, or too long a one.
    """
    row = {"name": check_words(name)}
    await session.execute(insert(session, Site).values(row).on_conflict_do_nothing(index_elements=["name"]))
    return (await session.scalars(select(Site.id).where(Site.name == row["name"]))).one()


async def _reply(
    session: AsyncSession, applicant_id: int, placement_id: int, to: PlacementStatus, at: datetime
) -> Placement:
    placement = await _theirs(session, applicant_id, placement_id, to_move=True)
    if placement.status is to:
        return placement
    if placement.status is PlacementStatus.OFFERED:
        _check_in_time(placement, at)
    if placement.status is PlacementStatus.LAPSED:
        raise OfferEnded(placement.reply_by)
    return await move_placement(session, placement_id, to, APPLICANT, at=at)


async def _theirs(
    session: AsyncSession, applicant_id: int, placement_id: int, *, to_move: bool = False
) -> Placement:
    placement = await loading.get_placement(session, placement_id, to_move=to_move)
    if placement.application.applicant_id != applicant_id:
        raise PlacementNotFound
    return placement


def _check_in_time(placement: Placement, at: datetime) -> None:
    if placement.reply_by <= at:
        raise OfferEnded(placement.reply_by)
