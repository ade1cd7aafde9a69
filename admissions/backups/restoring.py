"""Bring an archive back, into an empty place or in place of what is there."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from admissions import leadership, notifications, schema
from admissions.backups.archive import DOCUMENTS, Manifest, Reader, reading
from admissions.backups.engines import engine_of
from admissions.backups.errors import RestoreImpossible
from admissions.backups.making import back_up, name_of
from admissions.backups.place import Place
from admissions.database import Database

DATABASES: Final = {"sqlite": "SQLite", "postgresql": "Postgres"}


@dataclass(frozen=True)
class Restored:
    """What came of it.

    Attributes:
        manifest: Of the archive.
        safety_copy: Where what was there before is now; None if there was nothing.
        left_out: How many messages are not sent, as nobody knows whether they were after the backup.
    """

    manifest: Manifest
    safety_copy: Path | None
    left_out: int


async def restore(place: Place, file: Path, *, replace: bool, copies: Path, at: datetime) -> Restored:
    """Make a place what it was when an archive was made, and bring its schema up to date.

    Everything is checked before anything is changed. The files come first, then the database, so that no row
    lacks its file, however this ends; files that no row names are swept later.

    Args:
        place: What to restore.
        file: The archive.
        replace: Whether what is there may be replaced; a copy of it is made first.
        copies: The folder for that copy, and for what is unpacked meanwhile.
        at: Now, aware.

    Raises:
        RestoreImpossible: The archive is damaged, of a newer version, or of the other database; or the place is
            in use, or not empty.
        BackupImpossible: What is there cannot be copied first.
    """
    with reading(file) as reader:
        await asyncio.to_thread(_check, place, reader)
        async with _alone(place):
            is_empty = await asyncio.to_thread(_is_empty, place)
            if not is_empty and not replace:
                raise RestoreImpossible(
                    "There is a database or documents here already: --replace puts the backup in their place,"
                    " after it has made a copy of them."
                )
            copy = None if is_empty else copies / f"before-restore-{name_of(at)}"
            if copy is not None:
                await asyncio.to_thread(back_up, place, copy, at=at)
            await asyncio.to_thread(_put_back, place, reader, copies)
            left_out = await _bring_up_to_date(place, at)
    return Restored(reader.manifest, copy, left_out)


def _check(place: Place, reader: Reader) -> None:
    manifest = reader.manifest
    if manifest.database != place.kind:
        there, here = DATABASES.get(manifest.database, manifest.database), DATABASES[place.kind]
        raise RestoreImpossible(f"This backup is of {there}, and DATABASE_URL names {here}.")
    if not schema.knows(manifest.schema_version):
        raise RestoreImpossible(
            f"This backup has schema {manifest.schema_version}, which this version of the assistant does not know:"
            " restore it with the version that made it, or a later one."
        )
    reader.verify()


def _is_empty(place: Place) -> bool:
    return engine_of(place).is_empty() and place.store.is_empty()


def _put_back(place: Place, reader: Reader, beside: Path) -> None:
    engine = engine_of(place)
    beside.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as name:
        folder = Path(name)
        for path in reader.manifest.files:
            if not path.startswith(DOCUMENTS):
                reader.extract(path, folder)
        for document in reader.manifest.documents:
            place.store.put_back(document, reader.document(document))
        engine.load(folder)
    if engine.count() != reader.manifest.rows:
        raise AssertionError("the database took other rows than the backup has")


async def _bring_up_to_date(place: Place, at: datetime) -> int:
    database = Database(place.database_url)
    try:
        await schema.upgrade(database)
        async with database.transaction() as session:
            return await notifications.leave_out_unsure(session, at=at)
    finally:
        await database.close()


@asynccontextmanager
async def _alone(place: Place) -> AsyncIterator[None]:
    database = Database(place.database_url)
    try:
        if not await database.answers():
            raise RestoreImpossible("DATABASE_URL: the database cannot be reached.")
        async with leadership.alone(database) as is_alone:
            if not is_alone:
                raise RestoreImpossible("The assistant runs on this database: stop it first.")
            yield
    finally:
        await database.close()
