"""Suggestions wait for an applicant, who may not have begun an application yet."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table anew: what waits there is a copy of what its applicant can see in the chat."""
    op.drop_table("application_suggestions")
    _create("applicant_id", sa.BigInteger(), "applicants")


def downgrade() -> None:
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
