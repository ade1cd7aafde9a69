"""The applicant."""

from datetime import datetime

from sqlalchemy import BigInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base
from admissions.sealing import SealedText


class Applicant(Base):
    """A person who wrote to the assistant; `id` is their Telegram id.

    Attributes:
        unreachable_at: Since when Telegram refuses what we write to them; None again once they write.
        time_zone: By its IANA name; None until they have confirmed one.
        place: What the time zone is shown by.
        seen_at: When they last wrote or tapped.
        warned_at: When they were last told that their data will be removed.
        data_sent_at: When they were last sent a copy of their data.
    """

    __tablename__ = "applicants"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(SealedText)
    language: Mapped[str | None]
    met_at: Mapped[datetime]
    unreachable_at: Mapped[datetime | None]
    time_zone: Mapped[str | None]
    place: Mapped[str | None]
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    warned_at: Mapped[datetime | None]
    data_sent_at: Mapped[datetime | None]
