"""Receive a file, read it, make one of several."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.documents.errors import AlreadyReceived, UploadNotFound
from admissions.documents.models import Document, Upload
from admissions.documents.rules.inspecting import inspect
from admissions.documents.rules.names import clean_name
from admissions.documents.rules.photos import PHOTOS, merge_photos
from admissions.documents.service.threads import checking
from admissions.documents.storage import Store
from admissions.documents.values import DocumentKind, FileKind, Role


@dataclass(frozen=True)
class File:
    """A file to be sent on: the name to show, and what it holds."""

    name: str
    kind: FileKind
    content: bytes


async def receive(
    session: AsyncSession,
    store: Store,
    applicant_id: int,
    content: bytes,
    *,
    file_name: str | None,
    at: datetime,
    sender: Role = Role.APPLICANT,
    parts: Sequence[int] = (),
    album: str | None = None,
) -> Upload:
    """Keep a file that someone sent for an applicant, unsorted as yet.

    The file is checked and written before the session does anything, so that neither holds up other writers,
    and before its row, so that no row ever names a missing file.

    Args:
        session: An open session, best with nothing done in it yet.
        store: Where the file goes.
        applicant_id: Whose document it will be.
        content: The whole file.
        file_name: What its sender called it, if anything.
        at: The moment it arrived, aware.
        sender: Who sent it.
        parts: The uploads it was combined of, which then need no sorting any more.
        album: What it was sent together with, as the door names it.

    Raises:
        FileRefusal: The file cannot be taken; see `inspect`.
        UploadNotFound: One of the parts has been sorted or combined meanwhile.
        AlreadyReceived: The same sender sent the very same file before (a unique key decides).
    """
    facts = await checking(inspect, content)
    stored_as = await store.save(content)
    row = {
        "applicant_id": applicant_id,
        "sender": sender,
        "sha256": hashlib.sha256(content).hexdigest(),
        "stored_as": stored_as,
        "file_name": clean_name(file_name, facts.kind),
        "file_kind": facts.kind,
        "size": len(content),
        "pages": facts.pages,
        "album": album,
        "received_at": at,
    }
    keys = ["applicant_id", "sender", "sha256"]
    statement = insert(session, Upload).values(row).on_conflict_do_nothing(index_elements=keys)
    upload_id = await session.scalar(statement.returning(Upload.id))
    if upload_id is None:
        await store.remove(stored_as)
        raise await _already_received(session, [row[key] for key in keys])
    upload = await session.get_one(Upload, upload_id)
    await _put_together(session, upload, parts)
    return upload


async def _already_received(session: AsyncSession, key: Sequence[object]) -> AlreadyReceived:
    applicant_id, sender, sha256 = key
    same = (Upload.applicant_id == applicant_id, Upload.sender == sender, Upload.sha256 == sha256)
    upload = (await session.scalars(select(Upload).where(*same))).one()
    if upload.combined_into is not None:
        upload = await session.get_one(Upload, upload.combined_into)
    document = await session.get(Document, upload.document_id) if upload.document_id else None
    state = document.state if document and document.version == upload.version else None
    return AlreadyReceived(upload.id, upload.received_at, document.kind if document else None, state)


async def unsorted(session: AsyncSession, applicant_id: int) -> Sequence[Upload]:
    """Return what the applicant sent and has not said what it is, oldest first."""
    waiting = select(Upload).where(
        Upload.applicant_id == applicant_id,
        Upload.sender != Role.REFEREE,
        Upload.document_id.is_(None),
        Upload.combined_into.is_(None),
    )
    return (await session.scalars(waiting.order_by(Upload.id))).all()


async def has_sent(session: AsyncSession, applicant_id: int) -> bool:
    """Tell whether somebody has sent a document of their own."""
    own = select(Upload.id).where(Upload.applicant_id == applicant_id, Upload.sender == Role.APPLICANT)
    return await session.scalar(own.limit(1)) is not None


async def get_upload(session: AsyncSession, upload_id: int, *, applicant_id: int) -> Upload:
    """Return what an applicant sent.

    Raises:
        UploadNotFound: They sent no such upload, or it became a page of another.
    """
    upload = await session.get(Upload, upload_id)
    if upload is None or upload.combined_into is not None or not _may_read(upload, Role.APPLICANT, applicant_id):
        raise UploadNotFound
    return upload


async def find_kind(session: AsyncSession, upload: Upload) -> DocumentKind | None:
    """Tell as what an upload was sorted; None if it was not."""
    document = await session.get(Document, upload.document_id) if upload.document_id else None
    return document.kind if document else None


async def read(
    session: AsyncSession, store: Store, upload_id: int, *, role: Role, applicant_id: int | None = None
) -> File:
    """Return an upload's file: to staff any, to an applicant their own, and never a referee's letter.

    Args:
        session: An open session.
        store: Where the file is.
        upload_id: Of which upload.
        role: Who reads.
        applicant_id: Who reads, where it is an applicant.

    Raises:
        UploadNotFound: There is no such upload, or none that they may read.
    """
    upload = await session.get(Upload, upload_id)
    if upload is None or not _may_read(upload, role, applicant_id):
        raise UploadNotFound
    return File(upload.file_name, upload.file_kind, await store.read(upload.stored_as))


def _may_read(upload: Upload, role: Role, applicant_id: int | None) -> bool:
    is_own = upload.applicant_id == applicant_id and upload.sender is not Role.REFEREE
    return role is Role.COORDINATOR or (role is Role.APPLICANT and is_own)


async def combine(session: AsyncSession, store: Store, applicant_id: int, upload_ids: Sequence[int]) -> bytes:
    """Return one PDF of an applicant's unsorted photos, in the order given, to be received with its `parts`.

    It takes seconds: give it a session that only reads, so that no writer waits.

    Raises:
        UploadNotFound: One of them is not an unsorted photo of theirs.
        FileRefusal: They cannot become one PDF; see `merge_photos`.
    """
    theirs = {upload.id: upload for upload in await unsorted(session, applicant_id) if upload.file_kind in PHOTOS}
    if not set(upload_ids) <= set(theirs):
        raise UploadNotFound
    photos = [await store.read(theirs[each].stored_as) for each in upload_ids]
    return await checking(merge_photos, photos)


async def _put_together(session: AsyncSession, whole: Upload, parts: Sequence[int]) -> None:
    theirs = (Upload.applicant_id == whole.applicant_id, Upload.document_id.is_(None), Upload.id.in_(parts))
    statement = update(Upload).where(*theirs, Upload.combined_into.is_(None)).values(combined_into=whole.id)
    taken = await session.scalars(statement.returning(Upload.id))
    if len(taken.all()) < len(set(parts)):
        raise UploadNotFound
