"""Import placements from a table, all or nothing; export them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.applications import ApplicationNotFound, get_by_reference
from admissions.placements.errors import (
    ApplicationNotOpen,
    MoveNotAllowed,
    PeriodProblem,
    PeriodRefused,
    ReplyByPast,
)
from admissions.placements.models import Placement, PlacementStatus
from admissions.placements.rules.moves import OPEN
from admissions.placements.rules.periods import check_days
from admissions.placements.rules.table import Column, Problem, Row, TableInvalid, Wrong, write_table
from admissions.placements.service import loading
from admissions.placements.service.moving import Mover, move_placement
from admissions.placements.service.offering import Offer, offer, settle_site

DETAILS = ("specialty", "first_day", "last_day", "reply_by", "mentor", "what_to_bring")


class Done(StrEnum):
    """What becomes of a row."""

    OFFERED = "offered"
    MOVED = "moved"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Imported:
    """What became of a row; `status` is the placement's after it."""

    row: Row
    done: Done
    status: PlacementStatus


async def import_rows(
    session: AsyncSession, rows: Sequence[Row], mover: Mover, *, at: datetime
) -> Sequence[Imported]:
    """Bring placements to what a table says: offer them, change what they are, move them on.

    The caller commits, or, to see only what would happen, does not.

    Raises:
        TableInvalid: Some row cannot be done; nothing may be committed then.
    """
    imported: list[Imported] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            async with session.begin_nested():
                imported.append(await _import(session, row, mover, at))
        except TableInvalid as invalid:
            problems += invalid.problems
    if problems:
        raise TableInvalid(problems)
    return imported


async def export(session: AsyncSession) -> str:
    """Return the last placement of every application, as a table."""
    rows = select(Placement).options(joinedload(Placement.site), joinedload(Placement.application))
    latest = {each.application_id: each for each in await session.scalars(rows.order_by(Placement.id))}
    return write_table([_row(placement) for placement in latest.values()])


async def _import(session: AsyncSession, row: Row, mover: Mover, at: datetime) -> Imported:
    try:
        application = await get_by_reference(session, row.reference)
    except ApplicationNotFound:
        raise _invalid(row, Column.REFERENCE, Wrong.NO_APPLICATION, row.reference) from None
    placement = await loading.last_placement(session, application.id)
    is_meant = placement and (_is_same(placement, row) or _is_open(placement))
    try:
        if placement is None or not is_meant:
            return await _offer(session, application.id, row, mover, at)
        return await _change(session, placement, row, mover, at)
    except PeriodRefused as refused:
        column = Column.FIRST_DAY if refused.reason is PeriodProblem.NOT_MONDAY else Column.LAST_DAY
        raise _invalid(row, column, Wrong(refused.reason), refused.day.isoformat()) from None
    except ReplyByPast:
        raise _invalid(row, Column.REPLY_BY, Wrong.OVER, row.reply_by.isoformat()) from None
    except ApplicationNotOpen as closed:
        raise _invalid(row, Column.REFERENCE, Wrong.NOT_OPEN, closed.status) from None
    except MoveNotAllowed as refused:
        raise _invalid(row, Column.STATUS, Wrong.MOVE_NOT_ALLOWED, f"{refused.before} → {refused.after}") from None


async def _offer(session: AsyncSession, application_id: int, row: Row, mover: Mover, at: datetime) -> Imported:
    if row.status not in (None, PlacementStatus.OFFERED):
        raise _invalid(row, Column.STATUS, Wrong.BEGINS_AS_OFFERED, row.status)
    what = Offer(row.site, **{name: getattr(row, name) for name in DETAILS})
    placement = await offer(session, application_id, what, mover, at=at)
    return Imported(row, Done.OFFERED, placement.status)


async def _change(session: AsyncSession, placement: Placement, row: Row, mover: Mover, at: datetime) -> Imported:
    is_changed = not _is_same(placement, row)
    if is_changed:
        check_days(row.first_day, row.last_day)
        placement.site_id = await settle_site(session, row.site)
        for name in DETAILS:
            setattr(placement, name, getattr(row, name))
        await session.flush()
    if row.status in (None, placement.status):
        return Imported(row, Done.CHANGED if is_changed else Done.SAME, placement.status)
    placement = await move_placement(session, placement.id, row.status, mover, at=at)
    return Imported(row, Done.MOVED, placement.status)


def _is_same(placement: Placement, row: Row) -> bool:
    return placement.site.name == row.site and all(
        getattr(placement, name) == getattr(row, name) for name in DETAILS
    )


def _is_open(placement: Placement) -> bool:
    return placement.status in OPEN


def _row(placement: Placement) -> Row:
    details = {name: getattr(placement, name) for name in DETAILS}
    reference = placement.application.reference
    assert reference, "a place is offered to who has submitted"
    return Row(line=0, reference=reference, site=placement.site.name, status=placement.status, **details)


def _invalid(row: Row, column: Column, wrong: Wrong, value: str = "") -> TableInvalid:
    return TableInvalid([Problem(row.line, column, wrong, value)])
