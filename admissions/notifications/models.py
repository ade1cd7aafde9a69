"""What is to be told to somebody, now or later, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions import tracing
from admissions.database import Base

STAFF: Final = 0
"""The recipient that stands for the staff's group, whose chat only the door knows."""


class Kind(StrEnum):
    """What a notification tells."""

    DRAFT_REMINDER = "draft_reminder"
    HANDOFF_REQUESTED = "handoff_requested"
    HANDOFF_DIGEST = "handoff_digest"
    HANDOFF_OVERDUE = "handoff_overdue"
    HANDOFF_NEWS = "handoff_news"
    HANDOFF_TAKEN = "handoff_taken"
    HANDOFF_PAUSED = "handoff_paused"
    HANDOFF_SOLVED_ASKED = "handoff_solved_asked"
    RELAY_TO_STAFF = "relay_to_staff"
    RELAY_TO_APPLICANT = "relay_to_applicant"
    RELAY_EDITED = "relay_edited"
    RELAY_MARKED = "relay_marked"
    LETTER_RECEIVED = "letter_received"
    APPLICANT_UNREACHABLE = "applicant_unreachable"
    CONSULTATION_DAY_BEFORE = "consultation_day_before"
    CONSULTATION_SOON = "consultation_soon"
    CONSULTATION_BRIEF = "consultation_brief"
    CONSULTATION_CHANGED = "consultation_changed"
    CONSULTATION_OUTCOME_ASKED = "consultation_outcome_asked"
    CONSULTATION_NEXT_STEP = "consultation_next_step"
    CONSULTATION_MISSED = "consultation_missed"
    CONSULTATION_MOVE_ASKED = "consultation_move_asked"
    SLOT_OFFERED = "slot_offered"
    STATUS_CHANGED = "status_changed"
    OFFER_MADE = "offer_made"
    OFFER_ENDS_SOON = "offer_ends_soon"
    OFFER_ANSWERED = "offer_answered"
    CLAIM_LOCKED = "claim_locked"
    STAFF_NEWS = "staff_news"
    WEEKLY_REPORT = "weekly_report"
    MESSAGE_TO_LABEL = "message_to_label"
    TALK_FREED = "talk_freed"
    APPLICANT_FORGOTTEN = "applicant_forgotten"
    DATA_EXPIRE = "data_expire"


class State(StrEnum):
    """How far a notification has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


class Reason(StrEnum):
    """Why a notification was dropped."""

    STALE = "stale"
    MUTED = "muted"
    MOOT = "moot"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"
    UNKNOWN_OUTCOME = "unknown_outcome"


def _by_value(kinds: type[StrEnum]) -> Enum:
    return Enum(kinds, native_enum=False, length=32, values_callable=lambda members: [*members])


class Notification(Base):
    """One message to one person, told once: the key of recipient, kind, subject and moment is unique.

    Attributes:
        recipient: A Telegram id, or `STAFF`.
        applicant_id: Whom it concerns; it goes when they go.
        about: What it is about, such as "consultation:12".
        payload: What its words need and no row has.
        is_urgent: It goes before what is not; as its kind's policy said when it was enqueued.
        due_at: When it is to be told.
        stale_at: From when on it is of no use any more.
        next_try_at: Not before then; later than `due_at` at night, and after a failure.
        attempts: How often sending it was begun.
        attempted_at: When sending it was begun last.
        message_id: Its number in the recipient's chat.
        reason: Why it was dropped.
        problem: What went wrong last, as a short technical word; never words of a person.
        correlation_id: Of the turn that had it told; None where no turn did.
    """

    __tablename__ = "notifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[int] = mapped_column(BigInteger)
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind] = mapped_column(_by_value(Kind))
    about: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_urgent: Mapped[bool]
    due_at: Mapped[datetime]
    stale_at: Mapped[datetime | None]
    state: Mapped[State] = mapped_column(_by_value(State), default=State.WAITING)
    next_try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[Reason | None] = mapped_column(_by_value(Reason))
    problem: Mapped[str | None] = mapped_column(String(64))
    correlation_id: Mapped[str | None] = mapped_column(String(tracing.LONGEST))

    __table_args__ = (UniqueConstraint("recipient", "kind", "about", "due_at"),)

    @property
    def about_id(self) -> int:
        """The number in `about`: 12 of "consultation:12"."""
        return int(self.about.rpartition(":")[2])


class MutedKind(Base):
    """A kind of notification that an applicant does not want."""

    __tablename__ = "muted_kinds"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(_by_value(Kind), primary_key=True)


_waits, _is_being_sent = text("state = 'waiting'"), text("state = 'sending'")
Index(
    "ix_notifications_waiting",
    Notification.is_urgent,
    Notification.next_try_at,
    Notification.id,
    sqlite_where=_waits,
    postgresql_where=_waits,
)
Index(
    "uq_notifications_sending",
    Notification.recipient,
    unique=True,
    sqlite_where=_is_being_sent,
    postgresql_where=_is_being_sent,
)
