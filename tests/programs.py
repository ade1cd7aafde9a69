"""Another program at the shared database: a command line of the database's own, which knows nothing of ours."""

import asyncio
from asyncio.subprocess import PIPE

from sqlalchemy import make_url


class Program:
    """A command line of the database's own."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            host = str(parsed.query["host"])
            self._command = ["psql", "-X", "-v", "ON_ERROR_STOP=1", "-h", host, "-U", "postgres", "-d"]
            self._command.append(str(parsed.database))
        else:
            patient = ("-cmd", ".timeout 5000")
            self._command = [
                "sqlite3",
                "-bail",
                *patient,
                "-cmd",
                "PRAGMA foreign_keys = ON",
                str(parsed.database),
            ]

    async def runs(self, sql: str) -> str | None:
        """Run some SQL; return what the database says against it, if anything."""
        process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        _, errors = await process.communicate(sql.encode())
        return errors.decode() if process.returncode else None
