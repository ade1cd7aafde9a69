"""`clerkship audit`: what was done at the staff desk, and what was tried."""

from collections.abc import Sequence

from admissions import staff
from admissions.database import Database
from admissions.settings import Settings
from admissions.staff import AuditEntry

HEADER = f"{'when (UTC)':<17} {'who':<24} {'as':<12} {'what':<20} {'about':<24} {'applicant':>12}  before → after"
LONGEST = 60
"""Characters of what was before and after: the whole is in the table."""


async def list_audit(settings: Settings, limit: int, applicant_id: int | None, *, refused: bool) -> Sequence[str]:
    """Give a line for each entry, the newest last."""
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.reading() as session:
            entries = await staff.listed(session, limit=limit, applicant_id=applicant_id, refused=refused)
    finally:
        await database.close()
    return [HEADER, *map(_line, entries)] if entries else ["nothing"]


def _line(entry: AuditEntry) -> str:
    what = f"{entry.deed}: {entry.permission}" if entry.permission else entry.deed
    change = f"{_short(entry.before)} → {_short(entry.after)}" if entry.before or entry.after else ""
    who = f"{entry.actor_name} ({entry.actor_id})"
    return (
        f"{entry.at:%Y-%m-%d %H:%M}  {who:<24} {entry.role or 'nobody':<12} {what:<20}"
        f" {_short(entry.about):<24} {entry.applicant_id or '':>12}  {change}"
    ).rstrip()


def _short(words: str | None) -> str:
    line = " ".join((words or "").split())
    return f"{line[:LONGEST]}…" if len(line) > LONGEST else line
