"""Alarms, and what is noted about the watch itself."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Enum, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base


class Trouble(StrEnum):
    """What may be wrong."""

    RASA = "rasa"
    ACTIONS = "actions"
    DATABASE = "database"
    INBOX = "inbox"
    OUTBOX = "outbox"
    DISK = "disk"
    LEADER = "leader"


class Alarm(Base):
    """A time during which something was wrong; of each trouble one at a time goes on.

    Attributes:
        ended_at: Since when it is well again; None as long as it is not.
        begin_told_at: When staff were told that it began.
        end_told_at: When staff were told that it was over.
    """

    __tablename__ = "alarms"

    id: Mapped[int] = mapped_column(primary_key=True)
    trouble: Mapped[Trouble] = mapped_column(
        Enum(Trouble, native_enum=False, length=32, values_callable=lambda members: [*members])
    )
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    begin_told_at: Mapped[datetime | None]
    end_told_at: Mapped[datetime | None]


class Watch(Base):
    """The one row of what the watch knows.

    Attributes:
        leader_seen_at: When a leading process last said that it leads; None where it laid the lead down in order.
        thread: The number of the topic in which staff are told; None while there is none.
    """

    __tablename__ = "watch"

    id: Mapped[int] = mapped_column(primary_key=True)
    leader_seen_at: Mapped[datetime | None]
    thread: Mapped[int | None] = mapped_column(BigInteger)


_goes_on = text("ended_at IS NULL")
Index("uq_alarms_going_on", Alarm.trouble, unique=True, sqlite_where=_goes_on, postgresql_where=_goes_on)
