"""Ask a referee for a letter of recommendation, by a link that works once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions import notifications
from admissions.documents.errors import LinkExpired, LinkIsYours, LinkUnknown, LinkUsed
from admissions.documents.file import DocumentsFile
from admissions.documents.models import Document, RefereeLink
from admissions.documents.service import moving
from admissions.documents.service.receiving import receive
from admissions.documents.service.sorting import add_version
from admissions.documents.storage import Store
from admissions.documents.values import DocumentKind, Role
from admissions.notifications import Kind

TOKEN_BYTES = 24  # 32 characters of A-Z a-z 0-9 _ -; with a prefix they fit the 64 of a start payload


@dataclass(frozen=True)
class LetterAwaited:
    """A letter that a referee is about to send.

    Attributes:
        link_id: The link they opened.
        applicant_id: Whom the letter is for.
        applicant_name: How that applicant calls themselves.
        expires_at: Until when it can be sent, aware.
    """

    link_id: int
    applicant_id: int
    applicant_name: str
    expires_at: datetime


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


async def redeem(session: AsyncSession, token: str, *, by: int, at: datetime) -> LetterAwaited:
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
    await session.refresh(link, ["applicant"])
    return _awaited(link)


async def awaited_from(session: AsyncSession, referee_id: int, *, at: datetime) -> Sequence[LetterAwaited]:
    """Return the letters a person may send now, the link they opened last first; none if they are no referee."""
    open_links = select(RefereeLink).where(
        RefereeLink.redeemed_by == referee_id, RefereeLink.used_at.is_(None), RefereeLink.expires_at > at
    )
    newest_first = open_links.order_by(RefereeLink.redeemed_at.desc(), RefereeLink.id.desc())
    rows = await session.scalars(newest_first.options(joinedload(RefereeLink.applicant)))
    return [_awaited(link) for link in rows]


async def receive_letter(
    session: AsyncSession,
    store: Store,
    letter: LetterAwaited,
    content: bytes,
    *,
    by: int,
    file_name: str | None,
    at: datetime,
) -> Document:
    """Keep the letter a referee sends, as the applicant's letter of recommendation; the link is used up.

    The applicant is told that it came. A file that is refused leaves the link as it was.

    Args:
        session: An open session, best with nothing done in it yet.
        store: Where the file goes.
        letter: What `redeem` or `awaited_from` returned.
        content: The whole file.
        by: The referee's Telegram id.
        file_name: What the referee called it, if anything.
        at: The moment it arrived, aware.

    Raises:
        LinkUnknown: There is no such link (any more).
        LinkUsed: The letter has come, or the link is another person's.
        LinkExpired: It is too late.
        FileRefusal: The file cannot be taken; see `inspect`.
        AlreadyReceived: A referee sent the very same file before.
    """
    upload = await receive(
        session, store, letter.applicant_id, content, file_name=file_name, at=at, sender=Role.REFEREE
    )
    link = await _locked(session, RefereeLink.id == letter.link_id)
    _check(link, by, at)
    link.used_at = at
    await moving.lock_applicant(session, link.applicant_id)
    document = await moving.hold(session, link.applicant_id, DocumentKind.LETTER_OF_RECOMMENDATION, at=at)
    await add_version(session, document, upload, role=Role.REFEREE, by=str(by), at=at)
    await notifications.enqueue(
        session, link.applicant_id, Kind.LETTER_RECEIVED, f"referee_link:{link.id}", due_at=at
    )
    return document


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


def _awaited(link: RefereeLink) -> LetterAwaited:
    return LetterAwaited(link.id, link.applicant_id, link.applicant.name, link.expires_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
