"""Which chat an update belongs to, so that any of several bots can handle a chat's updates in their order.

What waits from before is handled as if it all came from one chat, in the order of its arrival.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

WAITS = sa.text("handled_at IS NULL")
PENDING = "ix_received_updates_pending"


def upgrade() -> None:
    op.add_column(
        "received_updates", sa.Column("chat", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    )
    _index(["chat", "id"])


def downgrade() -> None:
    _index(["id"])
    op.drop_column("received_updates", "chat")


def _index(columns: list[str]) -> None:
    op.drop_index(PENDING, "received_updates")
    op.create_index(PENDING, "received_updates", columns, sqlite_where=WAITS, postgresql_where=WAITS)
