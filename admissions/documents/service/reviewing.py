"""Request, review, approve, reject, expire."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.documents.errors import DocumentAlreadyRequested, DocumentReplaced, ReasonMissing
from admissions.documents.models import Document
from admissions.documents.rules.transitions import Move
from admissions.documents.service import moving
from admissions.documents.service.showing import outdate_messages
from admissions.documents.values import DocumentKind, DocumentState, Role


async def request(session: AsyncSession, applicant_id: int, kind: DocumentKind, *, at: datetime) -> Document:
    """Ask an applicant for a document that is otherwise not on their checklist (fact G12).

    Raises:
        DocumentAlreadyRequested: A coordinator asked for it before.
    """
    document = await moving.hold(session, applicant_id, kind, at=at)
    if document.requested_at is not None:
        raise DocumentAlreadyRequested
    document.requested_at = at
    await outdate_messages(session, applicant_id)
    return document


async def to_review(session: AsyncSession) -> Sequence[Document]:
    """Return the documents that wait for staff, longest first, each with its applicant and current upload."""
    waiting = select(Document).where(Document.state.in_((DocumentState.RECEIVED, DocumentState.IN_REVIEW)))
    whole = waiting.options(joinedload(Document.applicant), joinedload(Document.current))
    return (await session.scalars(whole.order_by(Document.changed_at, Document.id))).all()


async def start_review(
    session: AsyncSession, document_id: int, *, version: int, by: str, at: datetime
) -> Document:
    """Note that a coordinator looks at a document.

    Raises:
        DocumentNotFound: There is no such document.
        DocumentReplaced: A newer version came meanwhile.
        MoveNotAllowed: There is nothing to review, or it has been reviewed.
    """
    return await _judge(session, document_id, Move.START_REVIEW, version=version, by=by, at=at)


async def approve(
    session: AsyncSession,
    document_id: int,
    *,
    version: int,
    by: str,
    at: datetime,
    expires_at: datetime | None = None,
) -> Document:
    """Accept a document.

    Args:
        session: An open session.
        document_id: Of which document.
        version: The version that was looked at.
        by: The coordinator's name.
        at: The moment of it, aware.
        expires_at: Until when it holds, aware, if a coordinator says so; no fact gives such a date.

    Raises:
        DocumentNotFound: There is no such document.
        DocumentReplaced: A newer version came meanwhile.
        MoveNotAllowed: There is nothing to approve.
    """
    document = await _judge(session, document_id, Move.APPROVE, version=version, by=by, at=at)
    document.expires_at = expires_at
    return document


async def reject(
    session: AsyncSession, document_id: int, *, version: int, reason: str, by: str, at: datetime
) -> Document:
    """Turn a document down, with a reason for the applicant.

    Raises:
        ReasonMissing: No reason is given.
        DocumentNotFound: There is no such document.
        DocumentReplaced: A newer version came meanwhile.
        MoveNotAllowed: There is nothing to reject.
    """
    if not reason.strip():
        raise ReasonMissing
    return await _judge(session, document_id, Move.REJECT, version=version, by=by, at=at, reason=reason.strip())


async def expire(session: AsyncSession, *, at: datetime) -> Sequence[Document]:
    """Note which approved documents hold no longer, and return them."""
    due = select(Document).where(Document.state == DocumentState.APPROVED, Document.expires_at <= at)
    locked = due.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    documents = (await session.scalars(locked)).all()
    for document in documents:
        await moving.apply(session, document, Move.EXPIRE, role=Role.SYSTEM, by=None, at=at)
    return documents


async def _judge(
    session: AsyncSession,
    document_id: int,
    what: Move,
    *,
    version: int,
    by: str,
    at: datetime,
    reason: str | None = None,
) -> Document:
    document = await moving.get(session, document_id)
    if document.version != version:
        raise DocumentReplaced(document.version)
    await session.refresh(document, ["current"])
    seen = document.current.id if document.current else None
    await moving.apply(session, document, what, role=Role.COORDINATOR, by=by, at=at, reason=reason, upload_id=seen)
    return document
