"""A running assistant for all conversations, and an applicant of one's own for each."""

from collections.abc import AsyncIterator

import pytest

from tests.assistant import Assistant, running, without_limits
from tests.people import a_coordinator, an_applicant
from tests.personas import Person


@pytest.fixture(scope="session")
async def assistant(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Assistant]:
    async with running(tmp_path_factory.mktemp("assistant"), GROUP_MESSAGES_A_MINUTE="6000") as assistant:
        await without_limits(assistant)
        yield assistant


@pytest.fixture
async def amina(assistant: Assistant) -> Person:
    """An applicant who has just pressed Start."""
    return await an_applicant(assistant)


@pytest.fixture
async def grace(assistant: Assistant) -> Person:
    """A coordinator in the staff group."""
    return await a_coordinator(assistant)
