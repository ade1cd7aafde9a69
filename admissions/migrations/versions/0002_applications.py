"""Applications."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("reopened", sa.String()),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.String()),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("last_answered_at", TIME, nullable=False),
        sa.Column("submitted_at", TIME),
        sa.Column("taken_at", TIME),
        sa.Column("taken_by", sa.String()),
        sa.Column("ended_at", TIME),
        sa.Column("withdrawal_reason", sa.String()),
        sa.Column("reminders_sent", sa.Integer(), nullable=False),
        sa.Column("reminded_at", TIME),
        sa.Column("reminders_muted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicants.id"],
            name="fk_applications_applicant_id_applicants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("reference", name="uq_applications_reference"),
    )
    op.create_index("ix_applications_applicant_id", "applications", ["applicant_id"])
    under_way = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_applications_under_way",
        "applications",
        ["applicant_id"],
        unique=True,
        sqlite_where=under_way,
        postgresql_where=under_way,
    )
    draft = sa.text("status = 'draft'")
    op.create_index(
        "ix_applications_drafts",
        "applications",
        ["last_answered_at"],
        sqlite_where=draft,
        postgresql_where=draft,
    )
    _create_values("application_answers", sa.Column("value", sa.JSON()), "answered_at")
    _create_values("application_suggestions", sa.Column("value", sa.JSON(), nullable=False), "suggested_at")


def _create_values(table: str, value: "sa.Column[object]", time: str) -> None:
    op.create_table(
        table,
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        value,
        sa.Column(time, TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=f"fk_{table}_application_id_applications",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", "question", name=f"pk_{table}"),
    )


def downgrade() -> None:
    for table in ("application_suggestions", "application_answers", "applications"):
        op.drop_table(table)
