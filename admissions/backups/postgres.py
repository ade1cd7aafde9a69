"""Postgres: its own pg_dump writes a moment down, and its own psql brings it back in one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, LiteralString

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url
from typing_extensions import override

from admissions.backups.errors import BackupImpossible, RestoreImpossible
from admissions.backups.place import Dump, Engine, Place

DUMP: Final = "database.sql"
SIDE_BY_SIDE: Final = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of several versions."""
LOCK_WITHIN: Final = "30s"
"""How long a restore waits for others to leave the tables alone."""


class ProgramMissing(Exception):
    """There is no pg_dump or psql that is new enough for the server."""


class PostgresEngine(Engine):
    """The schema that the connection writes to; Rasa's conversations are in it."""

    def __init__(self, place: Place) -> None:
        url = make_url(place.database_url).set(drivername="postgresql")
        self._password = url.password
        self._url = url.set(password=None).render_as_string()

    @override
    def dump(self, folder: Path) -> Dump:
        try:
            with self._connected() as connection, connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                snapshot, schema = _one(connection, "SELECT pg_export_snapshot(), current_schema()")
                self._run("pg_dump", f"--snapshot={snapshot}", f"--schema={schema}", f"--file={folder / DUMP}")
                return _describe(connection, folder / DUMP)
        except (psycopg.Error, ProgramMissing, subprocess.SubprocessError) as error:
            raise BackupImpossible(f"DATABASE_URL: the database cannot be backed up: {_words(error)}") from error

    @override
    def is_empty(self) -> bool:
        return not self.count()

    @override
    def load(self, folder: Path) -> None:
        try:
            with self._connected() as connection:
                [schema] = _one(connection, "SELECT current_schema()")
                anew = SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)).as_string(connection)
            once = (
                "--no-psqlrc",
                "--quiet",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                "--output=/dev/null",
            )
            self._run("psql", *once, f"--command={anew}", f"--file={folder / DUMP}")
        except (psycopg.Error, ProgramMissing, subprocess.SubprocessError) as error:
            raise RestoreImpossible(f"DATABASE_URL: the database does not take it: {_words(error)}") from error

    @override
    def count(self) -> dict[str, int]:
        with self._connected() as connection:
            return _count(connection)

    def _run(self, program: str, *arguments: str) -> None:
        with self._connected() as connection:
            path = _program(program, connection.info.server_version // 10_000)
        environment = {**os.environ, "PGOPTIONS": f"-c lock_timeout={LOCK_WITHIN}"}
        if self._password:
            environment["PGPASSWORD"] = self._password  # an argument would be seen by everybody on the machine
        command = [path, "--no-password", f"--dbname={self._url}", *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 - ours

    @contextmanager
    def _connected(self) -> "Iterator[psycopg.Connection[Any]]":
        with psycopg.connect(self._url, password=self._password, autocommit=True) as connection:
            yield connection


def _describe(connection: "psycopg.Connection[Any]", file: Path) -> Dump:
    rows = _count(connection)
    documents = (
        [name for (name,) in connection.execute("SELECT stored_as FROM uploads")] if "uploads" in rows else []
    )
    if "alembic_version" not in rows:
        raise BackupImpossible("DATABASE_URL: there is nothing to back up yet")
    [version] = _one(connection, "SELECT max(version_num) FROM alembic_version")
    return Dump({DUMP: file}, version, rows, documents)


def _count(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    counting = {table: SQL("SELECT count(*) FROM {}").format(Identifier(table)) for (table,) in tables.fetchall()}
    return {table: int(_one(connection, query)[0]) for table, query in counting.items()}


def _one(connection: "psycopg.Connection[Any]", query: LiteralString | Composed) -> Sequence[Any]:
    row = connection.execute(query).fetchone()
    assert row is not None, "asked for exactly one"
    return tuple(row)


def _program(name: str, server: int) -> str:
    """Find a program as new as the server; an older one refuses to work.

    Raises:
        ProgramMissing: There is none.
    """
    beside = [str(folder / "bin") for folder in SIDE_BY_SIDE.glob("*")]
    for folder in [*os.environ.get("PATH", "").split(os.pathsep), *sorted(beside)]:
        path = shutil.which(name, path=folder)
        if path and _major(path) >= server:
            return path
    raise ProgramMissing(f"{name} {server} is missing: install postgresql-client-{server}, or put it on the PATH")


def _major(path: str) -> int:
    said = subprocess.run([path, "--version"], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    number = re.search(r"(\d+)", said.stdout)
    return int(number.group()) if number else 0


def _words(error: Exception) -> str:
    """Return what went wrong: of what a program said the last line, which has no row in it."""
    if isinstance(error, subprocess.CalledProcessError):
        return next((line for line in error.stderr.splitlines() if "ERROR" in line or "error" in line), str(error))
    return str(error).strip()
