"""The applicant."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base


class Applicant(Base):
    """A person who wrote to the assistant; `id` is their Telegram id.

    Attributes:
        unreachable_at: Since when Telegram refuses what we write to them; None again once they write.
    """

    __tablename__ = "applicants"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    language: Mapped[str | None]
    met_at: Mapped[datetime]
    unreachable_at: Mapped[datetime | None]
