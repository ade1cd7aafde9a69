"""Which message answered last, so that it answers nothing more when a crash brings it once again."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("applications", sa.Column("answered_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("applications", "answered_by")
