"""The audit log of the staff desk, what somebody there has begun, edited answers, and questions nobody answered.

A later migration that makes `audit_entries` anew on SQLite (a batch) has to make its triggers anew as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

TIME = sa.DateTime(timezone=True)

IS_KEPT = "OLD.applicant_id IS NULL OR EXISTS (SELECT 1 FROM applicants WHERE id = OLD.applicant_id)"
"""An entry goes only with the person it is about, whose row is gone by the time that the foreign key follows."""
REFUSAL = "an entry of the audit log is never changed"

SQLITE = (
    (
        f"CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
    (
        f"CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries WHEN {IS_KEPT} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
)
POSTGRES = (
    (
        f"CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF NOT ({IS_KEPT}) THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    ),
    (
        "CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION keep_audit_entry()"
    ),
    (
        "CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_entry()"
    ),
)


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(32)),
        sa.Column("deed", sa.String(32), nullable=False),
        sa.Column("permission", sa.String(32)),
        sa.Column("about", sa.String()),
        sa.Column("applicant_id", sa.BigInteger()),
        sa.Column("before", sa.String()),
        sa.Column("after", sa.String()),
        _of_applicant("audit_entries"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_applicant", "audit_entries", ["applicant_id", "id"])
    for statement in POSTGRES if op.get_context().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
    op.create_table(
        "errands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger()),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("asks", sa.String()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        _of_applicant("errands"),
        sa.PrimaryKeyConstraint("id", name="pk_errands"),
        sa.UniqueConstraint("message_id", name="uq_errands_message_id"),
    )
    op.create_table(
        "answer_edits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("text", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("checked_on", sa.Date()),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer_edits"),
    )
    op.create_index("ix_answer_edits_answer", "answer_edits", ["answer", "id"])
    op.create_table(
        "unanswered_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        _of_applicant("unanswered_questions"),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered_questions"),
    )
    op.create_index("ix_unanswered_questions_asked_at", "unanswered_questions", ["asked_at"])


def downgrade() -> None:
    for table in ("unanswered_questions", "answer_edits", "errands", "audit_entries"):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_audit_entry()")


def _of_applicant(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_applicant_id_applicants"
    return sa.ForeignKeyConstraint(["applicant_id"], ["applicants.id"], name=name, ondelete="CASCADE")
