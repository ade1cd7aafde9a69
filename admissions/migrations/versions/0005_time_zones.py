"""Where applicants are, and which clock they live by."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("applicants", sa.Column("time_zone", sa.String()))
    op.add_column("applicants", sa.Column("place", sa.String()))


def downgrade() -> None:
    op.drop_column("applicants", "place")
    op.drop_column("applicants", "time_zone")
