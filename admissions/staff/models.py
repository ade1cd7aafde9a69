"""What was done at the desk, what somebody there has begun and not finished, and what stands in the group."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base
from admissions.staff.values import Deed, Permission, Role


def _by_value(kinds: type[StrEnum]) -> Enum:
    return Enum(kinds, native_enum=False, length=32, values_callable=lambda members: [*members])


class AuditEntry(Base):
    """Something that was done at the desk, or tried: kept, never changed.

    Triggers of both databases refuse every UPDATE, and every DELETE but the one that goes with the removal of the
    person whom the entry is about (migration 0011).

    Attributes:
        actor_id: The Telegram id of whoever did it.
        role: As what; None for somebody who has no business at the desk.
        permission: What was refused; None where nothing was.
        about: What it was done to, such as "document:12".
        applicant_id: Whom it concerns.
        before: How things stood, in short words.
        after: How they stand now.
    """

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(BigInteger)
    actor_name: Mapped[str]
    role: Mapped[Role | None] = mapped_column(_by_value(Role))
    deed: Mapped[Deed] = mapped_column(_by_value(Deed))
    permission: Mapped[Permission | None] = mapped_column(_by_value(Permission))
    about: Mapped[str | None]
    applicant_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("applicants.id", ondelete="CASCADE"))
    before: Mapped[str | None]
    after: Mapped[str | None]

    __table_args__ = (Index("ix_audit_entries_applicant", "applicant_id", "id"),)


class ErrandKind(StrEnum):
    """What somebody at the desk has begun."""

    TELL = "tell"
    """Words for an applicant wait for a yes."""
    REJECT = "reject"
    """A document is to be rejected; the reason is asked."""
    NOTE = "note"
    """A note is asked."""
    OFFER = "offer"
    """An offer of a placement is filled in."""
    ANSWER = "answer"
    """An answer of the assistant is edited."""


class Errand(Base):
    """What somebody at the desk has begun and not finished: buttons and replies lead back to it.

    Attributes:
        actor_id: The Telegram id of whoever began it, and finishes it.
        about: What it is about, such as "document:12".
        fields: What is known so far.
        asks: Which of the fields is asked now, and may be answered by a reply.
        message_id: The message that asks, to which a reply answers.
        ended_at: When it was finished or dropped.
    """

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ErrandKind] = mapped_column(_by_value(ErrandKind))
    actor_id: Mapped[int] = mapped_column(BigInteger)
    actor_name: Mapped[str]
    applicant_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("applicants.id", ondelete="CASCADE"))
    about: Mapped[str]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    asks: Mapped[str | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DeskMessage(Base):
    """A command in the staff's group, or what was answered: taken away after a while, as it shows applicants.

    Attributes:
        message_id: Its number in the group.
    """

    __tablename__ = "desk_messages"

    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    said_at: Mapped[datetime] = mapped_column(index=True)
