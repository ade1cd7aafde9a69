"""From the first version to the last, with data in every table of each: whoever upgrades loses nothing."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, Table

from admissions import schema
from admissions.database import Base, Database
from tests.conftest import NOON
from tests.integration.schema.test_schema import config_of

FITTING: Final[Mapping[str, Any]] = {
    "applications.status": "submitted",
    "applications.reference": "7K4M-WQ3X",
    "applications.submitted_at": NOON,
    "consultations.ends_at": NOON + timedelta(minutes=30),
    "consultations.blocked_until": NOON + timedelta(minutes=40),
    "placements.status": "offered",
    "placements.first_day": date(2027, 3, 1),
    "placements.last_day": date(2027, 3, 26),
    "handoffs.reason": "asked",
    "open_items.waits_for": "hmc",
}
"""What a column takes, where not every value of its type will do."""
DROPPED: Final[Mapping[str, str]] = {"0009": "application_suggestions"}
"""What a version leaves out on purpose: its docstring, or a comment in it, says why."""


def chain() -> list[str]:
    """Return every version, the first one first."""
    return [script.revision for script in schema._scripts().walk_revisions()][::-1]


async def test_data_of_every_version_comes_through_all_later_ones(empty_url: str) -> None:
    schema.import_models()
    database, before = Database(empty_url), dict[str, int]()
    for version in chain():
        async with database.engine.connect() as connection:
            await schema._set_foreign_keys(connection, "OFF")
            async with connection.begin():
                await connection.run_sync(lambda it, to: command.upgrade(config_of(it), to), version)
            await schema._set_foreign_keys(connection, "ON")
        async with database.engine.begin() as connection:
            counts = await connection.run_sync(fill_and_count, before, version)
        before = counts
    await schema.require_current(database)
    assert set(Base.metadata.tables) <= set(before)
    async with database.reading() as session:
        for mapper in Base.registry.mappers:
            rows = await session.scalars(sa.select(mapper.class_))
            assert len(rows.unique().all()) >= 1, (
                f"{mapper.class_.__name__}: today's program reads what was written"
            )
    await database.close()


def fill_and_count(connection: Connection, before: Mapping[str, int], version: str) -> dict[str, int]:
    """Check that no row was lost, put one into each table that is empty, and count."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    counts = {}
    for table in metadata.sorted_tables:
        found = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        if DROPPED.get(version) != table.name:
            assert found >= before.get(table.name, 0), f"{version} lost rows of {table.name}"
        if not found:
            connection.execute(table.insert().values(row_for(connection, table)))
        counts[table.name] = max(found, 1)
    return counts


def row_for(connection: Connection, table: Table) -> dict[str, Any]:
    """Make up a row: what must be there, and what it refers to."""
    return {
        column.name: value_for(connection, column)
        for column in table.columns
        if f"{table.name}.{column.name}" in FITTING or not (column.nullable or has_own_value(column))
    }


def has_own_value(column: "sa.Column[Any]") -> bool:
    is_counted = column.primary_key and isinstance(column.type, sa.Integer) and not column.foreign_keys
    names = len(column.table.primary_key.columns) == 1 and not isinstance(column.type, sa.BigInteger)
    return column.server_default is not None or (is_counted and names)


def value_for(connection: Connection, column: "sa.Column[Any]") -> Any:
    place = f"{column.table.name}.{column.name}"
    if place in FITTING:
        return FITTING[place]
    if column.foreign_keys:
        [reference, *_] = column.foreign_keys
        return connection.scalar(sa.select(reference.column).limit(1))
    today = Base.metadata.tables.get(column.table.name)
    known = today.columns.get(column.name) if today is not None else None
    if known is not None and isinstance(known.type, sa.Enum):
        return known.type.enums[0]
    return EXAMPLES[column.type.python_type]


EXAMPLES: Final[Mapping[type, Any]] = {
    bool: False,
    int: 1,
    float: 1.0,
    str: "x",
    bytes: b"x",
    datetime: NOON,
    date: NOON.date(),
    time: NOON.time(),
    object: [],  # JSON
    dict: {},
    Decimal: Decimal(1),
}
"""A value of each type."""
