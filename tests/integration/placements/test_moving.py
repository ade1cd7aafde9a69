"""Every move by every role: what the table allows passes, all else is refused and written down."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from admissions import applications, placements
from admissions.applications import ApplicationStatus
from admissions.database import Database, Session
from admissions.placements import MovedMeanwhile, MoveNotAllowed, Mover, PlacementStatus, Role, Status
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import LENA, TO_APPLICATION, TO_PLACEMENT, Desk, rows

APPLICATION_STATUSES = [status for status in ApplicationStatus if status is not ApplicationStatus.DRAFT]


async def test_the_database_allows_the_moves_of_the_table_and_no_other(database: Database) -> None:
    stored = await rows(database, 'SELECT subject, "before", "after", role FROM status_transitions')
    written = {
        (subject, before, after, role)
        for subject, moves in placements.MOVES.items()
        for (before, after), roles in moves.items()
        for role in roles
    }
    assert set(stored) == written


@pytest.mark.parametrize("before", APPLICATION_STATUSES)
async def test_every_move_of_an_application_by_every_role(desk: Desk, amina: Applicant, before: Status) -> None:
    application_id = await desk.application_of(amina)
    await desk.forces(before, application_id)
    await every_move_is_as_the_table_says(desk, application_id, None, before)


@pytest.mark.parametrize("before", PlacementStatus)
async def test_every_move_of_a_placement_by_every_role(desk: Desk, amina: Applicant, before: Status) -> None:
    application_id = await desk.application_of(amina)
    placement = await desk.offers(application_id)
    await desk.forces(before, placement.id)
    await every_move_is_as_the_table_says(desk, application_id, placement.id, before)


async def every_move_is_as_the_table_says(
    desk: Desk, application_id: int, placement_id: int | None, before: Status
) -> None:
    subject_id = placement_id or application_id
    tries = [(to, role) for to in type(before) for role in Role]
    allowed = {(to, role) for to, role in tries if role in placements.MOVES[subject_of(to)].get((before, to), ())}
    async with desk.database.transaction() as session:
        assert {each for each in tries if await may_move(session, subject_id, *each, desk.now)} == allowed
        moved = [(to, role) for to, role in tries if to is not before]
        assert {each for each in moved if await the_database_lets(session, subject_id, *each)} == allowed
    for to, role in set(tries) - allowed:
        with pytest.raises(MoveNotAllowed):
            await desk.moves(subject_id, to, Mover(role, "Mallory"))
    async with desk.database.reading() as session:
        written = await placements.refused_moves(session, application_id)
    assert {(each.after, each.role) for each in written} == set(tries) - allowed
    assert {(each.placement_id, each.before, each.by) for each in written} == {(placement_id, before, "Mallory")}


async def may_move(session: Session, subject_id: int, to: Status, role: Role, at: datetime) -> bool:
    """Try it by the use case, and undo it."""
    move: Any = placements.move_placement if isinstance(to, PlacementStatus) else placements.move_application
    attempt = await session.begin_nested()
    try:
        row = await move(session, subject_id, to, Mover(role), at=at)
    except MoveNotAllowed:
        return False
    else:
        assert row.status is to
        return True
    finally:
        await attempt.rollback()


async def the_database_lets(session: Session, subject_id: int, to: Status, role: Role) -> bool:
    """Try it by plain SQL, and undo it."""
    table = "placements" if isinstance(to, PlacementStatus) else "applications"
    statement = text(f"UPDATE {table} SET status = :to, moved_as = :role WHERE id = :id")  # noqa: S608
    attempt = await session.begin_nested()
    try:
        await session.execute(statement, {"to": to.value, "role": role.value, "id": subject_id})
    except IntegrityError:
        return False
    else:
        return True
    finally:
        await attempt.rollback()


def subject_of(status: Status) -> placements.Subject:
    is_placement = isinstance(status, PlacementStatus)
    return placements.Subject.PLACEMENT if is_placement else placements.Subject.APPLICATION


async def test_a_draft_is_sent_and_withdrawn_by_its_applicant_alone(
    desk: Desk, database: Database, now: datetime
) -> None:
    omar = await an_applicant(database, 700_000_002, now)
    await omar.begins()
    async with database.transaction() as session:  # what sending it gives it besides
        await session.execute(text("UPDATE applications SET reference = '7K4M-WQ3X'"))
    await every_move_is_as_the_table_says(desk, await desk.application_of(omar), None, ApplicationStatus.DRAFT)


def test_every_status_can_be_reached() -> None:
    assert set(TO_APPLICATION) == {*ApplicationStatus}
    assert set(TO_PLACEMENT) == {*PlacementStatus}


async def test_the_history_tells_who_moved_what_and_when(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.moves(application_id, ApplicationStatus.IN_REVIEW)
    placement = await desk.offers(application_id, LENA)
    async with desk.database.reading() as session:
        history = await placements.history(session, application_id)
    assert [(each.placement_id, each.before, each.after, each.role, each.by) for each in history] == [
        (None, "new", "draft", "applicant", None),
        (None, "draft", "submitted", "applicant", None),
        (None, "submitted", "in_review", "coordinator", "Grace"),
        (placement.id, "new", "offered", "lead", "Lena"),
    ]
    assert {each.changed_at for each in history} == {desk.now}


async def test_the_second_of_two_coordinators_is_shown_what_the_first_did(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    seen = ApplicationStatus.SUBMITTED
    await desk.moves(application_id, ApplicationStatus.IN_REVIEW, seen=seen)
    with pytest.raises(MovedMeanwhile) as refused:
        await desk.moves(application_id, ApplicationStatus.NOT_PLACED, LENA, seen=seen)
    assert (refused.value.status, refused.value.by) == ("in_review", "Grace")


async def test_two_coordinators_at_once_move_it_once(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    seen = ApplicationStatus.SUBMITTED
    outcomes = await asyncio.gather(
        *(
            desk.moves(application_id, ApplicationStatus.IN_REVIEW, Mover(Role.COORDINATOR, name), seen=seen)
            for name in ("Grace", "Omar", "Ines")
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, MovedMeanwhile) for outcome in outcomes) == 2


async def test_what_ended_and_came_back_is_under_way_again(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.moves(application_id, ApplicationStatus.NOT_PLACED, LENA)
    await desk.moves(application_id, ApplicationStatus.IN_REVIEW, LENA)
    assert (await amina.reviews()).status is ApplicationStatus.IN_REVIEW


async def test_what_ended_cannot_come_back_beside_a_newer_one(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.moves(application_id, ApplicationStatus.NOT_PLACED, LENA)
    await amina.begins()
    with pytest.raises(applications.ApplicationAlreadyBegun):
        await desk.moves(application_id, ApplicationStatus.IN_REVIEW, LENA)


async def test_the_history_cannot_be_rewritten(desk: Desk, amina: Applicant) -> None:
    assert await desk.application_of(amina)
    async with desk.database.transaction() as session:
        with pytest.raises(IntegrityError):
            await session.execute(text("UPDATE status_changes SET role = 'lead'"))
        await session.rollback()


@pytest.mark.parametrize(
    "values",
    [
        {"first_day": "2027-03-02"},
        {"last_day": "2027-04-22"},
        {"last_day": "2027-03-19"},
        {"status": "confirmed"},
        {"status": "promised"},
        {"specialty": "''"},
        {"moved_as": "'mallory'"},
    ],
    ids=str,
)
async def test_a_row_that_breaks_the_contract_is_refused(
    desk: Desk, amina: Applicant, values: dict[str, str]
) -> None:
    application_id = await desk.application_of(amina)
    row = {
        "application_id": str(application_id),
        "site_id": "1",
        "specialty": "'Surgery'",
        "first_day": "'2027-03-01'",
        "last_day": "'2027-04-23'",
        "reply_by": "'2027-01-15 17:00:00'",
    }
    row |= {name: value if value.startswith("'") else f"'{value}'" for name, value in values.items()}
    broken = f"INSERT INTO placements ({', '.join(row)}) VALUES ({', '.join(row.values())})"  # noqa: S608
    async with desk.database.transaction() as session:
        await session.execute(text("INSERT INTO sites (name) VALUES ('Bayou City Clinic')"))
    async with desk.database.transaction() as session:
        with pytest.raises(IntegrityError):
            await session.execute(text(broken))
        await session.rollback()


async def test_no_place_is_offered_to_a_draft_or_what_has_ended(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.moves(application_id, ApplicationStatus.NOT_PLACED, LENA)
    with pytest.raises(placements.ApplicationNotOpen):
        await desk.offers(application_id)


async def test_an_application_has_one_open_placement(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.offers(application_id)
    with pytest.raises(placements.AlreadyPlaced):
        await desk.offers(application_id)
