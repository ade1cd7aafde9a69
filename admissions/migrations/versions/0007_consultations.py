"""Advisors, consultations and the wait list; no two talks of one advisor overlap.

A later migration that makes `consultations` anew on SQLite (a batch) has to make its triggers anew as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TIME = sa.DateTime(timezone=True)
TAKES_TIME = "status IN ('offered', 'booked')"

EXCLUDE = f"""
ALTER TABLE consultations ADD CONSTRAINT ex_consultations_overlap EXCLUDE USING gist (
    int4range(advisor_id, advisor_id, '[]') WITH &&, tstzrange(begins_at, blocked_until) WITH &&
) WHERE ({TAKES_TIME})
"""  # a range of one number needs no btree_gist, which only a superuser may install
TRIGGER = f"""
CREATE TRIGGER consultations_overlap_{{name}} BEFORE {{event}} ON consultations
WHEN NEW.{TAKES_TIME} AND EXISTS (
    SELECT 1 FROM consultations
    WHERE id IS NOT NEW.id AND advisor_id = NEW.advisor_id AND {TAKES_TIME}
        AND begins_at < NEW.blocked_until AND blocked_until > NEW.begins_at
)
BEGIN SELECT RAISE(ABORT, 'the talks of one advisor overlap'); END
"""  # noqa: S608 - nothing in it comes from outside
EVENTS = {"insert": "INSERT", "update": "UPDATE OF status, advisor_id, begins_at, blocked_until"}


def upgrade() -> None:
    op.create_table(
        "advisors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger()),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_advisors"),
        sa.UniqueConstraint("slug", name="uq_advisors_slug"),
        sa.UniqueConstraint("telegram_id", name="uq_advisors_telegram_id"),
    )
    op.create_table(
        "advisor_absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advisor_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", TIME, nullable=False),
        _refers("advisor_absences", "advisor_id", "advisors", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_advisor_absences"),
    )
    op.create_index("ix_advisor_absences_advisor_id", "advisor_absences", ["advisor_id"])
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("advisor_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(32)),
        sa.Column("medium", sa.String(32)),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("blocked_until", TIME, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("offered_until", TIME),
        sa.Column("reply", sa.String(32)),
        sa.Column("ended_at", TIME),
        sa.Column("ended_by", sa.String()),
        sa.Column("note", sa.String()),
        sa.Column("next_step", sa.String()),
        _refers("consultations", "applicant_id", "applicants", ondelete="CASCADE"),
        _refers("consultations", "advisor_id", "advisors"),
        sa.PrimaryKeyConstraint("id", name="pk_consultations"),
        sa.UniqueConstraint("uid", name="uq_consultations_uid"),
        sa.CheckConstraint("begins_at < ends_at", name="ck_consultations_order"),
    )
    op.create_index("ix_consultations_applicant_id", "consultations", ["applicant_id"])
    op.create_index("ix_consultations_time", "consultations", ["advisor_id", "begins_at"])
    op.create_index(
        "uq_consultations_upcoming",
        "consultations",
        ["applicant_id"],
        unique=True,
        sqlite_where=sa.text(TAKES_TIME),
        postgresql_where=sa.text(TAKES_TIME),
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute(EXCLUDE)
    else:
        for name, event in EVENTS.items():
            op.execute(TRIGGER.format(name=name, event=event))
    op.create_table(
        "consultation_choices",
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("asks", sa.String(32), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("is_moving", sa.Boolean(), nullable=False),
        sa.Column("advisor_id", sa.Integer()),
        sa.Column("words", sa.String(), nullable=False),
        _refers("consultation_choices", "applicant_id", "applicants", ondelete="CASCADE"),
        _refers("consultation_choices", "advisor_id", "advisors", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("applicant_id", name="pk_consultation_choices"),
    )
    op.create_table(
        "wait_list",
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("waits_since", TIME, nullable=False),
        _refers("wait_list", "applicant_id", "applicants", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("applicant_id", name="pk_wait_list"),
    )


def downgrade() -> None:
    for table in ("wait_list", "consultation_choices", "consultations", "advisor_absences", "advisors"):
        op.drop_table(table)


def _refers(table: str, column: str, other: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
