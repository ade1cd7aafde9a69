"""What an applicant has handed in, and what is to come."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.documents.file import DocumentsFile
from admissions.documents.models import Document, RefereeLink
from admissions.documents.rules.checklist import Checklist, make_checklist


async def checklist(
    session: AsyncSession, file: DocumentsFile, applicant_id: int, *, english_test: bool | None, at: datetime
) -> Checklist:
    """Return an applicant's documents, in the order of the file, and what is next.

    Args:
        session: An open session.
        file: The file of documents.
        applicant_id: Whose.
        english_test: Whether question 8 was answered with a test; None while it is unanswered.
        at: Now, aware: a referee's link that has expired by then brings no letter.
    """
    theirs = select(Document).where(Document.applicant_id == applicant_id)
    rows = await session.scalars(theirs.options(joinedload(Document.current)))
    documents = {document.kind: document for document in rows}
    asked_at = await _referee_asked_at(session, applicant_id, at)
    return make_checklist(file.documents, documents, english_test=english_test, asked_at=asked_at)


async def _referee_asked_at(session: AsyncSession, applicant_id: int, at: datetime) -> datetime | None:
    waiting = (
        RefereeLink.applicant_id == applicant_id,
        RefereeLink.used_at.is_(None),
        RefereeLink.expires_at > at,
    )
    asked_at: datetime | None = await session.scalar(select(func.max(RefereeLink.asked_at)).where(*waiting))
    return asked_at
