"""A document, its uploads, what happened to it, the links that ask a referee for one, and what shows it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from admissions.applicants import Applicant
from admissions.database import Base
from admissions.documents.values import DocumentKind, DocumentState, FileKind, Role
from admissions.sealing import SealedText


def _by_value(kinds: type[StrEnum]) -> Enum:
    return Enum(kinds, native_enum=False, length=32, values_callable=lambda members: [*members])


class Upload(Base):
    """A file someone sent for an applicant; unsorted until it becomes a version of a document.

    Attributes:
        document_id: The document it is a version of; None while unsorted.
        version: Its number among the document's versions, from 1; None while unsorted.
        combined_into: The PDF that this photo became a page of.
        sender: Who sent it.
        sha256: Of its content, in hexadecimal.
        stored_as: Its random name in the store.
        file_name: What its sender called it, cleaned; to be shown, never to be opened.
        size: In bytes.
        pages: How many, where the file says so.
        album: What it was sent together with, as the door names it; None if it came alone.
    """

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    version: Mapped[int | None]
    combined_into: Mapped[int | None] = mapped_column(ForeignKey("uploads.id", ondelete="SET NULL"))
    sender: Mapped[Role] = mapped_column(_by_value(Role))
    sha256: Mapped[str] = mapped_column(String(64))
    stored_as: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str] = mapped_column(SealedText)
    file_kind: Mapped[FileKind] = mapped_column(_by_value(FileKind))
    size: Mapped[int]
    pages: Mapped[int | None]
    album: Mapped[str | None]
    received_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("applicant_id", "sender", "sha256"),
        UniqueConstraint("document_id", "version"),
    )


class Document(Base):
    """A paper HMC needs of an applicant, and its state; there is one of each kind at most.

    Attributes:
        version: The number of the current upload; 0 when there is none.
        reason: Why it was rejected, in a coordinator's words for the applicant.
        requested_at: When a coordinator asked for it, if one did.
        expires_at: Until when an approved document holds, if a coordinator said so.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    kind: Mapped[DocumentKind] = mapped_column(_by_value(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(_by_value(DocumentState))
    version: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None]
    requested_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]

    applicant: Mapped[Applicant] = relationship()
    current: Mapped[Upload | None] = relationship(
        primaryjoin=lambda: and_(
            Document.id == foreign(Upload.document_id), Document.version == foreign(Upload.version)
        ),
        viewonly=True,
        uselist=False,
    )

    __table_args__ = (
        UniqueConstraint("applicant_id", "kind"),
        Index("ix_documents_state", "state", "changed_at"),
    )


class DocumentChange(Base):
    """What happened to a document: kept, never changed."""

    __tablename__ = "document_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("uploads.id", ondelete="SET NULL"))
    state: Mapped[DocumentState] = mapped_column(_by_value(DocumentState))
    reason: Mapped[str | None]
    role: Mapped[Role] = mapped_column(_by_value(Role))
    by: Mapped[str | None]
    at: Mapped[datetime]


class RefereeLink(Base):
    """A one-time link by which a referee sends a letter of recommendation.

    Attributes:
        token_hash: SHA-256 of the token, in hexadecimal; the token itself is not kept.
        redeemed_by: The Telegram id of the referee who opened it first; it is theirs from then on.
        used_at: When the letter arrived.
        upload_id: The letter; a later one where pages were added or it was replaced.
    """

    __tablename__ = "referee_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    redeemed_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    redeemed_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("uploads.id", ondelete="SET NULL"))

    applicant: Mapped[Applicant] = relationship()
    upload: Mapped[Upload | None] = relationship()


_is_outdated = text("is_outdated")


class LivingMessage(Base):
    """A message in an applicant's chat that is kept up to date in place.

    Attributes:
        about: What it shows, as the door names it.
        message_id: Its number in the applicant's chat.
        is_outdated: Whether something it shows has changed since it was last brought up to date.
    """

    __tablename__ = "living_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    about: Mapped[str]
    message_id: Mapped[int] = mapped_column(BigInteger)
    is_outdated: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("applicant_id", "about"),
        Index(
            "ix_living_messages_outdated",
            "about",
            sqlite_where=_is_outdated,
            postgresql_where=_is_outdated,
        ),
    )
