"""`clerkship audit`: the entries as an operator reads them."""

from datetime import datetime

from pydantic import SecretStr
from typer.testing import CliRunner

from admissions import applicants, staff
from admissions.cli import app
from admissions.cli.auditing import list_audit
from admissions.database import Database
from admissions.sealing import new_key
from admissions.settings import Settings
from admissions.staff import Actor, Deed, Permission, Role

AMINA = 700_000_001
GRACE = Actor(600_000_001, "Grace", Role.COORDINATOR)


async def test_each_entry_is_a_line(database: Database, database_url: str, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina", language="en", at=now)
        await staff.record(
            session,
            GRACE,
            Deed.APPLICATION_MOVED,
            about="application:1",
            applicant_id=AMINA,
            before="submitted",
            after="in_review",
            at=now,
        )
        await staff.record_refused(session, GRACE, Permission.EDIT_ANSWERS, about="/answers x = y", at=now)
    settings = Settings(database_url=database_url, encryption_keys=SecretStr(new_key()))
    _, moved, tried = await list_audit(settings, 9, None, refused=False)
    assert moved.split() == [
        *("2026-11-23", "12:00", "Grace", "(600000001)", "coordinator", "application_moved", "application:1"),
        *("700000001", "submitted", "→", "in_review"),
    ]
    assert "tried: edit_answers" in tried
    assert await list_audit(settings, 9, None, refused=True) == [_, tried]
    assert await list_audit(settings, 9, AMINA, refused=False) == [_, moved]
    assert await list_audit(settings, 9, 1, refused=False) == ["nothing"]


def test_the_command_says_how_it_is_used() -> None:
    shown = CliRunner().invoke(app, ["audit", "--help"])
    assert shown.exit_code == 0
    assert "--refused" in shown.output
