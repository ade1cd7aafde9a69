"""The parts of a stage, and the report."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.bots import Nursery, Stage, Telegram, nursing, staged, telegram
from tests.faults.report import IS_WHOLE, Report


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Iterator[Report]:
    report = Report()
    yield report
    if IS_WHOLE and not request.session.testsfailed:
        report.write()


@pytest.fixture(scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    async with nursing() as nursery:
        yield nursery


@pytest.fixture(scope="session", name="telegram")
async def the_telegram() -> AsyncIterator[Telegram]:
    async with telegram() as client:
        yield client


@pytest.fixture
async def stage(telegram: Telegram, nursery: Nursery, database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A database of its own, and a bot that runs on it."""
    async with staged(telegram, nursery, database_url, tmp_path / "own") as stage:
        await stage.start()
        yield stage
