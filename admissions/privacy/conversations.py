"""The conversations that Rasa keeps, in tables of its own: the same Postgres, or a SQLite file beside ours."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, delete, inspect, select

from admissions.database import Database

EVENTS: Final = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("timestamp", Float),
    Column("data", Text),
)
"""As Rasa 3.6 makes it, what is of use here."""
SAID: Final = {"user", "bot"}


@dataclass(frozen=True)
class Line:
    """What was said once.

    Attributes:
        said_at: Aware.
        is_theirs: Whether the applicant said it; else the assistant.
        words: A button's intent, or the name of an answer, where there were none.
    """

    said_at: datetime
    is_theirs: bool
    words: str


class Conversations:
    """What applicants and the assistant said to each other, as Rasa keeps it.

    Args:
        database: Where Rasa keeps it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, applicant_id: int) -> Sequence[Line]:
        """Return what was said in a conversation, in its order."""
        if not await self._exists():
            return []
        events = select(EVENTS.c.data).where(EVENTS.c.sender_id == str(applicant_id), EVENTS.c.type_name.in_(SAID))
        async with self._database.reading() as session:
            rows = await session.scalars(events.order_by(EVENTS.c.id))
            return [_line(json.loads(data)) for data in rows]

    async def remove(self, applicant_id: int) -> None:
        """Remove a conversation, whatever Rasa noted of it."""
        if await self._exists():
            async with self._database.transaction() as session:
                await session.execute(delete(EVENTS).where(EVENTS.c.sender_id == str(applicant_id)))

    async def compact(self) -> None:
        """Leave nothing of what was removed in the file either."""
        await self._database.compact()

    async def close(self) -> None:
        """Give the connections back."""
        await self._database.close()

    async def _exists(self) -> bool:
        async with self._database.engine.connect() as connection:
            return await connection.run_sync(lambda sync: inspect(sync).has_table(EVENTS.name))


def _line(event: dict[str, Any]) -> Line:
    said_at = datetime.fromtimestamp(event["timestamp"], UTC)
    is_theirs = event["event"] == "user"
    words = event.get("text") or json.dumps((event.get("data") or {}).get("custom"), ensure_ascii=False)
    return Line(said_at, is_theirs, words)
