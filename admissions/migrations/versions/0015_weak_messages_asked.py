"""When staff were asked what a message meant."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("understood_messages", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_understood_messages_asked_at", "understood_messages", ["asked_at"])


def downgrade() -> None:
    op.drop_index("ix_understood_messages_asked_at", "understood_messages")
    op.drop_column("understood_messages", "asked_at")
