"""Alarms, what the watch knows, and the id that leads from an update to what it makes others be told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

FOLLOWED = ("notifications", "handoff_requests")


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=32), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begin_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    goes_on = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_alarms_going_on", "alarms", ["trouble"], unique=True, sqlite_where=goes_on, postgresql_where=goes_on
    )
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thread", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
    )
    for table in FOLLOWED:
        op.add_column(table, sa.Column("correlation_id", sa.String(length=64), nullable=True))


def downgrade() -> None:
    for table in FOLLOWED:
        op.drop_column(table, "correlation_id")
    op.drop_table("watch")
    op.drop_table("alarms")
