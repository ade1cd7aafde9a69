"""Answers, applicants, inbox, handoffs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String()),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("follow_ups", sa.JSON(), nullable=False),
        sa.Column("offers_person", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_answers"),
    )
    op.create_table(
        "specialties",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer"], ["answers.name"], name="fk_specialties_answer_answers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", name="pk_specialties"),
    )
    op.create_table(
        "applicants",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("met_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applicants"),
    )
    op.create_table(
        "received_updates",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payload", sa.JSON()),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("handled_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_received_updates"),
    )
    waits = sa.text("handled_at IS NULL")
    op.create_index(
        "ix_received_updates_pending", "received_updates", ["id"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_index("ix_received_updates_handled_at", "received_updates", ["handled_at"])
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("alerted_at", TIME),
        sa.Column("resolved_at", TIME),
        sa.Column("resolved_by", sa.String()),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicants.id"],
            name="fk_handoffs_applicant_id_applicants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
    )
    is_open = sa.text("resolved_at IS NULL")
    op.create_index(
        "uq_handoffs_open",
        "handoffs",
        ["applicant_id", "reason"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    for table in ("handoffs", "received_updates", "applicants", "specialties", "answers"):
        op.drop_table(table)
