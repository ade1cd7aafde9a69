"""Placements, and the shared database as a contract: its triggers keep the history and refuse what is not allowed.

On SQLite `applications` is made anew; a later migration that does so again has to make its triggers anew as well.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

TIME = sa.DateTime(timezone=True)
NOW = {"sqlite": "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')", "postgresql": "now()"}
"""As SQLAlchemy writes it on SQLite: UTC, with microseconds."""

STAFF, LEADS = "coordinator lead program", "lead program"
TRANSITIONS = {
    "application": """
        new draft: applicant
        new submitted: program
        draft submitted: applicant
        draft withdrawn: applicant
        submitted in_review: STAFF
        submitted matched: STAFF system
        submitted not_placed: LEADS
        submitted withdrawn: applicant STAFF
        in_review interview: STAFF
        in_review matched: STAFF system
        in_review not_placed: LEADS
        in_review withdrawn: applicant STAFF
        interview in_review: STAFF
        interview matched: STAFF system
        interview not_placed: LEADS
        interview withdrawn: applicant STAFF
        matched in_review: STAFF system
        matched not_placed: LEADS
        matched withdrawn: applicant STAFF
        matched completed: system
        not_placed in_review: LEADS
    """,
    "placement": """
        new offered: STAFF
        offered accepted: applicant lead
        offered declined: applicant lead
        offered lapsed: system
        offered cancelled: STAFF system
        accepted confirmed: STAFF
        accepted cancelled: STAFF system
        confirmed preparation: STAFF
        confirmed cancelled: LEADS system
        preparation in_progress: STAFF
        preparation cancelled: LEADS system
        in_progress completed: STAFF
        in_progress cancelled: LEADS system
    """,
}
APPLICATION_STATUSES = (
    "'draft', 'submitted', 'in_review', 'interview', 'matched', 'completed', 'not_placed', 'withdrawn'"
)
ENDED = "'completed', 'not_placed', 'withdrawn'"
OFFERABLE = "'submitted', 'in_review', 'interview', 'matched'"
PLACEMENT_STATUSES = (
    "'offered', 'accepted', 'declined', 'lapsed', 'confirmed', 'preparation', 'in_progress', 'completed',"
    " 'cancelled'"
)
OPEN = "status IN ('offered', 'accepted', 'confirmed', 'preparation', 'in_progress')"
ROLES = "'applicant', 'coordinator', 'lead', 'system', 'program'"
LETTER = "[34679ACDEFGHJKMNPQRTWXY]"
TABLES_MADE = (
    "emails",
    "status_claims",
    "status_looks",
    "notes",
    "open_items",
    "refused_moves",
    "status_changes",
    "status_transitions",
    "placements",
    "sites",
)
TABLES = {"application": "applications", "placement": "placements"}
IDS = {"application": ("{row}.id", "NULL"), "placement": ("{row}.application_id", "{row}.id")}


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    _open_applications(dialect)
    _create_tables(dialect)
    _seed()
    for statement in _triggers(dialect):
        op.execute(statement)


def _open_applications(dialect: str) -> None:
    """Let applications come in by another way, in their states alone."""
    op.execute("UPDATE applications SET status = 'in_review' WHERE status = 'taken'")
    now = sa.text(NOW[dialect])
    with op.batch_alter_table("applications") as table:
        table.alter_column("applicant_id", existing_type=sa.BigInteger(), nullable=True)
        table.alter_column("is_paused", existing_type=sa.Boolean(), server_default=sa.false())
        table.alter_column("reminders_sent", existing_type=sa.Integer(), server_default=sa.text("0"))
        table.alter_column("begun_at", existing_type=TIME, server_default=now)
        table.alter_column("last_answered_at", existing_type=TIME, server_default=now)
        table.add_column(sa.Column("moved_as", sa.String()))
        table.add_column(sa.Column("moved_by", sa.String()))
        table.add_column(sa.Column("moved_at", TIME))
        table.create_check_constraint(op.f("ck_applications_status"), f"status IN ({APPLICATION_STATUSES})")
        table.create_check_constraint(op.f("ck_applications_role"), f"moved_as IN ({ROLES})")
        table.create_check_constraint(op.f("ck_applications_reference"), _reference(dialect))
        table.create_check_constraint(
            op.f("ck_applications_known"),
            "status = 'draft' OR reference IS NOT NULL OR (status = 'withdrawn' AND submitted_at IS NULL)",
        )
        table.create_check_constraint(
            op.f("ck_applications_draft"), "applicant_id IS NOT NULL OR status <> 'draft'"
        )
    with op.batch_alter_table("application_answers") as table:
        table.alter_column("answered_at", existing_type=TIME, server_default=now)


def _reference(dialect: str) -> str:
    if dialect == "postgresql":
        return f"reference ~ '^{LETTER}{{4}}-{LETTER}{{4}}$'"
    return f"reference GLOB '{LETTER * 4}-{LETTER * 4}'"


def _create_tables(dialect: str) -> None:
    now = sa.text(NOW[dialect])
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.UniqueConstraint("name", name="uq_sites_name"),
        sa.CheckConstraint("length(trim(name)) BETWEEN 1 AND 200", name="ck_sites_name"),
    )
    op.create_table(
        "placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("mentor", sa.String()),
        sa.Column("what_to_bring", sa.String()),
        sa.Column("reply_by", TIME, nullable=False),
        sa.Column("status", sa.String(32), nullable=False, server_default=sa.text("'offered'")),
        sa.Column("moved_as", sa.String(32)),
        sa.Column("moved_by", sa.String()),
        sa.Column("moved_at", TIME),
        _refers("placements", "application_id", "applications", ondelete="CASCADE"),
        _refers("placements", "site_id", "sites"),
        sa.PrimaryKeyConstraint("id", name="pk_placements"),
        sa.CheckConstraint(f"status IN ({PLACEMENT_STATUSES})", name="ck_placements_status"),
        sa.CheckConstraint(f"moved_as IN ({ROLES})", name="ck_placements_role"),
        sa.CheckConstraint("length(trim(specialty)) BETWEEN 1 AND 100", name="ck_placements_specialty"),
        sa.CheckConstraint("length(mentor) <= 200 AND length(what_to_bring) <= 1000", name="ck_placements_length"),
        *(sa.CheckConstraint(check, name=f"ck_placements_{name}") for name, check in _days(dialect)),
    )
    op.create_index("ix_placements_application_id", "placements", ["application_id"])
    is_open = sa.text(OPEN)
    op.create_index(
        "uq_placements_open",
        "placements",
        ["application_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "status_transitions",
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("subject", "before", "after", "role", name="pk_status_transitions"),
    )
    for table, time, more in (
        ("status_changes", "changed_at", [sa.Column("told_at", TIME)]),
        ("refused_moves", "refused_at", []),
    ):
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("application_id", sa.Integer(), nullable=False),
            sa.Column("placement_id", sa.Integer()),
            sa.Column("before", sa.String(), nullable=False),
            sa.Column("after", sa.String(), nullable=False),
            sa.Column("role", sa.String(32), nullable=False),
            sa.Column("by", sa.String()),
            sa.Column(time, TIME, nullable=False),
            *more,
            _refers(table, "application_id", "applications", ondelete="CASCADE"),
            _refers(table, "placement_id", "placements", ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_application_id", table, ["application_id"])
    op.create_index("ix_status_changes_placement_id", "status_changes", ["placement_id"])
    untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_status_changes_untold", "status_changes", ["id"], sqlite_where=untold, postgresql_where=untold
    )
    op.create_table(
        "open_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("waits_for", sa.String(32), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String()),
        sa.Column("opened_at", TIME, nullable=False, server_default=now),
        sa.Column("closed_by", sa.String()),
        sa.Column("closed_at", TIME),
        _refers("open_items", "application_id", "applications", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_open_items"),
        sa.CheckConstraint("waits_for IN ('applicant', 'hmc')", name="ck_open_items_waits_for"),
        sa.CheckConstraint("length(trim(what)) BETWEEN 1 AND 200", name="ck_open_items_what"),
    )
    op.create_index("ix_open_items_application_id", "open_items", ["application_id"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.String()),
        sa.Column("written_at", TIME, nullable=False, server_default=now),
        _refers("notes", "application_id", "applications", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_application_id", "notes", ["application_id"])
    op.create_table(
        "status_looks",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("looked_at", TIME, nullable=False),
        _refers("status_looks", "application_id", "applications", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("application_id", name="pk_status_looks"),
    )
    op.create_table(
        "status_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String()),
        sa.Column("application_id", sa.Integer()),
        sa.Column("code", sa.String()),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", TIME),
        _refers("status_claims", "applicant_id", "applicants", ondelete="CASCADE"),
        _refers("status_claims", "application_id", "applications", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_status_claims"),
    )
    op.create_table(
        "emails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("address", sa.String()),
        sa.Column("payload", sa.JSON()),
        sa.Column("stale_at", TIME, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("next_try_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", TIME),
        sa.Column("problem", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_emails"),
        sa.UniqueConstraint("kind", "about", name="uq_emails_kind_about"),
    )
    waits = sa.text("state = 'waiting'")
    op.create_index("ix_emails_waiting", "emails", ["next_try_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_status_claims_applicant_id", "status_claims", ["applicant_id"])
    op.create_index("ix_status_claims_reference", "status_claims", ["reference"])
    not_ended = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_status_claims_open",
        "status_claims",
        ["applicant_id"],
        unique=True,
        sqlite_where=not_ended,
        postgresql_where=not_ended,
    )


def _days(dialect: str) -> Iterator[tuple[str, str]]:
    """From a Monday to a Friday, four weeks or more (fact W8); SQLite takes any text for a date."""
    if dialect == "postgresql":
        yield "monday", "extract(isodow FROM first_day) = 1"
        yield "friday", "extract(isodow FROM last_day) = 5"
        yield "weeks", "last_day - first_day >= 25"
        return
    yield "monday", "date(first_day) = first_day AND strftime('%w', first_day) = '1'"
    yield "friday", "date(last_day) = last_day AND strftime('%w', last_day) = '5'"
    yield "weeks", "julianday(last_day) - julianday(first_day) >= 25"
    yield "reply_by", "datetime(reply_by) IS NOT NULL AND datetime(reply_by) = substr(reply_by, 1, 19)"


def _seed() -> None:
    rows = [
        {"subject": subject, "before": before, "after": after, "role": role}
        for subject, lines in TRANSITIONS.items()
        for line in lines.strip().splitlines()
        for before, after in [line.partition(":")[0].split()]
        for role in line.partition(":")[2].replace("STAFF", STAFF).replace("LEADS", LEADS).split()
    ]
    op.bulk_insert(sa.table("status_transitions", *map(sa.column, rows[0])), rows)
    op.execute(
        'INSERT INTO status_changes (application_id, "before", "after", role, changed_at, told_at)'
        " SELECT id, 'new', status,"
        "   CASE WHEN status = 'in_review' THEN 'coordinator' ELSE 'applicant' END,"
        "   coalesce(ended_at, taken_at, submitted_at, begun_at),"
        "   coalesce(ended_at, taken_at, submitted_at, begun_at)"
        " FROM applications"
    )


def _triggers(dialect: str) -> Iterator[str]:
    if dialect == "postgresql":
        yield from _on_postgres()
    else:
        for subject in TABLES:
            yield from _on_sqlite(subject)
        yield _OFFERED_ON_SQLITE
        yield _FIXED_ON_SQLITE


def _on_sqlite(subject: str) -> Iterator[str]:
    table, now = TABLES[subject], NOW["sqlite"]
    application_id, placement_id = (column.format(row="NEW") for column in IDS[subject])
    for event, before, moves in (
        ("INSERT", "'new'", "1"),
        ("UPDATE OF status", "OLD.status", "NEW.status IS NOT OLD.status"),
    ):
        name = event.partition(" ")[0].lower()
        yield f"""
CREATE TRIGGER {table}_move_{name} BEFORE {event} ON {table}
WHEN {moves} AND NOT EXISTS (
    SELECT 1 FROM status_transitions
    WHERE subject = '{subject}' AND "before" = {before} AND "after" = NEW.status
        AND role = coalesce(NEW.moved_as, 'program')
)
BEGIN SELECT RAISE(ABORT, 'this {subject} cannot get that status: see status_transitions'); END
"""  # noqa: S608 - nothing in it comes from outside
        yield f"""
CREATE TRIGGER {table}_history_{name} AFTER {event} ON {table}
WHEN {moves}
BEGIN
    INSERT INTO status_changes (application_id, placement_id, "before", "after", role, "by", changed_at)
    VALUES ({application_id}, {placement_id}, {before}, NEW.status, coalesce(NEW.moved_as, 'program'),
        NEW.moved_by, coalesce(NEW.moved_at, {now}));
    UPDATE {table} SET {_settled(subject, now)} WHERE id = NEW.id;
END
"""  # noqa: S608


_OFFERED_ON_SQLITE = f"""
CREATE TRIGGER placements_offered BEFORE INSERT ON placements
WHEN NOT EXISTS (SELECT 1 FROM applications WHERE id = NEW.application_id AND status IN ({OFFERABLE}))
BEGIN SELECT RAISE(ABORT, 'a place is offered to an application that is submitted and has not ended'); END
"""  # noqa: S608


def _settled(subject: str, now: str) -> str:
    """Return what follows from a move: who did it is in the history now, and an application begins and ends."""
    cleared = "moved_as = NULL, moved_by = NULL, moved_at = NULL"
    if subject == "placement":
        return cleared
    at = f"coalesce(NEW.moved_at, {now})"
    return f"""{cleared},
        submitted_at = CASE WHEN NEW.status = 'submitted' THEN coalesce(NEW.submitted_at, {at})
            ELSE NEW.submitted_at END,
        ended_at = CASE WHEN NEW.status IN ({ENDED}) THEN coalesce(NEW.ended_at, {at}) END"""


_FIXED_ON_SQLITE = """
CREATE TRIGGER status_changes_fixed BEFORE UPDATE OF application_id, placement_id, "before", "after", role, "by",
    changed_at ON status_changes
BEGIN SELECT RAISE(ABORT, 'the history cannot be changed'); END
"""


def _on_postgres() -> Iterator[str]:
    yield """
CREATE FUNCTION check_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE earlier text := 'new';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        earlier := OLD.status;
        IF earlier = NEW.status THEN RETURN NEW; END IF;
    END IF;
    PERFORM 1 FROM status_transitions AS allowed
        WHERE allowed.subject = TG_ARGV[0] AND allowed.before = earlier AND allowed.after = NEW.status
            AND allowed.role = coalesce(NEW.moved_as, 'program');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this % cannot get that status: see status_transitions', TG_ARGV[0]
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_transitions';
    END IF;
    RETURN NEW;
END $$
"""
    for subject, table in TABLES.items():
        application_id, placement_id = (column.format(row="NEW") for column in IDS[subject])
        yield f"""
CREATE FUNCTION keep_{subject}_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE earlier text := 'new';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        earlier := OLD.status;
        IF earlier = NEW.status THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO status_changes (application_id, placement_id, before, after, role, by, changed_at)
    VALUES ({application_id}, {placement_id}, earlier, NEW.status, coalesce(NEW.moved_as, 'program'),
        NEW.moved_by, coalesce(NEW.moved_at, now()));
    UPDATE {table} SET {_settled(subject, NOW["postgresql"])} WHERE id = NEW.id;
    RETURN NULL;
END $$
"""  # noqa: S608 - nothing in it comes from outside
        on = f"INSERT OR UPDATE OF status ON {table} FOR EACH ROW EXECUTE FUNCTION"
        yield f"CREATE TRIGGER {table}_move BEFORE {on} check_move('{subject}')"
        yield f"CREATE TRIGGER {table}_history AFTER {on} keep_{subject}_move()"
    yield f"""
CREATE FUNCTION check_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM applications WHERE id = NEW.application_id AND status IN ({OFFERABLE}) FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a place is offered to an application that is submitted and has not ended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placements_offered';
    END IF;
    RETURN NEW;
END $$
"""
    yield (
        "CREATE TRIGGER placements_offered BEFORE INSERT ON placements FOR EACH ROW EXECUTE FUNCTION check_offer()"
    )
    yield """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history cannot be changed' USING ERRCODE = 'check_violation';
END $$
"""
    columns = "application_id, placement_id, before, after, role, by, changed_at"
    yield (
        f"CREATE TRIGGER status_changes_fixed BEFORE UPDATE OF {columns} ON status_changes"
        " FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )


def _refers(table: str, column: str, other: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    """Go back; applications without a Telegram account have no place there, nor have the newer states."""
    dialect = op.get_context().dialect.name
    for statement in _without_triggers(dialect):
        op.execute(statement)
    for made in TABLES_MADE:
        op.drop_table(made)
    op.execute("DELETE FROM applications WHERE applicant_id IS NULL")
    op.execute("UPDATE applications SET status = 'taken' WHERE status IN ('in_review', 'interview', 'matched')")
    op.execute("UPDATE applications SET status = 'withdrawn' WHERE status IN ('completed', 'not_placed')")
    with op.batch_alter_table("applications") as table:
        for check in ("status", "role", "reference", "known", "draft"):
            table.drop_constraint(op.f(f"ck_applications_{check}"), type_="check")
        for column in ("moved_as", "moved_by", "moved_at"):
            table.drop_column(column)
        table.alter_column("applicant_id", existing_type=sa.BigInteger(), nullable=False)


def _without_triggers(dialect: str) -> Iterator[str]:
    if dialect == "postgresql":
        functions = "check_move, check_offer, keep_application_move, keep_placement_move, refuse_rewriting"
        yield f"DROP FUNCTION {functions} CASCADE"
        return
    yield "DROP TRIGGER status_changes_fixed"
    yield "DROP TRIGGER placements_offered"
    for table in TABLES.values():
        for name in ("move_insert", "move_update", "history_insert", "history_update"):
            yield f"DROP TRIGGER {table}_{name}"
