"""Ask a referee for a letter of recommendation, by a link that works once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions import notifications
from admissions.documents.errors import LinkExpired, LinkIsYours, LinkUnknown, LinkUsed, UploadNotFound
from admissions.documents.file import DocumentsFile
from admissions.documents.models import Document, RefereeLink, Upload
from admissions.documents.rules.photos import join_pages
from admissions.documents.service import moving
from admissions.documents.service.receiving import receive, unsorted
from admissions.documents.service.sorting import add_version
from admissions.documents.service.threads import checking
from admissions.documents.storage import Store
from admissions.documents.values import DocumentKind, Role
from admissions.notifications import Kind

TOKEN_BYTES = 24  # 32 characters of A-Z a-z 0-9 _ -; with a prefix they fit the 64 of a start payload


MORE_WITHIN = timedelta(days=1)
"""For so long after a letter came, its referee may add pages or replace it."""


@dataclass(frozen=True)
class Letter:
    """A letter that a referee is about to send, or has just sent.

    Attributes:
        link_id: The link they opened.
        applicant_id: Whom the letter is for.
        applicant_name: How that applicant calls themselves.
        expires_at: Until when it can be sent, aware.
        is_here: Whether it came already; pages may be added.
        album: What it was sent together with, as the door names it; None if it came alone.
    """

    link_id: int
    applicant_id: int
    applicant_name: str
    expires_at: datetime
    is_here: bool = False
    album: str | None = None


async def ask_referee(session: AsyncSession, file: DocumentsFile, applicant_id: int, *, at: datetime) -> str:
    """Make a link for a referee and return its token, which is kept nowhere else.

    Links made before stay good: an applicant may ask several referees.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = at + timedelta(days=file.referee_link_days)
    session.add(
        RefereeLink(applicant_id=applicant_id, token_hash=_hash(token), asked_at=at, expires_at=expires_at)
    )
    await session.flush()
    return token


async def redeem(session: AsyncSession, token: str, *, by: int, at: datetime) -> Letter:
    """Open a referee's link; from then on it is theirs alone, and they may open it again until the letter comes.

    Args:
        session: An open session.
        token: What the link carries; anything.
        by: The referee's Telegram id.
        at: The moment they opened it, aware.

    Raises:
        LinkUnknown: We gave no such link.
        LinkIsYours: The applicant opened it themselves.
        LinkUsed: The letter has come, or somebody else opened the link first.
        LinkExpired: It is too late.
    """
    link = await _locked(session, RefereeLink.token_hash == _hash(token))
    if link.applicant_id == by:
        raise LinkIsYours
    _check(link, by, at)
    if link.redeemed_by is None:
        link.redeemed_by, link.redeemed_at = by, at
    await session.refresh(link, ["applicant", "upload"])
    return _letter(link)


async def letters_from(session: AsyncSession, referee_id: int, *, at: datetime) -> Sequence[Letter]:
    """Return the letters that a person's next file may belong to; none if they are no referee.

    First come those that are awaited, the link they opened last first; then those that came a short while ago.
    """
    is_open = RefereeLink.used_at.is_(None) & (RefereeLink.expires_at > at)
    is_recent = RefereeLink.used_at > at - MORE_WITHIN
    theirs = select(RefereeLink).where(RefereeLink.redeemed_by == referee_id, or_(is_open, is_recent))
    newest_first = theirs.order_by(RefereeLink.redeemed_at.desc(), RefereeLink.id.desc())
    whole = newest_first.options(joinedload(RefereeLink.applicant), joinedload(RefereeLink.upload))
    return sorted([_letter(link) for link in await session.scalars(whole)], key=lambda letter: letter.is_here)


async def letter_content(
    session: AsyncSession, store: Store, letter: Letter, upload_ids: Sequence[int], *, by: int, joins: bool
) -> bytes:
    """Return the letter that a referee's uploads make, to be received with them as its `parts`.

    It can take seconds: give it a session that only reads, so that no writer waits.

    Args:
        session: An open session.
        store: Where the files are.
        letter: What `letters_from` returned.
        upload_ids: The referee's own, which nobody has sorted.
        by: The referee's Telegram id.
        joins: Whether they are further pages of the letter that is here.

    Raises:
        UploadNotFound: One of them is not an unsorted upload of theirs.
        PagesNotJoinable: One of several is a DOCX.
        FileRefusal: They cannot become one PDF; see `merge_photos`.
    """
    theirs = {upload.id: upload for upload in await unsorted(session, by)}
    if not set(upload_ids) <= set(theirs):
        raise UploadNotFound
    link = await session.get_one(RefereeLink, letter.link_id, options=[joinedload(RefereeLink.upload)])
    before = [link.upload] if joins and link.upload else []
    pages = [await store.read(each.stored_as) for each in (*before, *(theirs[each] for each in upload_ids))]
    return pages[0] if len(pages) == 1 else await checking(join_pages, pages)


async def receive_letter(
    session: AsyncSession,
    store: Store,
    letter: Letter,
    content: bytes,
    *,
    by: int,
    file_name: str | None,
    at: datetime,
    parts: Sequence[int] = (),
    album: str | None = None,
) -> Document:
    """Keep the letter a referee sends, as the applicant's letter of recommendation; the link is used up.

    The applicant is told that it came. For a short while the same referee may send it anew, with another page or
    instead of the first. A file that is refused leaves the link as it was.

    Args:
        session: An open session, best with nothing done in it yet.
        store: Where the file goes.
        letter: What `redeem` or `letters_from` returned.
        content: The whole file.
        by: The referee's Telegram id.
        file_name: What the referee called it, if anything.
        at: The moment it arrived, aware.
        parts: The referee's own uploads that it was made of; they are no documents of the referee's any more.
        album: What it was sent together with, as the door names it.

    Raises:
        LinkUnknown: There is no such link (any more).
        LinkUsed: The letter has come, or the link is another person's.
        LinkExpired: It is too late.
        UploadNotFound: One of the parts has been sorted meanwhile.
        FileRefusal: The file cannot be taken; see `inspect`.
        AlreadyReceived: A referee sent the very same file before.
    """
    upload = await receive(
        session, store, letter.applicant_id, content, file_name=file_name, at=at, sender=Role.REFEREE, album=album
    )
    link = await _locked(session, RefereeLink.id == letter.link_id)
    if not (letter.is_here and _is_recent(link, by, at)):
        _check(link, by, at)
    await _take_away(session, parts, by)
    link.used_at, link.upload_id = link.used_at or at, upload.id
    await moving.lock_applicant(session, link.applicant_id)
    document = await moving.hold(session, link.applicant_id, DocumentKind.LETTER_OF_RECOMMENDATION, at=at)
    await add_version(session, document, upload, role=Role.REFEREE, by=str(by), at=at)
    await notifications.enqueue(
        session, link.applicant_id, Kind.LETTER_RECEIVED, f"referee_link:{link.id}", due_at=link.used_at
    )
    return document


async def _take_away(session: AsyncSession, upload_ids: Sequence[int], referee_id: int) -> None:
    """Remove uploads that became a letter; their files have no row any more and are swept."""
    theirs = (Upload.applicant_id == referee_id, Upload.document_id.is_(None), Upload.combined_into.is_(None))
    gone = await session.scalars(delete(Upload).where(Upload.id.in_(upload_ids), *theirs).returning(Upload.id))
    if len(gone.all()) < len(set(upload_ids)):
        raise UploadNotFound


async def _locked(session: AsyncSession, condition: ColumnElement[bool]) -> RefereeLink:
    found = select(RefereeLink).where(condition).with_for_update()
    link = (await session.scalars(found.execution_options(populate_existing=True))).one_or_none()
    if link is None:
        raise LinkUnknown
    return link


def _check(link: RefereeLink, by: int, at: datetime) -> None:
    if link.used_at is not None or link.redeemed_by not in (None, by):
        raise LinkUsed
    if at >= link.expires_at:
        raise LinkExpired(link.expires_at)


def _is_recent(link: RefereeLink, by: int, at: datetime) -> bool:
    return link.redeemed_by == by and link.used_at is not None and link.used_at > at - MORE_WITHIN


def _letter(link: RefereeLink) -> Letter:
    return Letter(
        link.id,
        link.applicant_id,
        link.applicant.name,
        link.expires_at,
        is_here=link.used_at is not None,
        album=link.upload.album if link.upload else None,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
