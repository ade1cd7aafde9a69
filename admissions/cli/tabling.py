"""`clerkship placements`: from a table into the database, and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from admissions import placements
from admissions.cli.preparing import NotReady
from admissions.database import Database
from admissions.placements import Done, Imported, Mover, PlacementStatus, Problem, Role, Row, TableInvalid, Wrong
from admissions.settings import Settings

IMPORTER: Final = Mover(Role.PROGRAM, "placements import")
WRONG: Final[Mapping[Wrong, str]] = {
    Wrong.COLUMN_MISSING: "the file has no such column",
    Wrong.COLUMN_UNKNOWN: "there is no such column",
    Wrong.NOT_TEXT: "cannot be read as CSV from here on",
    Wrong.TOO_MANY_ROWS: "one file may have 10,000 placements",
    Wrong.TOO_MANY_VALUES: "has more values than columns",
    Wrong.MISSING: "is missing",
    Wrong.TOO_LONG: "is too long",
    Wrong.NOT_A_REFERENCE: "is not a reference such as 7K4M-WQ3X",
    Wrong.NO_APPLICATION: "no application has this reference",
    Wrong.NAMED_TWICE: "is in the file twice",
    Wrong.NOT_A_DAY: "is not a day such as 2027-03-01",
    Wrong.NOT_A_TIME: "is not a time such as 2027-01-15 17:00",
    Wrong.NOT_MONDAY: "the first day must be a Monday",
    Wrong.NOT_FRIDAY: "the last day must be a Friday",
    Wrong.TOO_SHORT: "a rotation takes at least 4 weeks",
    Wrong.OVER: "is over already",
    Wrong.UNKNOWN_STATUS: f"is not a status; these are: {', '.join(PlacementStatus)}",
    Wrong.BEGINS_AS_OFFERED: "a new placement begins as offered",
    Wrong.MOVE_NOT_ALLOWED: "this move is not allowed",
    Wrong.NOT_OPEN: "the application is a draft or has ended",
}
DONE: Final[Mapping[Done, str]] = {
    Done.OFFERED: "offered",
    Done.MOVED: "moved on",
    Done.CHANGED: "changed",
    Done.SAME: "as they are",
}


async def import_placements(settings: Settings, file: Path, *, write: bool) -> Sequence[str]:
    """Bring placements to what a file says, or only see what that would do; tell each change in a line.

    Raises:
        NotReady: Something in the file cannot be used; nothing was changed.
    """
    database = Database(settings.database_url, settings.keyring())
    try:
        rows = _read(file)
        async with database.transaction() as session:
            done = await placements.import_rows(session, rows, IMPORTER, at=datetime.now(UTC))
            if not write:
                await session.rollback()
    except TableInvalid as invalid:
        raise NotReady(f"{file} cannot be imported:", *map(_problem, invalid.problems)) from None
    finally:
        await database.close()
    return _lines(done) if write else [*_lines(done), "nothing is written yet: to do it, add --write"]


async def export_placements(settings: Settings) -> str:
    """Return the placements as `import_placements` reads them."""
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.reading() as session:
            return await placements.export(session)
    finally:
        await database.close()


def _read(file: Path) -> list[Row]:
    try:
        return placements.read_table(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotReady(f"{file} cannot be read as UTF-8: {type(error).__name__}") from error


def _lines(done: Sequence[Imported]) -> list[str]:
    lines = [
        f"line {each.row.line}: {each.row.reference} {DONE[each.done]}: {each.status}"
        for each in done
        if each.done is not Done.SAME
    ]
    counts = Counter(each.done for each in done)
    return [*lines, "placements: " + ", ".join(f"{counts[each]} {DONE[each]}" for each in Done)]


def _problem(problem: Problem) -> str:
    value = f" {problem.value!r}" if problem.value else ""
    place = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
    return f"{place}:{value} {WRONG[problem.wrong]}"
