"""Documents."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("requested_at", TIME),
        sa.Column("expires_at", TIME),
        sa.Column("changed_at", TIME, nullable=False),
        _belongs_to_applicant("documents"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("applicant_id", "kind", name="uq_documents_applicant_id_kind"),
    )
    op.create_index("ix_documents_state", "documents", ["state", "changed_at"])
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.Column("version", sa.Integer()),
        sa.Column("combined_into", sa.Integer()),
        sa.Column("sender", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("received_at", TIME, nullable=False),
        _belongs_to_applicant("uploads"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_uploads_document_id_documents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["combined_into"], ["uploads.id"], name="fk_uploads_combined_into_uploads", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.UniqueConstraint("applicant_id", "sender", "sha256", name="uq_uploads_applicant_id_sender_sha256"),
        sa.UniqueConstraint("document_id", "version", name="uq_uploads_document_id_version"),
        sa.UniqueConstraint("stored_as", name="uq_uploads_stored_as"),
    )
    op.create_table(
        "document_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer()),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("by", sa.String()),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_document_changes_document_id_documents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name="fk_document_changes_upload_id_uploads", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document_changes"),
    )
    op.create_index("ix_document_changes_document_id", "document_changes", ["document_id"])
    op.create_table(
        "referee_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("redeemed_by", sa.BigInteger()),
        sa.Column("redeemed_at", TIME),
        sa.Column("used_at", TIME),
        _belongs_to_applicant("referee_links"),
        sa.PrimaryKeyConstraint("id", name="pk_referee_links"),
        sa.UniqueConstraint("token_hash", name="uq_referee_links_token_hash"),
    )
    op.create_index("ix_referee_links_applicant_id", "referee_links", ["applicant_id"])
    op.create_index("ix_referee_links_redeemed_by", "referee_links", ["redeemed_by"])


def downgrade() -> None:
    for table in ("referee_links", "document_changes", "uploads", "documents"):
        op.drop_table(table)


def _belongs_to_applicant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["applicant_id"], ["applicants.id"], name=f"fk_{table}_applicant_id_applicants", ondelete="CASCADE"
    )
