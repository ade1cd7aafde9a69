"""A person who floods: told so, answered from the last message on, no file lost, and nobody else waits."""

from bot import texts
from bot.floods import TEXTS_AT_MOST
from tests.assistant import Assistant
from tests.people import an_applicant
from tests.personas import Bubble, Person
from tests.unit.documents.files import pdf

FLOOD = ["do you help me with visa papers"] * 120
LAST = "how much it cost"


async def test_a_flood_with_a_file_in_it_keeps_the_file_and_costs_nobody_else(
    assistant: Assistant, amina: Person
) -> None:
    bola = await an_applicant(assistant, "Bola")
    for text in FLOOD[:60]:
        await amina.send(text)
    await amina.attach("Amina_CV_2026.pdf", pdf("of a flood"))
    for text in FLOOD[60:]:
        await amina.send(text)
    await amina.send(LAST)
    assert (await bola.says(LAST)).text.startswith("How much does it cost?")

    heard: list[Bubble] = []
    while not heard or not heard[-1].text.startswith("How much does it cost?"):
        heard.append(await amina.hears())
    assert 1 <= [bubble.text for bubble in heard].count(texts.TOO_MANY_AT_ONCE) <= len(FLOOD) / TEXTS_AT_MOST
    assert sum("Amina_CV_2026.pdf" in bubble.text for bubble in heard) == 1
    assert len(heard) < len(FLOOD) / 2
