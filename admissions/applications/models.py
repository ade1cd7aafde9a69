"""An application, its answers, and what is suggested for them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base


class ApplicationStatus(StrEnum):
    """How far an application has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class Application(Base):
    """What an applicant tells HMC, step by step; under way until it has ended.

    Attributes:
        reopened: The name of the question that is being corrected, if any.
        is_paused: Whether the applicant has set it aside; until they come back, what they write is no answer.
        last_answered_at: When the applicant last did something to it; a reminder counts from here.
        reminders_sent: How many reminders were sent since then.
    """

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    status: Mapped[ApplicationStatus] = mapped_column(
        Enum(ApplicationStatus, native_enum=False, length=32, values_callable=lambda statuses: [*statuses])
    )
    reopened: Mapped[str | None]
    is_paused: Mapped[bool]
    reference: Mapped[str | None] = mapped_column(unique=True)
    begun_at: Mapped[datetime]
    last_answered_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    reminders_sent: Mapped[int]
    reminded_at: Mapped[datetime | None]


class ApplicationAnswer(Base):
    """One answer; its value is null when the question was skipped."""

    __tablename__ = "application_answers"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    answered_at: Mapped[datetime]


class ApplicationSuggestion(Base):
    """An answer found in a message or a CV; it waits for its applicant, who may not have begun to apply."""

    __tablename__ = "application_suggestions"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
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
