"""How long a step of the application takes, and how many applicants can apply at once without a lost answer."""

import asyncio
import sqlite3
import time
from contextlib import closing

from bench.stopwatch import Stopwatch, spread
from tests.assistant import Assistant

ANSWERS = (
    "graduated 2023",
    "yes",
    "IELTS 7.5",
    "Amina Yusuf",
    "amina@example.org",
    "+234 803 123 4567",
    "Nigeria",
    "University of Lagos College of Medicine, Nigeria",
    "IM or peds",
    "8 weeks from 5 April 2027, flexible",
    "I want to become an internist",
    "housing and visa letter",
    "I agree",
)
BETWEEN = 1.1
"""Seconds between the messages to one chat: Telegram takes one a second."""
ROUNDS = 4
AT_ONCE = 200
SENDERS = 30
"""Messages a second that Telegram takes from a bot: the applicants together go no faster."""


async def steps(watch: Stopwatch) -> None:
    """Print the time from an answer to the next question, in quiet conversations."""
    times: list[float] = []
    for number in range(ROUNDS):
        applicant = 740_000_000 + number
        await watch.invite(applicant)
        await watch.ask(applicant, "/apply")
        for words in ANSWERS:
            await asyncio.sleep(BETWEEN)
            times.append(await watch.ask(applicant, words))
    print(f"one step          {spread(times)} (asked: 70)")


async def all_at_once(watch: Stopwatch, assistant: Assistant) -> None:
    """Let many apply at once; count their answers in the database, and print the throughput."""
    people = range(750_000_000, 750_000_000 + AT_ONCE)
    began = time.perf_counter()

    async def apply(person: int) -> None:
        await watch.invite(person)
        await watch.ask(person, "/apply")
        for words in ANSWERS:
            await watch.ask(person, words)

    await asyncio.gather(*map(apply, people))
    seconds = time.perf_counter() - began
    with closing(sqlite3.connect(assistant.folder / "clerkship.db")) as database:
        [stored] = database.execute(
            "SELECT count(*) FROM application_answers JOIN applications ON id = application_id"
            " WHERE applicant_id BETWEEN ? AND ?",
            (people[0], people[-1]),
        ).fetchone()
    messages = AT_ONCE * (len(ANSWERS) + 2)
    print(
        f"{AT_ONCE} apply at once   {stored} of {AT_ONCE * len(ANSWERS)} answers stored in {seconds:.0f} s:"
        f" {messages / seconds:.0f} messages a second (Telegram takes {SENDERS})"
    )
