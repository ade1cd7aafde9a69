"""Find applications, for staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, String, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from admissions.applicants import Applicant
from admissions.applications import Application, ApplicationAnswer, ApplicationStatus, read_reference

FOUND_AT_ONCE = 10


@dataclass(frozen=True)
class Found:
    """An application, in one line.

    Attributes:
        name: The full name it gives, else the one that its applicant shows on Telegram.
    """

    application_id: int
    applicant_id: int | None
    reference: str | None
    name: str | None
    status: ApplicationStatus


async def find(session: AsyncSession, words: str, *, limit: int = FOUND_AT_ONCE) -> Sequence[Found]:
    """Find applications by their reference, a part of a name or an e-mail address, or a Telegram number.

    Args:
        session: An open session.
        words: What staff wrote.
        limit: How many at most.

    Returns:
        Those under way first, then the newest.
    """
    wanted = words.strip()
    if not wanted:
        return []
    name, email = aliased(ApplicationAnswer), aliased(ApplicationAnswer)
    statement = (
        select(Application, name.value, Applicant.name)
        .outerjoin(name, (name.application_id == Application.id) & (name.question == "full_name"))
        .outerjoin(email, (email.application_id == Application.id) & (email.question == "email"))
        .outerjoin(Applicant, Applicant.id == Application.applicant_id)
        .where(
            or_(
                Application.reference == read_reference(wanted),
                _has(cast(name.value, String), wanted),
                _has(cast(email.value, String), wanted),
                _has(Applicant.name, wanted),
                Applicant.id == (int(wanted) if wanted.isdecimal() and len(wanted) < 16 else None),
            )
        )
        .order_by(Application.ended_at.is_(None).desc(), Application.id.desc())
        .limit(limit)
    )
    rows = await session.execute(statement)
    return [
        Found(each.id, each.applicant_id, each.reference, full_name or shown, each.status)
        for each, full_name, shown in rows
    ]


def _has(column: SQLColumnExpression[str], words: str) -> ColumnElement[bool]:
    return func.lower(column).contains(words.lower(), autoescape=True)
