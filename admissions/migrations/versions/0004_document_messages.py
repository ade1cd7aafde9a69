"""Albums of uploads, and the messages that show documents."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("uploads", sa.Column("album", sa.String()))
    op.create_table(
        "living_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["applicants.id"],
            name="fk_living_messages_applicant_id_applicants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_living_messages"),
        sa.UniqueConstraint("applicant_id", "about", name="uq_living_messages_applicant_id_about"),
    )


def downgrade() -> None:
    op.drop_table("living_messages")
    op.drop_column("uploads", "album")
