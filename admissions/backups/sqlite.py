"""SQLite: `VACUUM INTO` writes one moment of a database down while others write to it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from typing_extensions import override

from admissions.backups.errors import BackupImpossible, RestoreImpossible
from admissions.backups.place import Dump, Engine, Place

DATABASE, CONVERSATIONS = "database.sqlite", "conversations.sqlite"
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and would take for part of another that came in its place."""


class SqliteEngine(Engine):
    """Our file, and Rasa's beside it."""

    def __init__(self, place: Place) -> None:
        self._files = {
            DATABASE: _path(place.database_url),
            CONVERSATIONS: _path(place.conversations_url),
        }

    @override
    def dump(self, folder: Path) -> Dump:
        if self.is_empty():
            raise BackupImpossible("DATABASE_URL: there is nothing to back up yet")
        made = {name: folder / name for name, source in self._files.items() if source.exists()}
        try:
            for name, copy in made.items():
                with closing(sqlite3.connect(self._files[name])) as connection:
                    connection.execute("VACUUM INTO ?", (str(copy),))
            with closing(sqlite3.connect(made[DATABASE])) as copied:
                rows = _count(copied)
                documents = _column(copied, "SELECT stored_as FROM uploads") if "uploads" in rows else []
                versions = _column(copied, "SELECT version_num FROM alembic_version")
        except sqlite3.Error as error:
            raise BackupImpossible(f"DATABASE_URL: the database cannot be used: {error}") from error
        return Dump(made, versions[0] if versions else None, rows, documents)

    @override
    def is_empty(self) -> bool:
        return not self._files[DATABASE].exists() or not self.count()

    @override
    def load(self, folder: Path) -> None:
        try:
            for name, target in self._files.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                for side in SIDE_FILES:
                    Path(f"{target}{side}").unlink(missing_ok=True)
                target.unlink(missing_ok=True)
                if (folder / name).exists():
                    shutil.move(folder / name, target)
        except OSError as error:
            raise RestoreImpossible(f"DATABASE_URL: the database cannot be written: {error}") from error

    @override
    def count(self) -> dict[str, int]:
        with closing(sqlite3.connect(self._files[DATABASE])) as connection:
            return _count(connection)


def _path(url: str) -> Path:
    return Path(make_url(url).database or "")


def _count(connection: sqlite3.Connection) -> dict[str, int]:
    tables = _column(
        connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {table: _column(connection, f'SELECT count(*) FROM "{table}"')[0] for table in sorted(tables)}  # noqa: S608


def _column(connection: sqlite3.Connection, query: str) -> list[Any]:
    return [value for (value,) in connection.execute(query)]
