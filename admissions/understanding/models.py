"""A message and what it was understood as."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import JSON, Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base

NOT_FOR_US: Final = "out_of_scope"
"""The label of a message that the assistant is not there for."""


class Weakness(StrEnum):
    """Why staff should look at how a message was understood."""

    UNSURE = "unsure"
    THUMBS_DOWN = "thumbs_down"
    HANDOFF_AFTER = "handoff_after"
    SOMETHING_ELSE = "something_else"


class UnderstoodMessage(Base):
    """What an applicant wrote, without what tells who they are.

    Attributes:
        text: The words, with addresses and numbers left out.
        guesses: The three likeliest intents with their confidences, likeliest first.
        done: The intent that was followed, or `nlu_fallback` where the assistant asked back.
        weakness: Why staff should look at it, if they should.
        asked_at: When staff were asked what was meant.
        label: The intent that staff say was meant.
    """

    __tablename__ = "understood_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    text: Mapped[str]
    guesses: Mapped[list[list[str | float]]] = mapped_column(JSON)
    done: Mapped[str]
    received_at: Mapped[datetime]
    weakness: Mapped[Weakness | None] = mapped_column(
        Enum(Weakness, native_enum=False, length=32, values_callable=lambda weaknesses: [*weaknesses])
    )
    asked_at: Mapped[datetime | None]
    label: Mapped[str | None]
    labelled_by: Mapped[str | None]
    labelled_at: Mapped[datetime | None]
    exported_at: Mapped[datetime | None]


Index("ix_understood_messages_asked_at", UnderstoodMessage.asked_at)
Index("ix_understood_messages_received_at", UnderstoodMessage.received_at)
Index("ix_understood_messages_applicant", UnderstoodMessage.applicant_id, UnderstoodMessage.id)
