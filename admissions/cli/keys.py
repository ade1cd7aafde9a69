"""`clerkship keys`: the keys that seal personal data, and sealing anew with the newest one."""

import os
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, String, cast, select, update

from admissions import documents, schema
from admissions.cli.console import say
from admissions.database import Base, Database
from admissions.sealing import Keyring, SealedJSON, SealedText, new_key
from admissions.settings import Settings

AT_ONCE: Final = 200
"""Rows that are sealed anew in one transaction: the assistant goes on meanwhile."""


def make_if_missing(settings: Settings) -> None:
    """Make a key in the folder var/, for this account only, where ENCRYPTION_KEYS is not set and none was made."""
    file = settings.keys_file
    if settings.encryption_keys or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{new_key()}\n")
    say(f"made a key that seals personal data: {file}; keep a copy where the backups are not")


async def rotate(settings: Settings) -> tuple[int, int]:
    """Seal everything with the newest key that another one sealed, or none; the assistant may be running.

    Returns:
        How many rows and how many files were sealed anew.
    """
    keyring = settings.keyring()
    database = Database(settings.database_url, keyring)
    try:
        rows = await seal_rows(database, keyring)
    finally:
        await database.close()
    store = documents.Store(settings.document_store, keyring)
    return rows, sum([await _seal_file(store, file.name) for file in await store.list()])


async def seal_rows(database: Database, keyring: Keyring) -> int:
    """Seal every value anew that is not sealed with the newest key; return how many."""
    return sum([await _seal_column(database, column, keyring) for column in sealed_columns()])


def sealed_columns() -> Sequence[Column[Any]]:
    """Return the columns that are sealed."""
    schema.import_models()
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return [column for column in columns if isinstance(column.type, SealedText | SealedJSON)]


async def _seal_column(database: Database, column: Column[Any], keyring: Keyring) -> int:
    table, key, stored = column.table, [*column.table.primary_key.columns], cast(column, String)
    begins = f'"{keyring.newest_mark}' if isinstance(column.type, SealedJSON) else keyring.newest_mark
    stale = column.is_not(None) & (stored != "null") & ~stored.startswith(begins, autoescape=True)
    sealed = 0
    while True:
        async with database.transaction() as session:
            rows = (await session.execute(select(stored, column, *key).where(stale).limit(AT_ONCE))).all()
            for was, value, *numbers in rows:
                same = [each == number for each, number in zip(key, numbers, strict=True)]
                # what somebody wrote meanwhile is sealed with the newest key, and newer
                await session.execute(update(table).where(stored == was, *same).values({column: value}))
        sealed += len(rows)
        if len(rows) < AT_ONCE:
            return sealed


async def _seal_file(store: documents.Store, name: str) -> bool:
    try:
        return await store.seal_anew(name)
    except FileNotFoundError:  # it was removed meanwhile
        return False
