"""A handoff."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admissions.applicants import Applicant
from admissions.database import Base


class HandoffReason(StrEnum):
    """Why an applicant passes to a person."""

    ASKED = "asked"
    FRUSTRATED = "frustrated"
    MY_DATA = "my_data"
    DELETE_DATA = "delete_data"


class Handoff(Base):
    """A request that a person takes over; open until staff resolve it."""

    __tablename__ = "handoffs"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id", ondelete="CASCADE"))
    reason: Mapped[HandoffReason] = mapped_column(
        Enum(HandoffReason, native_enum=False, length=32, values_callable=lambda reasons: [*reasons])
    )
    requested_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]

    applicant: Mapped[Applicant] = relationship()


_is_open = text("resolved_at IS NULL")
Index(
    "uq_handoffs_open",
    Handoff.applicant_id,
    Handoff.reason,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)
