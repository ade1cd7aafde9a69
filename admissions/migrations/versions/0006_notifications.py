"""The outbox: notifications, what applicants mute, and who cannot be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TIME = sa.DateTime(timezone=True)

UNALERTED_HANDOFFS = """
INSERT INTO notifications (recipient, applicant_id, kind, about, is_urgent, due_at, state, next_try_at, attempts)
SELECT 0, applicant_id, 'handoff_requested', 'handoff:' || id, true, requested_at, 'waiting', requested_at, 0
FROM handoffs WHERE alerted_at IS NULL AND resolved_at IS NULL
"""
MUTED_DRAFTS = """
INSERT INTO muted_kinds (applicant_id, kind)
SELECT DISTINCT applicant_id, 'draft_reminder' FROM applications WHERE reminders_muted AND ended_at IS NULL
"""


def upgrade() -> None:
    op.add_column("applicants", sa.Column("unreachable_at", TIME))
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.BigInteger(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger()),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON()),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("stale_at", TIME),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("next_try_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", TIME),
        sa.Column("sent_at", TIME),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("reason", sa.String(32)),
        sa.Column("problem", sa.String(64)),
        _belongs_to_applicant("notifications"),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
        sa.UniqueConstraint(
            "recipient", "kind", "about", "due_at", name="uq_notifications_recipient_kind_about_due_at"
        ),
    )
    op.create_index("ix_notifications_applicant_id", "notifications", ["applicant_id"])
    op.create_index("ix_notifications_about", "notifications", ["about"])
    waits, is_being_sent = sa.text("state = 'waiting'"), sa.text("state = 'sending'")
    op.create_index(
        "ix_notifications_waiting",
        "notifications",
        ["is_urgent", "next_try_at", "id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index(
        "uq_notifications_sending",
        "notifications",
        ["recipient"],
        unique=True,
        sqlite_where=is_being_sent,
        postgresql_where=is_being_sent,
    )
    op.create_table(
        "muted_kinds",
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        _belongs_to_applicant("muted_kinds"),
        sa.PrimaryKeyConstraint("applicant_id", "kind", name="pk_muted_kinds"),
    )
    op.execute(UNALERTED_HANDOFFS)
    op.execute(MUTED_DRAFTS)
    op.drop_column("handoffs", "alerted_at")
    op.drop_column("applications", "reminders_muted")


def downgrade() -> None:
    op.add_column(
        "applications", sa.Column("reminders_muted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("handoffs", sa.Column("alerted_at", TIME))
    op.drop_table("muted_kinds")
    op.drop_table("notifications")
    op.drop_column("applicants", "unreachable_at")


def _belongs_to_applicant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["applicant_id"], ["applicants.id"], name=f"fk_{table}_applicant_id_applicants", ondelete="CASCADE"
    )
