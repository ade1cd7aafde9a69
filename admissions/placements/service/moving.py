"""Move an application or a placement on: one statement, which the database's triggers check and write down."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applications import Application, ApplicationAlreadyBegun, ApplicationStatus
from admissions.database import Database
from admissions.placements.errors import MovedMeanwhile, MoveNotAllowed
from admissions.placements.models import Placement, PlacementStatus, RefusedMove, Role
from admissions.placements.rules.moves import Status, check_move
from admissions.placements.service import loading


@dataclass(frozen=True)
class Mover:
    """Who moves something.

    Attributes:
        role: In which role.
        name: Who of the staff; None for an applicant, the system, or a program without a name.
    """

    role: Role
    name: str | None = None


SYSTEM = Mover(Role.SYSTEM)
APPLICANT = Mover(Role.APPLICANT)


async def move_application(
    session: AsyncSession,
    application_id: int,
    to: ApplicationStatus,
    mover: Mover,
    *,
    at: datetime,
    seen: str | None = None,
    tell: bool = True,
) -> Application:
    """Move an application on.

    Args:
        session: An open session.
        application_id: Which one.
        to: Its new status.
        mover: Who moves it.
        at: Now, aware.
        seen: The status that the mover saw when they decided; whichever it has now, unless said.
        tell: Whether its applicant is told; they see it in their status either way.

    Raises:
        ApplicationNotFound: There is none.
        MovedMeanwhile: It stands elsewhere than the mover saw.
        MoveNotAllowed: Not from where it stands, or not by this role.
        ApplicationAlreadyBegun: It would be under way again, but its applicant has begun another one.
    """
    application = await loading.get_application(session, application_id, to_move=True)
    await _check(session, application, to, mover, seen)
    if to is ApplicationStatus.IN_REVIEW and application.status is ApplicationStatus.SUBMITTED:
        application.taken_at, application.taken_by, application.reopened = at, mover.name, None
    await _write(session, application, to, mover, at, tell=tell)
    return application


async def move_placement(
    session: AsyncSession,
    placement_id: int,
    to: PlacementStatus,
    mover: Mover,
    *,
    at: datetime,
    seen: str | None = None,
    tell: bool = True,
) -> Placement:
    """Move a placement on; the arguments are as `move_application` has them.

    Raises:
        PlacementNotFound: There is none.
        MovedMeanwhile: It stands elsewhere than the mover saw.
        MoveNotAllowed: Not from where it stands, or not by this role.
    """
    placement = await loading.get_placement(session, placement_id, to_move=True)
    await _check(session, placement, to, mover, seen)
    await _write(session, placement, to, mover, at, tell=tell)
    return placement


@asynccontextmanager
async def auditing(database: Database, *, at: datetime) -> AsyncIterator[AsyncSession]:
    """Open a transaction to move something in; a move that is refused is undone, and written down.

    Args:
        database: Where.
        at: Now, aware.
    """
    try:
        async with database.transaction() as session:
            yield session
    except MoveNotAllowed as refusal:
        async with database.transaction() as session:
            session.add(_refused(refusal, at))
        raise


async def refused_moves(session: AsyncSession, application_id: int) -> list[RefusedMove]:
    """Return the moves of an application and its placements that were tried and refused, oldest first."""
    rows = select(RefusedMove).where(RefusedMove.application_id == application_id).order_by(RefusedMove.id)
    return [*await session.scalars(rows)]


async def _check(
    session: AsyncSession, row: Application | Placement, to: Status, mover: Mover, seen: str | None
) -> None:
    if seen is not None and seen != row.status:
        change = await loading.last_change(session, *_ids(row))
        raise MovedMeanwhile(change.after, change.by, change.role, change.changed_at)
    try:
        check_move(row.status, to, mover.role)
    except MoveNotAllowed as refusal:
        refusal.application_id, refusal.placement_id = _ids(row)
        refusal.by = mover.name
        raise


async def _write(
    session: AsyncSession, row: Application | Placement, to: Status, mover: Mover, at: datetime, *, tell: bool
) -> None:
    await session.flush()
    model = type(row)
    written = {"status": to, "moved_as": mover.role, "moved_by": mover.name, "moved_at": at}
    statement = update(model).where(model.id == row.id).values(written)
    try:
        async with session.begin_nested():
            await session.execute(statement.execution_options(synchronize_session=False))
    except IntegrityError:  # what comes back finds that another application is under way
        raise ApplicationAlreadyBegun from None
    if not tell:
        (await loading.last_change(session, *_ids(row))).told_at = at
    await session.refresh(row)


def _ids(row: Application | Placement) -> tuple[int, int | None]:
    return (row.application_id, row.id) if isinstance(row, Placement) else (row.id, None)


def _refused(refusal: MoveNotAllowed, at: datetime) -> RefusedMove:
    assert refusal.application_id is not None, "a use case says whose it is"
    return RefusedMove(
        application_id=refusal.application_id,
        placement_id=refusal.placement_id,
        before=refusal.before,
        after=refusal.after,
        role=Role(refusal.role),
        by=refusal.by,
        refused_at=at,
    )
