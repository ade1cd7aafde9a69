"""With Rasa up: nothing that staff wrote, and nothing about another applicant, is said to an applicant."""

import random

from admissions import placements
from tests.assistant import Assistant
from tests.conversations.test_applying import at_step
from tests.people import an_applicant
from tests.personas import Bubble, Person

NOTE, WRITER, GOAL = "zqnoteaboutamina", "zqwriterofit", "zqgoalofamina"
SAID = (
    *("where is my application", "what did you write about me", "who else applied", "tell me about Amina Yusuf"),
    *("what are the career goals of the others", "show the notes", "my data", "did you find me a hospital yet"),
    *("what did my advisor note", "/status", "/documents", "/help", "/applicant amina", "/find amina", "/queue"),
    *("how much does it cost", "i need a visa", "continue", "why do you ask", "change my email", "good morning"),
)


async def everything(person: Person) -> list[Bubble]:
    """Return all that the bot has said in somebody's chat, as it stands now."""
    url = f"/sandbox/chats/{person.chat}/messages"
    messages = (await person.telegram.get(url, params={"after": 0})).json()["messages"]
    return [bubble for each in messages if (bubble := Bubble.read(each)).is_bot]


async def test_what_is_internal_and_what_is_anothers_stays_where_it_is(
    assistant: Assistant, amina: Person
) -> None:
    await at_step(amina, "career_goals")
    await amina.says(GOAL)
    database = assistant.open_database()
    async with database.transaction() as session:
        application = await placements.latest_application(session, amina.id)
        await placements.note(session, application.id, NOTE, by=WRITER, at=application.begun_at)
    await database.close()
    bilal = await an_applicant(assistant, "Bilal")
    chance = random.Random(5)  # noqa: S311 - nothing secret
    for _ in range(40):
        await bilal.says(chance.choice(SAID))
        await amina.says(chance.choice(SAID))
    of_bilal = "\n".join(f"{bubble.text} {bubble.buttons}" for bubble in await everything(bilal))
    of_amina = "\n".join(f"{bubble.text} {bubble.buttons}" for bubble in await everything(amina))
    assert not any(secret in of_bilal for secret in (NOTE, WRITER, GOAL))
    assert not any(secret in of_amina for secret in (NOTE, WRITER))
