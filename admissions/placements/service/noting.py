"""What is waited for, and what staff note."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.placements.errors import ItemNotFound
from admissions.placements.models import Note, OpenItem, Party
from admissions.placements.rules.periods import check_words
from admissions.placements.service.loading import get_application

LONGEST_NOTE = 4000
"""Characters."""


async def open_item(
    session: AsyncSession, application_id: int, waits_for: Party, what: str, *, by: str | None, at: datetime
) -> OpenItem:
    """Note that somebody is waited for; the applicant is shown it.

    Args:
        session: An open session.
        application_id: Which application waits.
        waits_for: Who is to act.
        what: For the applicant to read: "TB test result".
        by: Who of the staff says so.
        at: Now, aware.

    Raises:
        ApplicationNotFound: There is none.
        WordsMissing: Nothing is said, or more than 200 characters.
    """
    await get_application(session, application_id)
    item = OpenItem(
        application_id=application_id, waits_for=waits_for, what=check_words(what), opened_by=by, opened_at=at
    )
    session.add(item)
    await session.flush()
    return item


async def close_item(session: AsyncSession, item_id: int, *, by: str | None, at: datetime) -> OpenItem:
    """Note that what was waited for is there.

    Raises:
        ItemNotFound: There is no such open item (any more).
    """
    item = await session.get(OpenItem, item_id, with_for_update=True, populate_existing=True)
    if item is None or item.closed_at is not None:
        raise ItemNotFound
    item.closed_at, item.closed_by = at, by
    return item


async def note(session: AsyncSession, application_id: int, text: str, *, by: str | None, at: datetime) -> Note:
    """Write something down for staff; the applicant never sees it.

    Raises:
        ApplicationNotFound: There is none.
        WordsMissing: Nothing is written, or more than 4,000 characters.
    """
    await get_application(session, application_id)
    written = Note(
        application_id=application_id, text=check_words(text, LONGEST_NOTE), written_by=by, written_at=at
    )
    session.add(written)
    await session.flush()
    return written


async def notes(session: AsyncSession, application_id: int) -> Sequence[Note]:
    """Return what staff wrote down, oldest first; for staff alone."""
    rows = select(Note).where(Note.application_id == application_id).order_by(Note.id)
    return (await session.scalars(rows)).all()
