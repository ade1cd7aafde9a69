"""What waits in a database's inbox."""

from datetime import UTC, datetime

from admissions import inbox
from admissions.database import Database


async def unhandled(database: Database) -> int:
    """Return how many updates are stored and not handled yet."""
    async with database.reading() as session:
        count, _ = await inbox.backlog(session, at=datetime.now(UTC))
    return count
