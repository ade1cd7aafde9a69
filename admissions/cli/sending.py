"""`clerkship outbox`: what is to be told to people, and what became of it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from admissions import notifications
from admissions.database import Database
from admissions.notifications import STAFF, Notification, State
from admissions.settings import Settings

HEADER = f"{'id':>8}  {'state':<8} {'kind':<28} {'about':<24} {'recipient':>14}  {'due (UTC)':<17} tries  why"


async def list_outbox(settings: Settings, states: Collection[State], limit: int) -> Sequence[str]:
    """Give a line for each notification in some states, the newest first; numbers, and no personal data beyond."""
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.reading() as session:
            found = await notifications.listed(session, states=states, limit=limit)
    finally:
        await database.close()
    return [HEADER, *map(_line, found)] if found else ["nothing"]


async def replay(settings: Settings, ids: Collection[int] | None) -> Sequence[str]:
    """Have notifications tried again that came to no good end; tell which, and which are left as they are."""
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.transaction() as session:
            replayed = await notifications.replay(session, ids, at=datetime.now(UTC))
    finally:
        await database.close()
    left = sorted({*(ids or ())} - {*replayed})
    return [
        f"to be tried again: {', '.join(map(str, sorted(replayed))) or 'none'}",
        *([f"left as they are: {', '.join(map(str, left))} (not dead, nor of unknown outcome)"] if left else []),
    ]


def _line(row: Notification) -> str:
    recipient = "staff" if row.recipient == STAFF else str(row.recipient)
    why = " ".join(filter(None, (row.reason, row.problem)))
    return (
        f"{row.id:>8}  {row.state:<8} {row.kind:<28} {row.about:<24} {recipient:>14}"
        f"  {row.due_at:%Y-%m-%d %H:%M}  {row.attempts:>5}  {why}"
    ).rstrip()
