"""Advisors, their absences, consultations, what an applicant is choosing now, and who waits for a slot."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admissions.applicants import Applicant
from admissions.consultations.values import Asks, ConsultationStatus, Medium, Reply, Topic
from admissions.database import Base


def _by_value(kinds: type[StrEnum]) -> Enum:
    return Enum(kinds, native_enum=False, length=32, values_callable=lambda members: [*members])


class Advisor(Base):
    """Someone who advises applicants, as the advisors file has them.

    Attributes:
        slug: Their key in the file.
        telegram_id: Where they are written to; the staff's group where there is none.
        entry: Their entry in the file: hours, slots, limits, media.
        is_active: Whether the file still has them.
    """

    __tablename__ = "advisors"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    entry: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_active: Mapped[bool]


class Absence(Base):
    """A time in which an advisor takes no talk."""

    __tablename__ = "advisor_absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    advisor_id: Mapped[int] = mapped_column(ForeignKey("advisors.id", ondelete="CASCADE"), index=True)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class Consultation(Base):
    """A talk of an applicant with an advisor.

    No two that take time overlap with one advisor: migration 0007 keeps it, by an exclusion constraint on Postgres
    and by triggers on SQLite.

    Attributes:
        blocked_until: The end with the advisor's buffer.
        topic: What it is about; None while its slot is only offered, and so is the medium.
        uid: Its name in calendars, the same for good.
        sequence: How often it was changed, for calendars.
        offered_until: Until when an offered slot is held for its applicant.
        reply: What the applicant said to the last reminder.
        note: What the advisor wrote down for staff.
        next_step: What the advisor wrote for the applicant.
    """

    __tablename__ = "consultations"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), index=True)
    advisor_id: Mapped[int] = mapped_column(ForeignKey("advisors.id"))
    status: Mapped[ConsultationStatus] = mapped_column(_by_value(ConsultationStatus))
    topic: Mapped[Topic | None] = mapped_column(_by_value(Topic))
    medium: Mapped[Medium | None] = mapped_column(_by_value(Medium))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    blocked_until: Mapped[datetime]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int]
    created_at: Mapped[datetime]
    offered_until: Mapped[datetime | None]
    reply: Mapped[Reply | None] = mapped_column(_by_value(Reply))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    note: Mapped[str | None]
    next_step: Mapped[str | None]

    advisor: Mapped[Advisor] = relationship()
    applicant: Mapped[Applicant] = relationship()


class Choice(Base):
    """What an applicant is choosing now, so that a typed answer is understood and an old keyboard refused.

    Attributes:
        asks: What is asked, and may be answered by typing.
        asked_at: When; an offer of times holds for ten minutes.
        is_moving: Whether a booked talk is moved, instead of a new one booked.
        advisor_id: The advisor whose times are shown; None for any.
        words: What was written before the place was asked: it may say when.
    """

    __tablename__ = "consultation_choices"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    asks: Mapped[Asks] = mapped_column(_by_value(Asks))
    asked_at: Mapped[datetime]
    is_moving: Mapped[bool]
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("advisors.id", ondelete="SET NULL"))
    words: Mapped[str]


class WaitListEntry(Base):
    """An applicant who waits for a free slot; whoever lets an offer lapse waits anew from then on."""

    __tablename__ = "wait_list"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True)
    waits_since: Mapped[datetime]


_takes_time = text("status IN ('offered', 'booked')")
Index(
    "uq_consultations_upcoming",
    Consultation.applicant_id,
    unique=True,
    sqlite_where=_takes_time,
    postgresql_where=_takes_time,
)
Index("ix_consultations_time", Consultation.advisor_id, Consultation.begins_at)
