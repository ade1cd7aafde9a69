"""Import a table of placements: all or nothing, after a look; export it and import it again."""

import pytest

from admissions import placements
from admissions.database import Database
from admissions.placements import Done, Imported, PlacementStatus, TableInvalid, Wrong
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import GRACE, Desk, rows
from tests.unit.placements.test_table import a_file


async def imports(desk: Desk, *lines: dict[str, str]) -> list[Imported]:
    table = placements.read_table(a_file(*lines))
    return [*await desk.does(placements.import_rows, table, GRACE)]


async def reference_of(applicant: Applicant) -> str:
    return str((await applicant.reviews()).reference)


async def test_a_place_is_offered_then_changed_then_moved(desk: Desk, amina: Applicant) -> None:
    row = {"reference": await reference_of(amina)}
    assert [each.done for each in await imports(desk, row)] == [Done.OFFERED]
    assert [each.done for each in await imports(desk, row)] == [Done.SAME]
    assert [each.done for each in await imports(desk, row | {"mentor": "Dr. Adler"})] == [Done.CHANGED]
    cancelled = await imports(desk, row | {"mentor": "Dr. Adler", "status": "cancelled"})
    assert [(each.done, each.status) for each in cancelled] == [(Done.MOVED, PlacementStatus.CANCELLED)]


async def test_what_is_exported_changes_nothing_when_it_is_imported(desk: Desk, amina: Applicant) -> None:
    await imports(desk, {"reference": await reference_of(amina), "site": '"Clinic ""North"", 2nd floor"'})
    async with desk.database.reading() as session:
        exported = await placements.export(session)
    again = await desk.does(placements.import_rows, placements.read_table(exported), GRACE)
    assert [each.done for each in again] == [Done.SAME]


async def test_one_wrong_row_stops_all_and_each_is_named(desk: Desk, amina: Applicant, database: Database) -> None:
    omar = await an_applicant(database, 700_000_002, desk.now)
    await omar.begins()
    with pytest.raises(TableInvalid) as invalid:
        await imports(
            desk,
            {"reference": await reference_of(amina)},
            {"reference": "AAAA-AAAA"},
        )
    assert [(each.line, each.column, each.wrong) for each in invalid.value.problems] == [
        (3, "reference", Wrong.NO_APPLICATION)
    ]
    assert await rows(database, "SELECT count(*) FROM placements") == [(0,)]
    assert await rows(database, "SELECT count(*) FROM sites") == [(0,)]


@pytest.mark.parametrize(
    ("change", "column", "wrong"),
    [
        ({"status": "confirmed"}, "status", Wrong.MOVE_NOT_ALLOWED),
        ({"last_day": "2027-03-19"}, "last_day", Wrong.TOO_SHORT),
    ],
)
async def test_what_cannot_be_done_is_named(
    desk: Desk, amina: Applicant, change: dict[str, str], column: str, wrong: Wrong
) -> None:
    row = {"reference": await reference_of(amina)}
    await imports(desk, row)
    with pytest.raises(TableInvalid) as invalid:
        await imports(desk, row | change)
    assert [(each.column, each.wrong) for each in invalid.value.problems] == [(column, wrong)]


@pytest.mark.parametrize(
    ("change", "column", "wrong"),
    [
        ({"status": "accepted"}, "status", Wrong.BEGINS_AS_OFFERED),
        ({"reply_by": "2026-11-23 06:00"}, "reply_by", Wrong.OVER),
    ],
)
async def test_a_new_place_is_an_offer_that_can_be_answered(
    desk: Desk, amina: Applicant, change: dict[str, str], column: str, wrong: Wrong
) -> None:
    with pytest.raises(TableInvalid) as invalid:
        await imports(desk, {"reference": await reference_of(amina)} | change)
    assert [(each.column, each.wrong) for each in invalid.value.problems] == [(column, wrong)]
