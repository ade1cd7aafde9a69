"""Suggestions wait for an applicant; which messages are outdated; which upload a link brought."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TIME = sa.DateTime(timezone=True)


UPLOAD = "fk_referee_links_upload_id_uploads"


def upgrade() -> None:
    op.drop_table("application_suggestions")  # what waits there its applicant can send again
    _create("applicant_id", sa.BigInteger(), "applicants")
    op.add_column(
        "living_messages", sa.Column("is_outdated", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("living_messages") as table:
        table.alter_column("is_outdated", server_default=None)
    where = sa.text("is_outdated")
    op.create_index(
        "ix_living_messages_outdated", "living_messages", ["about"], sqlite_where=where, postgresql_where=where
    )
    with op.batch_alter_table("referee_links") as table:
        table.add_column(sa.Column("upload_id", sa.Integer()))
        table.create_foreign_key(UPLOAD, "uploads", ["upload_id"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("referee_links") as table:
        table.drop_constraint(UPLOAD, type_="foreignkey")
        table.drop_column("upload_id")
    op.drop_index("ix_living_messages_outdated", "living_messages")
    op.drop_column("living_messages", "is_outdated")
    op.drop_table("application_suggestions")
    _create("application_id", sa.Integer(), "applications")


def _create(owner: str, kind: "sa.types.TypeEngine[int]", owners: str) -> None:
    table = "application_suggestions"
    op.create_table(
        table,
        sa.Column(owner, kind, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("suggested_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            [owner], [f"{owners}.id"], name=f"fk_{table}_{owner}_{owners}", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(owner, "question", name=f"pk_{table}"),
    )
