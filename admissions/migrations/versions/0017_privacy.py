"""Who was forgotten, whose data are held; when somebody wrote last, was warned, was sent their data; what
stands in the staff's group."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

TIME = sa.DateTime(timezone=True)
NEW = ("warned_at", "data_sent_at")


def upgrade() -> None:
    # SQLite adds a column with a constant alone; to make `applicants` anew would take all that refers to it along
    is_sqlite = op.get_context().dialect.name == "sqlite"
    default = sa.text("'2026-11-24 00:00:00'") if is_sqlite else sa.func.now()
    op.add_column("applicants", sa.Column("seen_at", TIME, nullable=False, server_default=default))
    op.execute("UPDATE applicants SET seen_at = CURRENT_TIMESTAMP")  # nobody is warned for what was not counted
    for name in NEW:
        op.add_column("applicants", sa.Column(name, TIME))
    op.create_table(
        "forgettings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("occasion", sa.String(32), nullable=False),
        sa.Column("forgotten_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.Column("applicant_id", sa.BigInteger()),
        sa.Column("leftovers", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_forgettings"),
        sa.UniqueConstraint("receipt", name="uq_forgettings_receipt"),
    )
    is_unfinished = sa.text("finished_at IS NULL")
    op.create_index(
        "ix_forgettings_unfinished",
        "forgettings",
        ["applicant_id"],
        sqlite_where=is_unfinished,
        postgresql_where=is_unfinished,
    )
    op.create_table(
        "desk_messages",
        sa.Column("message_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("said_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_desk_messages"),
    )
    op.create_index("ix_desk_messages_said_at", "desk_messages", ["said_at"])
    op.create_table(
        "holds",
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("held_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name="fk_holds_applicant_id_applicants", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("applicant_id", name="pk_holds"),
    )


def downgrade() -> None:
    op.drop_table("holds")
    op.drop_table("desk_messages")
    op.drop_table("forgettings")
    for name in ("seen_at", *NEW):
        op.drop_column("applicants", name)
