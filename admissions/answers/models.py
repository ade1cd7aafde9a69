"""An answer, and the specialties one can ask about."""

from datetime import date

from sqlalchemy import JSON, ForeignKey
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
