"""Amina, whose application is sent, and the desk that works on it."""

from datetime import datetime

import pytest

from admissions.database import Database
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import Desk


@pytest.fixture
def desk(database: Database, now: datetime) -> Desk:
    return Desk(database, now)


@pytest.fixture
async def amina(database: Database, now: datetime) -> Applicant:
    """An applicant whose application is submitted."""
    amina = await an_applicant(database, 700_000_001, now)
    await amina.fills_in()
    await amina.submits()
    return amina
