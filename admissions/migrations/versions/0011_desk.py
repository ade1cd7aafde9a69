"""The staff's desk: one handoff at a time, why it was asked for, topics, and what goes to and fro."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

TIME = sa.DateTime(timezone=True)
OLD = sa.table(
    "handoffs",
    sa.column("id", sa.Integer()),
    sa.column("applicant_id", sa.BigInteger()),
    sa.column("reason", sa.String()),
    sa.column("requested_at", TIME),
    sa.column("resolved_at", TIME),
    sa.column("resolved_by", sa.String()),
)


def upgrade() -> None:
    before = op.get_bind().execute(sa.select(OLD).order_by(OLD.c.applicant_id, OLD.c.id)).mappings().all()
    op.execute("UPDATE notifications SET state = 'dropped' WHERE kind = 'handoff_requested' AND state = 'waiting'")
    op.drop_table("handoffs")
    op.create_table(
        "handoff_digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grown_at", TIME, nullable=False),
        sa.Column("shown", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_digests"),
    )
    handoffs = _create_handoffs()
    requests = _create_requests()
    _create_topics()
    _create_relays()
    for handoff, reasons in _merged([dict(row) for row in before]):
        handoff_id = (
            op.get_bind().execute(sa.insert(handoffs).values(handoff).returning(handoffs.c.id)).scalar_one()
        )
        for request in reasons:
            op.get_bind().execute(sa.insert(requests).values({**request, "handoff_id": handoff_id}))


def downgrade() -> None:
    for table in ("handoff_relays", "handoff_topics", "handoff_requests", "handoffs", "handoff_digests"):
        op.drop_table(table)
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("resolved_at", TIME),
        sa.Column("resolved_by", sa.String()),
        _belongs_to_applicant("handoffs"),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
    )
    is_open = sa.text("resolved_at IS NULL")
    op.create_index(
        "uq_handoffs_open",
        "handoffs",
        ["applicant_id", "reason"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _create_handoffs() -> sa.Table:
    handoffs = op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("waits_since", TIME),
        sa.Column("escalated", sa.Integer(), nullable=False),
        sa.Column("is_crisis", sa.Boolean(), nullable=False),
        sa.Column("taken_by", sa.BigInteger()),
        sa.Column("taken_by_name", sa.String()),
        sa.Column("taken_at", TIME),
        sa.Column("rests_until", TIME),
        sa.Column("snoozed_until", TIME),
        sa.Column("resolved_at", TIME),
        sa.Column("resolved_by", sa.String()),
        sa.Column("is_solved", sa.Boolean()),
        sa.Column("digest_id", sa.Integer()),
        _belongs_to_applicant("handoffs"),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["handoff_digests.id"],
            name="fk_handoffs_digest_id_handoff_digests",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
    )
    is_unresolved = sa.text("state <> 'resolved'")
    op.create_index(
        "uq_handoffs_unresolved",
        "handoffs",
        ["applicant_id"],
        unique=True,
        sqlite_where=is_unresolved,
        postgresql_where=is_unresolved,
    )
    return handoffs


def _create_requests() -> sa.Table:
    requests = op.create_table(
        "handoff_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handoff_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("listed", sa.String(40), nullable=False),
        sa.Column("said", sa.String()),
        sa.Column("understood_as", sa.String()),
        sa.Column("confidence", sa.Double()),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("announced_at", TIME),
        sa.Column("settled_at", TIME),
        sa.ForeignKeyConstraint(
            ["handoff_id"], ["handoffs.id"], name="fk_handoff_requests_handoff_id_handoffs", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_requests"),
    )
    op.create_index("ix_handoff_requests_handoff_id", "handoff_requests", ["handoff_id"])
    is_unsettled = sa.text("settled_at IS NULL")
    op.create_index(
        "uq_handoff_requests_unsettled",
        "handoff_requests",
        ["handoff_id", "reason", "listed"],
        unique=True,
        sqlite_where=is_unsettled,
        postgresql_where=is_unsettled,
    )
    return requests


def _create_topics() -> None:
    op.create_table(
        "handoff_topics",
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("claimed_at", TIME),
        sa.Column("card", sa.BigInteger()),
        sa.Column("shown", sa.String(32)),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        _belongs_to_applicant("handoff_topics"),
        sa.PrimaryKeyConstraint("applicant_id", name="pk_handoff_topics"),
        sa.UniqueConstraint("thread", name="uq_handoff_topics_thread"),
    )


def _create_relays() -> None:
    op.create_table(
        "handoff_relays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("to_staff", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String()),
        sa.Column("reply_to", sa.BigInteger()),
        sa.Column("words", sa.String()),
        sa.Column("is_caption", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("copy_id", sa.BigInteger()),
        sa.Column("mark_id", sa.BigInteger()),
        sa.Column("written_at", TIME, nullable=False),
        _belongs_to_applicant("handoff_relays"),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_relays"),
        sa.UniqueConstraint(
            "applicant_id", "to_staff", "message_id", name="uq_handoff_relays_applicant_id_to_staff_message_id"
        ),
    )


def _belongs_to_applicant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["applicant_id"], ["applicants.id"], name=f"fk_{table}_applicant_id_applicants", ondelete="CASCADE"
    )


def _merged(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Give each applicant one handoff for all reasons that were open, and one for each that was resolved."""
    for _, of_applicant in groupby(rows, key=lambda row: row["applicant_id"]):
        theirs = list(of_applicant)
        for row in theirs:
            if row["resolved_at"] is not None:
                yield _handoff(row), [_request(row)]
        unresolved = [row for row in theirs if row["resolved_at"] is None]
        if unresolved:
            yield _handoff(unresolved[0]), [_request(row) for row in unresolved]


def _handoff(row: dict[str, Any]) -> dict[str, Any]:
    is_resolved = row["resolved_at"] is not None
    return {
        "applicant_id": row["applicant_id"],
        "state": "resolved" if is_resolved else "open",
        "requested_at": row["requested_at"],
        "waits_since": None if is_resolved else row["requested_at"],
        "escalated": 0,
        "is_crisis": False,
        "resolved_at": row["resolved_at"],
        "resolved_by": row["resolved_by"],
    }


def _request(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "reason": row["reason"],
        "listed": "",
        "requested_at": row["requested_at"],
        "announced_at": row["resolved_at"],  # what is open is announced anew, in its topic
        "settled_at": row["resolved_at"],
    }
