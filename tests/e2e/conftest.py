"""A running assistant on Postgres, so that both databases carry conversations."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from tests.assistant import Assistant, running
from tests.conftest import create_database, drop_database
from tests.people import an_applicant
from tests.personas import Person


@pytest.fixture(scope="session")
def postgres_for_all(postgres: str) -> Iterator[str]:
    name = f"assistant_{uuid4().hex}"
    create_database(postgres, name)
    yield postgres.format(name)
    drop_database(postgres, name)


@pytest.fixture(scope="session")
async def assistant(tmp_path_factory: pytest.TempPathFactory, postgres_for_all: str) -> AsyncIterator[Assistant]:
    async with running(tmp_path_factory.mktemp("assistant"), DATABASE_URL=postgres_for_all) as assistant:
        yield assistant


@pytest.fixture
async def amina(assistant: Assistant) -> Person:
    """An applicant who has just pressed Start."""
    return await an_applicant(assistant)
