"""Which rows are somebody's: what the foreign keys lead to from their own row, and what else names these."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applicants import Applicant
from admissions.database import Base
from admissions.emails import Email
from admissions.notifications import Notification
from admissions.staff import Errand

Rows = Mapping[str, Sequence[RowMapping]]

NAMED: Final = {
    "applicants": "applicant",
    "applications": "application",
    "consultations": "consultation",
    "documents": "document",
    "errands": "errand",
    "handoffs": "handoff",
    "handoff_relays": "relay",
    "handoff_requests": "request",
    "placements": "placement",
    "referee_links": "referee_link",
    "status_claims": "status_claim",
}
"""What other rows call a row in their `about`, such as "document:12"."""


async def rows_of(session: AsyncSession, applicant_id: int) -> Rows:
    """Return every row that goes with an applicant, by its table: theirs, and what cascades from these."""
    found: dict[str, Sequence[RowMapping]] = {}
    for table in Base.metadata.sorted_tables:
        theirs = _is_theirs(table, found, applicant_id)
        if theirs is not None:
            rows = select(table).where(theirs).order_by(*table.primary_key.columns)
            if each := (await session.execute(rows)).mappings().all():
                found[table.name] = each
    return found


def matters_of(rows: Rows) -> Sequence[str]:
    """Return what the rows are called where something is about them."""
    draft = [f"draft:{row['id']}" for row in rows.get("applications", ())]
    return draft + [f"{name}:{row['id']}" for table, name in NAMED.items() for row in rows.get(table, ())]


def is_about(applicant_id: int, matters: Sequence[str]) -> Mapping[type[Base], ColumnElement[bool]]:
    """Return the rows that no foreign key need lead to: what was told, to or of somebody, and what staff began."""
    return {
        Notification: or_(
            Notification.recipient == applicant_id,
            Notification.applicant_id == applicant_id,
            Notification.about.in_(matters),
        ),
        Email: Email.about.in_(matters),
        Errand: or_(Errand.applicant_id == applicant_id, Errand.about.in_(matters)),
    }


def _is_theirs(table: Table, found: Rows, applicant_id: int) -> ColumnElement[bool] | None:
    if table.name == Applicant.__tablename__:
        return Applicant.id == applicant_id
    leads: list[ColumnElement[Any]] = [
        key.parent.in_([row[key.column.name] for row in found[key.column.table.name]])
        for key in table.foreign_keys
        if key.ondelete == "CASCADE" and key.column.table.name in found
    ]
    return or_(*leads) if leads else None
