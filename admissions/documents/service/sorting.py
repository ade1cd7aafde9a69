"""Say which document an upload is."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.documents.errors import AlreadySorted, TooManyPages, UploadNotFound
from admissions.documents.file import DocumentsFile
from admissions.documents.models import Document, Upload
from admissions.documents.rules.transitions import Move
from admissions.documents.service import moving
from admissions.documents.values import DocumentKind, Role


async def sort(
    session: AsyncSession,
    file: DocumentsFile,
    upload_id: int,
    kind: DocumentKind,
    *,
    applicant_id: int,
    at: datetime,
    role: Role = Role.APPLICANT,
    by: str | None = None,
) -> Document:
    """Make an upload the current version of a document; the version before it is kept.

    An upload that was sorted wrongly may be sorted again: the document it leaves falls back to its version
    before, or is missing. An older version that is sorted anew becomes the current one.

    Args:
        session: An open session.
        file: The file of documents.
        upload_id: Of which upload.
        kind: Which document it is.
        applicant_id: Whose upload it is.
        at: The moment it was said, aware.
        role: Who says so.
        by: Their name, if it is a coordinator.

    Raises:
        UploadNotFound: The applicant has no such upload.
        AlreadySorted: It is the current version of that document already.
        TooManyPages: A document of that kind has one page.
        MoveNotAllowed: The document it would leave is being reviewed, or approved.
    """
    await moving.lock_applicant(session, applicant_id)
    upload = await _get(session, upload_id, applicant_id, role)
    if upload.pages and upload.pages > 1 and not file.documents[kind].several_pages:
        raise TooManyPages(kind, upload.pages)
    if upload.document_id is not None:
        await _leave(session, upload, upload.document_id, kind, role=role, by=by, at=at)
    document = await moving.hold(session, applicant_id, kind, at=at)
    await add_version(session, document, upload, role=role, by=by, at=at)
    return document


async def add_version(
    session: AsyncSession, document: Document, upload: Upload, *, role: Role, by: str | None, at: datetime
) -> None:
    """Make an upload the current version of a locked document."""
    upload.document_id, upload.version = document.id, document.version + 1
    document.version += 1
    await moving.apply(session, document, Move.UPLOAD, role=role, by=by, at=at, upload_id=upload.id)
    await session.refresh(document, ["current"])


async def _get(session: AsyncSession, upload_id: int, applicant_id: int, role: Role) -> Upload:
    upload = await session.get(Upload, upload_id, populate_existing=True)
    if upload is None or upload.applicant_id != applicant_id or upload.combined_into is not None:
        raise UploadNotFound
    if upload.sender is Role.REFEREE and role is not Role.COORDINATOR:
        raise UploadNotFound
    return upload


async def _leave(
    session: AsyncSession,
    upload: Upload,
    document_id: int,
    kind: DocumentKind,
    *,
    role: Role,
    by: str | None,
    at: datetime,
) -> None:
    document = await moving.get(session, document_id)
    is_current = upload.version == document.version
    if is_current and document.kind is kind:
        raise AlreadySorted(kind)
    upload.document_id = upload.version = None
    await session.flush()
    if is_current:
        newest = select(func.max(Upload.version)).where(Upload.document_id == document_id)
        document.version = await session.scalar(newest) or 0
        what = Move.FALL_BACK if document.version else Move.TAKE_OUT
        await moving.apply(session, document, what, role=role, by=by, at=at, upload_id=upload.id)
