"""What is to be sent by e-mail, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base
from admissions.sealing import SealedJSON, SealedText


def _by_value(kinds: type[StrEnum]) -> Enum:
    return Enum(kinds, native_enum=False, length=32, values_callable=lambda members: [*members])


class EmailKind(StrEnum):
    """What an e-mail says."""

    STATUS_CODE = "status_code"


class EmailState(StrEnum):
    """How far an e-mail has come."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


class Email(Base):
    """One e-mail: its key of kind and matter is unique, and names it to mail programs, however often it is tried.

    Attributes:
        about: What it is about, such as "status_claim:12".
        address: Where it goes; None for one that goes nowhere, so that nobody can tell the difference.
        payload: What its words need; gone as soon as it is of no use any more.
        stale_at: From when on it is of no use any more.
        next_try_at: Not before then.
        problem: What went wrong last, as a short technical word.
    """

    __tablename__ = "emails"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EmailKind] = mapped_column(_by_value(EmailKind))
    about: Mapped[str]
    address: Mapped[str | None] = mapped_column(SealedText)
    payload: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON(none_as_null=True))
    stale_at: Mapped[datetime]
    state: Mapped[EmailState] = mapped_column(_by_value(EmailState))
    next_try_at: Mapped[datetime]
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("kind", "about"),)


_waits = text("state = 'waiting'")
Index("ix_emails_waiting", Email.next_try_at, sqlite_where=_waits, postgresql_where=_waits)
