"""That somebody was forgotten, and whose data staff hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base
from admissions.privacy.values import Occasion


class Forgetting(Base):
    """That everything of somebody was removed: a number and a day, and nothing else once it is finished.

    Attributes:
        receipt: The number that they were given.
        occasion: Why.
        finished_at: When nothing of them was left outside the database either; None until then.
        applicant_id: Who it was, for as long as something is left to remove; what comes from them meanwhile is
            not kept.
        leftovers: What is to be removed outside the database (`values.Leftovers`), until it is.
    """

    __tablename__ = "forgettings"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    occasion: Mapped[Occasion] = mapped_column(
        Enum(Occasion, native_enum=False, length=32, values_callable=lambda occasions: [*occasions])
    )
    forgotten_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    applicant_id: Mapped[int | None] = mapped_column(BigInteger)
    leftovers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Hold(Base):
    """That staff keep the data of an applicant although they would be removed; the reason is for staff."""

    __tablename__ = "holds"

    applicant_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applicants.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str]
    held_by: Mapped[str]
    held_at: Mapped[datetime]


_is_unfinished = text("finished_at IS NULL")
Index(
    "ix_forgettings_unfinished",
    Forgetting.applicant_id,
    sqlite_where=_is_unfinished,
    postgresql_where=_is_unfinished,
)
