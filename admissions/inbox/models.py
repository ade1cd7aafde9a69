"""A received update."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from admissions.database import Base
from admissions.sealing import SealedJSON


class ReceivedUpdate(Base):
    """Something that arrived from a messenger, under the number the messenger gave it.

    Its payload and its chat are kept only until it is handled; the number and the payload's SHA-256 stay, to know
    it when it comes again. The number alone would not do: another bot, or a server that was set up anew, counts
    from its own.
    """

    __tablename__ = "received_updates"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    payload: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON(none_as_null=True))
    digest: Mapped[str]
    chat: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


_waits = text("handled_at IS NULL")
Index(
    "ix_received_updates_pending",
    *(ReceivedUpdate.chat, ReceivedUpdate.id),
    sqlite_where=_waits,
    postgresql_where=_waits,
)
Index("ix_received_updates_handled_at", ReceivedUpdate.handled_at)
