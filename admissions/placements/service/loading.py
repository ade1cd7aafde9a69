"""Fetch applications, placements and what happened to them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.applications import Application, ApplicationNotFound
from admissions.placements.errors import PlacementNotFound
from admissions.placements.models import OpenItem, Placement, Site, StatusChange
from admissions.placements.rules.moves import OPEN


async def get_application(session: AsyncSession, application_id: int, *, to_move: bool = False) -> Application:
    """Return an application; others wait until this is done, if it is to be moved.

    Raises:
        ApplicationNotFound: There is none.
    """
    lock = True if to_move else None
    application = await session.get(Application, application_id, with_for_update=lock, populate_existing=True)
    if application is None:
        raise ApplicationNotFound
    return application


async def latest_application(
    session: AsyncSession, applicant_id: int, reference: str | None = None
) -> Application:
    """Return the application that an applicant has under way, else the one that ended last.

    Args:
        session: An open session.
        applicant_id: Whose.
        reference: Which of theirs; without one the latest.

    Raises:
        ApplicationNotFound: They never had one, or none of that reference.
    """
    theirs = select(Application).where(Application.applicant_id == applicant_id)
    if reference is not None:
        theirs = theirs.where(Application.reference == reference)
    latest = theirs.order_by(Application.ended_at.is_(None).desc(), Application.ended_at.desc()).limit(1)
    application: Application | None = await session.scalar(latest.execution_options(populate_existing=True))
    if application is None:
        raise ApplicationNotFound
    return application


async def get_placement(session: AsyncSession, placement_id: int, *, to_move: bool = False) -> Placement:
    """Return a placement with its site and application; others wait until this is done, if it is to be moved.

    Raises:
        PlacementNotFound: There is none.
    """
    if to_move:
        await session.execute(select(Placement.id).where(Placement.id == placement_id).with_for_update())
    placement = await _first(session, Placement.id == placement_id)
    if placement is None:
        raise PlacementNotFound
    return placement


async def open_placement(session: AsyncSession, application_id: int) -> Placement | None:
    """Return the placement of an application that counts, if it has one."""
    return await _first(session, Placement.application_id == application_id, Placement.status.in_(OPEN))


async def last_placement(session: AsyncSession, application_id: int) -> Placement | None:
    """Return the placement that counts, else the one before, if there ever was any."""
    return await open_placement(session, application_id) or await _first(
        session, Placement.application_id == application_id
    )


async def history(session: AsyncSession, application_id: int) -> Sequence[StatusChange]:
    """Return all that happened to an application and its placements, oldest first."""
    rows = select(StatusChange).where(StatusChange.application_id == application_id).order_by(StatusChange.id)
    return (await session.scalars(rows)).all()


async def last_change(session: AsyncSession, application_id: int, placement_id: int | None) -> StatusChange:
    """Return how an application, or one of its placements, came to the status it has."""
    rows = select(StatusChange).where(
        StatusChange.application_id == application_id,
        StatusChange.placement_id.is_not_distinct_from(placement_id),
    )
    return (await session.scalars(rows.order_by(StatusChange.id.desc()).limit(1))).one()


async def get_change(session: AsyncSession, change_id: int) -> StatusChange:
    """Return a change of a status, with what it happened to."""
    together = (
        joinedload(StatusChange.application),
        joinedload(StatusChange.placement).joinedload(Placement.site),
    )
    return (
        await session.scalars(select(StatusChange).where(StatusChange.id == change_id).options(*together))
    ).one()


async def open_items(session: AsyncSession, application_id: int) -> Sequence[OpenItem]:
    """Return what is waited for, oldest first."""
    rows = select(OpenItem).where(OpenItem.application_id == application_id, OpenItem.closed_at.is_(None))
    return (await session.scalars(rows.order_by(OpenItem.opened_at, OpenItem.id))).all()


async def last_sites(session: AsyncSession, *, limit: int) -> Sequence[str]:
    """Return the names of the sites at which places were offered last, the newest first."""
    newest = select(Site.name).join(Placement).group_by(Site.name).order_by(func.max(Placement.id).desc())
    return (await session.scalars(newest.limit(limit))).all()


async def _first(session: AsyncSession, *conditions: ColumnElement[bool]) -> Placement | None:
    placements: Select[Placement] = (
        select(Placement)
        .where(*conditions)
        .options(joinedload(Placement.site), joinedload(Placement.application))
        .order_by(Placement.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    placement: Placement | None = await session.scalar(placements)
    return placement
