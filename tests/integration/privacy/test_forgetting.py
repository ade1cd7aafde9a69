"""Who is forgotten leaves nothing but the number of a receipt: no word, in no table, file or log."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import text

from admissions import privacy, schema
from admissions.database import Base, Database
from admissions.privacy import Occasion
from admissions.staff import Actor, Role
from tests.integration.privacy.planting import AT, GIVEN, OTHERS, held, plant

NUMBERS = count(910_000_001)
GRACE = Actor(700_000_001, "Grace", Role.LEAD)


@pytest.fixture
async def applicant_id() -> int:
    return next(NUMBERS)


async def forgotten(database: Database, applicant_id: int) -> privacy.Forgetting:
    """Forget somebody, to the end."""
    async with database.transaction() as session:
        if await privacy.is_held(session, applicant_id):
            await privacy.release(session, applicant_id, GRACE, at=AT)
        forgetting = await privacy.forget(session, applicant_id, Occasion.ASKED, at=AT)
    async with database.transaction() as session:
        await privacy.let_go(session, forgetting.id)
    await database.compact()
    async with database.transaction() as session:
        await privacy.finish(session, [forgetting.id], at=AT + timedelta(minutes=1))
    return forgetting


async def test_no_word_of_any_column_outlasts_its_applicant(database: Database, applicant_id: int) -> None:
    words = await plant(database, applicant_id)
    before = await held(database)
    assert [column for column, word in words.items() if word not in before] == []
    numbers = [str(applicant_id), applicant_id.to_bytes(4).decode("latin-1")]  # as text, and as SQLite keeps it
    assert any(number in before for number in numbers)

    forgetting = await forgotten(database, applicant_id)
    after = await held(database)
    assert [column for column, word in words.items() if word in after] == []
    assert [given for given in (*numbers, GIVEN["applications"]["reference"]) if given in after] == []
    assert forgetting.receipt in after


async def test_every_table_is_an_applicants_or_known_not_to_be(database: Database, applicant_id: int) -> None:
    await plant(database, applicant_id)
    async with database.reading() as session:
        theirs = set(await privacy.rows_of(session, applicant_id))
    assert set(Base.metadata.tables) - theirs == OTHERS


async def test_the_receipt_and_what_staff_are_told_are_all_that_stays(
    database: Database, applicant_id: int
) -> None:
    await plant(database, applicant_id)
    await forgotten(database, applicant_id)
    async with database.reading() as session:
        rows = {
            table: await session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own tables
            for table in schema.own_tables() - OTHERS
        }
        told = (await session.execute(text("SELECT kind, applicant_id, payload FROM notifications"))).all()
    assert {table: number for table, number in rows.items() if number} == {"notifications": 2}
    assert {(kind, applicant) for kind, applicant, _ in told} == {
        ("talk_freed", None),
        ("applicant_forgotten", None),
    }
