"""Handoffs, why they were asked for, the topics of the staff's group, and what went to and fro."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admissions import tracing
from admissions.applicants import Applicant
from admissions.database import Base
from admissions.handoffs.values import HandoffReason, HandoffState, RelayState


def _by_value(values: type[StrEnum]) -> Enum:
    return Enum(values, native_enum=False, length=32, values_callable=lambda members: [*members])


class Digest(Base):
    """One message that announces many handoffs at once.

    Attributes:
        grown_at: When the last handoff came to it.
        shown: What the message showed last, as a checksum.
    """

    __tablename__ = "handoff_digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    grown_at: Mapped[datetime]
    shown: Mapped[str | None] = mapped_column(String(32))


class Handoff(Base):
    """A conversation that a person takes over; an applicant has one at a time that is not resolved.

    Attributes:
        waits_since: Since when a person is awaited; None while somebody has it, and while nobody asked for one.
        escalated: How many alerts went out since then: one names whom duty names, two the lead.
        is_crisis: Somebody may be in danger.
        taken_by: The Telegram id of whoever of the staff looks after it, or did last.
        rests_until: Until when the assistant is silent, if it is taken.
        is_solved: What the applicant said when asked; None until then.
        digest_id: In which message it was announced together with others.
    """

    __tablename__ = "handoffs"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    state: Mapped[HandoffState] = mapped_column(_by_value(HandoffState), default=HandoffState.OPEN)
    requested_at: Mapped[datetime]
    waits_since: Mapped[datetime | None]
    escalated: Mapped[int] = mapped_column(default=0)
    is_crisis: Mapped[bool] = mapped_column(default=False)
    taken_by: Mapped[int | None] = mapped_column(BigInteger)
    taken_by_name: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    is_solved: Mapped[bool | None]
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("handoff_digests.id", ondelete="SET NULL"))

    applicant: Mapped[Applicant] = relationship()


class HandoffRequest(Base):
    """Why a person was asked for; a handoff has one for each reason that is not settled.

    Attributes:
        listed: The list of words that what was said is on; empty, unless that is the reason.
        said: The applicant's words.
        understood_as: What they were taken for.
        announced_at: When staff were told.
        settled_at: When the handoff was resolved, or asked for anew.
        correlation_id: Of the turn in which it was asked for.
    """

    __tablename__ = "handoff_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoffs.id", ondelete="CASCADE"), index=True)
    reason: Mapped[HandoffReason] = mapped_column(_by_value(HandoffReason))
    listed: Mapped[str] = mapped_column(String(40), default="")
    said: Mapped[str | None]
    understood_as: Mapped[str | None]
    confidence: Mapped[float | None]
    requested_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    correlation_id: Mapped[str | None] = mapped_column(String(tracing.LONGEST))

    handoff: Mapped[Handoff] = relationship()


class Topic(Base):
    """An applicant's topic in the staff's group.

    Attributes:
        thread: Its number; None until Telegram made it, and again once it was deleted there.
        claimed_at: When somebody began to make it.
        card: The number of the pinned message that shows how things stand.
        shown: What the card showed last, as a checksum.
    """

    __tablename__ = "handoff_topics"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    thread: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    claimed_at: Mapped[datetime | None]
    card: Mapped[int | None] = mapped_column(BigInteger)
    shown: Mapped[str | None] = mapped_column(String(32))
    is_closed: Mapped[bool] = mapped_column(default=False)


class Relay(Base):
    """A message of an applicant shown to staff, or one of staff's brought to an applicant.

    Attributes:
        to_staff: Which way it goes.
        message_id: Its number where it was written.
        album: What it was sent together with; None if it came alone.
        reply_to: The number, where it was written, of the message it answers.
        words: What is to be sent instead of a copy, where a part of it stays with the staff.
        is_caption: Whether its words stand below a file.
        copy_id: Its number where it was brought to.
        mark_id: The number of the note in the topic that it did not arrive.
    """

    __tablename__ = "handoff_relays"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    to_staff: Mapped[bool]
    message_id: Mapped[int] = mapped_column(BigInteger)
    album: Mapped[str | None]
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    words: Mapped[str | None]
    is_caption: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RelayState] = mapped_column(_by_value(RelayState), default=RelayState.WAITING)
    copy_id: Mapped[int | None] = mapped_column(BigInteger)
    mark_id: Mapped[int | None] = mapped_column(BigInteger)
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("applicant_id", "to_staff", "message_id"),)


_is_unresolved, _is_unsettled = text("state <> 'resolved'"), text("settled_at IS NULL")
Index(
    "uq_handoffs_unresolved",
    Handoff.applicant_id,
    unique=True,
    sqlite_where=_is_unresolved,
    postgresql_where=_is_unresolved,
)
Index(
    "uq_handoff_requests_unsettled",
    HandoffRequest.handoff_id,
    HandoffRequest.reason,
    HandoffRequest.listed,
    unique=True,
    sqlite_where=_is_unsettled,
    postgresql_where=_is_unsettled,
)
