"""A running assistant for all conversations, and an applicant of one's own for each."""

from collections.abc import AsyncIterator
from itertools import count

import pytest

from tests.assistant import Assistant, running
from tests.personas import Person

NUMBERS = count(710_000_001)


@pytest.fixture(scope="session")
async def assistant(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Assistant]:
    async with running(tmp_path_factory.mktemp("assistant")) as assistant:
        yield assistant


@pytest.fixture
async def amina(assistant: Assistant) -> Person:
    """An applicant who has just pressed Start."""
    number = next(NUMBERS)
    person = {"first_name": "Amina", "last_name": "Yusuf", "username": f"amina{number}", "language_code": "en"}
    (await assistant.telegram.put(f"/sandbox/people/{number}", json=person)).raise_for_status()
    amina = Person(assistant.telegram, number, number)
    await amina.says("/start")
    return amina


@pytest.fixture
async def grace(assistant: Assistant) -> Person:
    """A coordinator in the staff group."""
    people = (await assistant.telegram.get("/sandbox")).json()["people"]
    staff = next(person for person in people if person["is_staff"])
    return Person(assistant.telegram, staff["id"], assistant.staff_chat)
