"""What every use case needs that moves a document."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.applicants import Applicant
from admissions.database import insert
from admissions.documents.errors import DocumentNotFound
from admissions.documents.models import Document, DocumentChange
from admissions.documents.rules.transitions import Move, move
from admissions.documents.service.showing import outdate_messages
from admissions.documents.values import DocumentKind, DocumentState, Role


async def lock_applicant(session: AsyncSession, applicant_id: int) -> None:
    """Let nobody else sort this applicant's uploads until the transaction ends.

    Sorting can touch two documents; one after the other, it cannot run into a deadlock.
    """
    theirs = select(Applicant.id).where(Applicant.id == applicant_id)
    await session.execute(theirs.with_for_update(key_share=True))


async def hold(session: AsyncSession, applicant_id: int, kind: DocumentKind, *, at: datetime) -> Document:
    """Return an applicant's document of a kind, made if need be (a unique key decides), and locked."""
    row = {
        "applicant_id": applicant_id,
        "kind": kind,
        "state": DocumentState.MISSING,
        "version": 0,
        "changed_at": at,
    }
    statement = insert(session, Document).values(row)
    await session.execute(statement.on_conflict_do_nothing(index_elements=["applicant_id", "kind"]))
    same = select(Document).where(Document.applicant_id == applicant_id, Document.kind == kind)
    rows = await session.scalars(same.with_for_update().execution_options(populate_existing=True))
    return rows.one()


async def get(session: AsyncSession, document_id: int) -> Document:
    """Return a document, locked.

    Raises:
        DocumentNotFound: There is no such document.
    """
    document = await session.get(Document, document_id, with_for_update=True, populate_existing=True)
    if document is None:
        raise DocumentNotFound
    return document


async def apply(
    session: AsyncSession,
    document: Document,
    what: Move,
    *,
    role: Role,
    by: str | None,
    at: datetime,
    reason: str | None = None,
    upload_id: int | None = None,
) -> None:
    """Move a document and write down who did it; what shows it is outdated by that.

    Raises:
        MoveNotAllowed: Not from where it stands, or not by this role.
    """
    document.state = move(document.state, what, role)
    document.reason = reason
    document.expires_at = None
    document.changed_at = at
    session.add(
        DocumentChange(
            document_id=document.id,
            upload_id=upload_id,
            state=document.state,
            reason=reason,
            role=role,
            by=by,
            at=at,
        )
    )
    await session.flush()
    await outdate_messages(session, document.applicant_id)
