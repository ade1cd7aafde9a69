"""An answer, and the specialties one can ask about."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base


class Answer(Base):
    """What the assistant says to one question; named like the intent that asks it."""

    __tablename__ = "answers"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    topic: Mapped[str | None]
    question: Mapped[str]
    text: Mapped[str]
    facts: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str]
    checked_on: Mapped[date]
    follow_ups: Mapped[list[str]] = mapped_column(JSON)
    offers_person: Mapped[bool]


class Specialty(Base):
    """A field of medicine, and the answer that tells whether HMC offers it."""

    __tablename__ = "specialties"

    name: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(ForeignKey("answers.name", ondelete="CASCADE"))


class AskedQuestion(Base):
    """A question that was answered to somebody: the name of its answer, not their words."""

    __tablename__ = "asked_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("applicants.id", ondelete="CASCADE"))
    answer: Mapped[str]
    asked_at: Mapped[datetime]

    __table_args__ = (Index("ix_asked_questions_applicant", "applicant_id", "asked_at"),)
