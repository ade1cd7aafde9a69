"""Each process of a running assistant is killed, or hangs: the applicant is told, and goes on."""

from collections.abc import AsyncIterator

import pytest

from admissions.database import Database
from bot import texts
from tests.assistant import Assistant, running
from tests.conversations.test_applying import at_step
from tests.faults.bots import until
from tests.faults.report import Finding, Report
from tests.inboxes import unhandled
from tests.people import a_coordinator, an_applicant
from tests.personas import Bubble, Person

PART = "The processes"
QUESTION, ANSWERED = "how much it cost", "How much does it cost?"
STARTED_AGAIN = "the supervisor starts it again"


@pytest.fixture(scope="module")
async def own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Assistant]:
    """An assistant whose parts these tests may kill."""
    async with running(tmp_path_factory.mktemp("parts") / "own", RASA_TIMEOUT="1.5") as assistant:
        yield assistant


@pytest.fixture
async def database(own: Assistant) -> AsyncIterator[Database]:
    database = own.open_database()
    yield database
    await database.close()


async def from_the_list(applicant: Person, topics: Bubble) -> Bubble:
    """Find the answer about cost by buttons alone."""
    await applicant.tap("Cost", topics)
    await applicant.sees(topics.number, lambda bubble: ANSWERED in bubble.buttons)
    return await applicant.taps(ANSWERED, topics)


async def all_handled(own: Assistant, database: Database) -> bool:
    return not await unhandled(database) and await own.pending_updates() == 0


async def test_rasa_is_killed(own: Assistant, database: Database, report: Report) -> None:
    amina = await an_applicant(own)
    asked = await at_step(amina, "core_rotations")
    own.part("rasa run").kill()
    await own.hears("Rasa ended (-9)")
    sorry = await amina.says(QUESTION)
    assert sorry.text == texts.DIALOGUE_DOWN
    assert (await from_the_list(amina, sorry)).text.startswith(ANSWERED)
    await own.hears("Rasa is back")
    await amina.send(QUESTION)
    answer, again = await amina.hears_all(2)
    assert answer.text.startswith(ANSWERED)
    assert again.text == asked.text
    await until(lambda: all_handled(own, database), "all is handled")
    report.add(
        Finding(
            PART,
            "Rasa killed in the middle of an application",
            f"“{texts.DIALOGUE_DOWN}” The topics, documents, talks, the status and a person work on buttons",
            f"{STARTED_AGAIN}; the applicant asks again",
            "the draft as it was; the same step is asked",
            "2 messages: 1 kind answer, 1 answer; 1 answer by buttons meanwhile",
        )
    )


async def test_rasa_hangs(own: Assistant, report: Report) -> None:
    amina, grace = await an_applicant(own), await a_coordinator(own)
    own.part("rasa run").suspend()
    sorry = await amina.says(QUESTION)
    assert sorry.text == texts.DIALOGUE_DOWN
    assert (await amina.taps(texts.PERSON, sorry)).text.startswith(texts.PERSON_COMING)
    assert await grace.hears_of("wants to talk to a person.")
    own.part("rasa run").resume()
    tries = 1
    while not (await amina.says(QUESTION)).text.startswith(ANSWERED):
        tries += 1
    report.add(
        Finding(
            PART,
            "Rasa hangs",
            "the same, after `RASA_TIMEOUT` seconds; whoever asks for a person gets one",
            "the applicant asks again",
            "one handoff, open, and announced to staff",
            "1 message: 1 kind answer; 1 handoff: announced once",
        )
    )


async def test_the_actions_are_killed(own: Assistant, report: Report) -> None:
    amina = await an_applicant(own)
    await at_step(amina, "core_rotations")
    own.part("-m actions ").kill()
    told = await amina.says("yes")
    assert told.text == texts.DIALOGUE_DOWN or told.text.startswith("Step 2 of 13")
    await own.hears("actions is back")
    while not (told := await amina.says("yes")).text.startswith("Step 3 of 13"):
        assert told.text == texts.DIALOGUE_DOWN or told.text.startswith("Step 2 of 13")
    report.add(
        Finding(
            PART,
            "the action server killed in the middle of an application",
            f"“{texts.DIALOGUE_DOWN}”, or the same step again",
            f"{STARTED_AGAIN}; the applicant answers again",
            "the draft, with the answer once",
            "1 answer: stored once",
        )
    )


async def test_the_bot_which_leads_is_killed(own: Assistant, database: Database, report: Report) -> None:
    amina = await an_applicant(own)
    own.part("rasa run").suspend()
    await amina.send(QUESTION)
    while (await own.pending_updates()) > 0:
        pass
    own.part("-m bot ").kill()
    own.part("rasa run").resume()
    assert (await amina.hears()).text.startswith(ANSWERED)
    await own.hears("bot is back")
    await until(lambda: all_handled(own, database), "all is handled")
    answers = sum(bubble.text.startswith(ANSWERED) for bubble in await amina.reads())
    assert answers == 1
    report.add(
        Finding(
            PART,
            "the bot, which leads and has the scheduler, killed in the middle of an answer",
            "the answer, once the bot is back",
            f"{STARTED_AGAIN}; what its inbox holds is handled, another that runs leads within seconds",
            "the update, handled",
            f"1 message: {answers} answer",
        )
    )
