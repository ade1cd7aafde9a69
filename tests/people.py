"""Invented people, made known to the local Telegram."""

from itertools import count

from tests.assistant import Assistant
from tests.personas import Person

NUMBERS = count(710_000_001)


async def an_applicant(assistant: Assistant, first_name: str = "Amina") -> Person:
    """Return a new applicant who has just pressed Start."""
    applicant = await a_newcomer(assistant, first_name)
    await applicant.says("/start")
    return applicant


async def a_newcomer(assistant: Assistant, first_name: str) -> Person:
    """Return somebody who never wrote to the bot."""
    number = next(NUMBERS)
    person = {"first_name": first_name, "last_name": "Yusuf", "username": f"person{number}", "language_code": "en"}
    (await assistant.telegram.put(f"/sandbox/people/{number}", json=person)).raise_for_status()
    return Person(assistant.telegram, number, number)


async def a_coordinator(assistant: Assistant) -> Person:
    """Return one of the staff, in their group."""
    people = (await assistant.telegram.get("/sandbox")).json()["people"]
    staff = next(person for person in people if person["is_staff"])
    return Person(assistant.telegram, staff["id"], assistant.staff_chat)
