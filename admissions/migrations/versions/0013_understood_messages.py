"""What applicants wrote and what it was understood as."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "understood_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("guesses", sa.JSON(), nullable=False),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weakness", sa.String(length=32), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("labelled_by", sa.String(), nullable=True),
        sa.Column("labelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicants.id"],
            name="fk_understood_messages_applicant_id_applicants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_understood_messages"),
    )
    op.create_index("ix_understood_messages_received_at", "understood_messages", ["received_at"])
    op.create_index("ix_understood_messages_applicant", "understood_messages", ["applicant_id", "id"])


def downgrade() -> None:
    op.drop_table("understood_messages")
