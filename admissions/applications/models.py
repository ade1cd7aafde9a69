"""An application, its answers, and what is suggested for them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, ForeignKey, Index, false, func, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base
from admissions.sealing import SealedJSON


class ApplicationStatus(StrEnum):
    """How far an application has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    MATCHED = "matched"
    COMPLETED = "completed"
    NOT_PLACED = "not_placed"
    WITHDRAWN = "withdrawn"


class Application(Base):
    """What an applicant tells HMC, step by step; under way until it has ended.

    Attributes:
        applicant_id: Their Telegram id; None where it came in by another way and nobody has proved it theirs.
        reopened: The name of the question that is being corrected, if any.
        is_paused: Whether the applicant has set it aside; until they come back, what they write is no answer.
        last_answered_at: When the applicant last did something to it; a reminder counts from here.
        answered_by: The id of the message that answered last; it answers nothing more if a crash brings it again.
        reminders_sent: How many reminders were sent since then.
        moved_as: The role in which the statement at hand changes the status: the database's triggers read and
            clear it, as with the two beside it. Whoever leaves it out is another program.
    """

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    status: Mapped[ApplicationStatus] = mapped_column(
        Enum(ApplicationStatus, native_enum=False, length=32, values_callable=lambda statuses: [*statuses])
    )
    reopened: Mapped[str | None]
    is_paused: Mapped[bool] = mapped_column(server_default=false())
    reference: Mapped[str | None] = mapped_column(unique=True)
    begun_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_answered_at: Mapped[datetime] = mapped_column(server_default=func.now())
    submitted_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    answered_by: Mapped[str | None]
    reminders_sent: Mapped[int] = mapped_column(server_default=text("0"))
    reminded_at: Mapped[datetime | None]
    moved_as: Mapped[str | None]
    moved_by: Mapped[str | None]
    moved_at: Mapped[datetime | None]


class ApplicationAnswer(Base):
    """One answer; its value is null when the question was skipped."""

    __tablename__ = "application_answers"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any | None] = mapped_column(SealedJSON(none_as_null=True))
    answered_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ApplicationSuggestion(Base):
    """An answer found in a message or a CV; it waits for its applicant, who may not have begun to apply."""

    __tablename__ = "application_suggestions"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(SealedJSON)
    suggested_at: Mapped[datetime]


_is_under_way = text("ended_at IS NULL")
Index(
    "uq_applications_under_way",
    Application.applicant_id,
    unique=True,
    sqlite_where=_is_under_way,
    postgresql_where=_is_under_way,
)
_is_draft = text("status = 'draft'")
Index(
    "ix_applications_drafts",
    Application.last_answered_at,
    sqlite_where=_is_draft,
    postgresql_where=_is_draft,
)
