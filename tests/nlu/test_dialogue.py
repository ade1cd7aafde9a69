"""What Rasa decides, message by message; the action server is faked at its HTTP call."""

import itertools
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels import CollectingOutputChannel, UserMessage
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from nlu.components.tracker_store import RollingSQLTrackerStore

MISS = "/nlu_fallback"
SOMETHING_ELSE = "/out_of_scope"
GUESSES = {"guesses": ["faq_visa", "apply", "faq_cost"]}

Answer = list[str | dict[str, Any]]
Say = Callable[[str], Awaitable[Answer]]


class ActionServer(EndpointConfig):
    """Answers each custom action of domain.yml as the real one does."""

    def __init__(self) -> None:
        super().__init__("http://actions.invalid/webhook", enable_selective_domain=True)
        self.requests: list[dict[str, Any]] = []

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any]:
        self.requests.append(json)
        found = [entity["value"] for entity in json["tracker"]["latest_message"]["entities"]]
        return {
            "action_answer_specialties": {
                "responses": [{"custom": {"answer": "faq_specialties", "specialties": found}}]
            },
            "action_hand_off": {"responses": [{"response": "utter_handoff_requested"}]},
            "action_default_ask_affirmation": {"responses": [{"custom": GUESSES}]},
            "action_default_fallback": {
                "responses": [{"response": "utter_offer_person"}],
                "events": [{"event": "rewind"}],
            },
        }[json["next_action"]]


@pytest.fixture(scope="session")
def actions() -> ActionServer:
    return ActionServer()


@pytest.fixture(scope="session")
def agent(model: Path, actions: ActionServer, tmp_path_factory: pytest.TempPathFactory) -> Agent:
    store = RollingSQLTrackerStore(
        domain=Domain.empty(), host=f"sqlite:///{tmp_path_factory.mktemp('dialogue')}/conversations.db"
    )
    return Agent.load(os.fspath(model), action_endpoint=actions, tracker_store=store)


@pytest.fixture
def say(agent: Agent, request: pytest.FixtureRequest) -> Say:
    """Writes one message of a conversation of this test's own."""
    sender = f"{request.node.nodeid}"[-200:]

    async def say(text: str) -> Answer:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, channel, sender))
        return [message.get("custom") or message["text"] for message in channel.messages]

    return say


def intents() -> list[str]:
    return sorted(Domain.load("domain.yml").intents)


FAQ = [intent for intent in intents() if intent.startswith("faq_") and intent != "faq_specialties"]


@pytest.mark.parametrize("intent", FAQ)
async def test_question_names_its_answer(say: Say, actions: ActionServer, intent: str) -> None:
    before = len(actions.requests)
    assert await say(f"/{intent}") == [{"answer": intent}]
    assert len(actions.requests) == before, "a question needs no custom action"


async def test_specialties_are_read_from_the_message(say: Say) -> None:
    assert await say("do you offer pediatrics or obgyn rotations") == [
        {"answer": "faq_specialties", "specialties": ["Pediatrics", "Obstetrics and Gynecology"]}
    ]
    assert await say("which specialties do you have") == [{"answer": "faq_specialties", "specialties": []}]


@pytest.mark.parametrize("intent", ["handoff", "frustrated", "my_data", "delete_data"])
async def test_person_is_called(say: Say, actions: ActionServer, intent: str) -> None:
    [answer] = await say(f"/{intent}")
    assert answer.startswith("I have told the team.")
    assert actions.requests[-1]["next_action"] == "action_hand_off"


async def test_request_of_an_action_leaves_the_domain_out(say: Say, actions: ActionServer) -> None:
    await say("/handoff")
    assert "domain" not in actions.requests[-1]


@pytest.mark.parametrize("intent", ["greet", "help", "affirm"])
async def test_menu_is_shown(say: Say, intent: str) -> None:
    assert (await say(f"/{intent}"))[-1] == {"menu": True}


@pytest.mark.parametrize("intent", [intent for intent in intents() if not intent.startswith("faq_")])
async def test_every_intent_has_an_answer(say: Say, intent: str) -> None:
    if intent not in {"back", "nlu_fallback", "restart", "session_start"}:
        assert await say(f"/{intent}")


async def test_guess_that_is_right_is_answered_and_the_loop_ends(say: Say) -> None:
    assert await say(MISS) == [GUESSES]
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]
    assert await say("/faq_cost") == [{"answer": "faq_cost"}]


async def test_question_in_other_words_is_answered(say: Say) -> None:
    assert await say(MISS) == [GUESSES]
    assert await say("how much does a rotation cost") == [{"answer": "faq_cost"}]


async def test_something_else_asks_for_other_words(say: Say) -> None:
    assert await say(MISS) == [GUESSES]
    [answer] = await say(SOMETHING_ELSE)
    assert "other words" in answer
    assert await say("/faq_housing") == [{"answer": "faq_housing"}]


async def test_second_miss_guesses_again_then_offers_a_person(say: Say) -> None:
    await say(MISS)
    await say(SOMETHING_ELSE)
    assert await say(MISS) == [GUESSES]
    [answer] = await say(SOMETHING_ELSE)
    assert "talk to a person" in answer
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]


async def test_two_misses_in_a_row_offer_a_person(say: Say) -> None:
    for _ in range(2):
        assert await say(MISS) == [GUESSES]
        [answer] = await say(MISS)
        assert "talk to a person" in answer
        assert await say("/faq_visa") == [{"answer": "faq_visa"}]


async def test_person_can_be_called_from_within_the_loop(say: Say) -> None:
    await say(MISS)
    [answer] = await say("/handoff")
    assert answer.startswith("I have told the team.")
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]


async def test_loop_works_on_both_sides_of_the_boundary(say: Say) -> None:
    for number in range(40):
        for message in itertools.chain([MISS], ["/faq_visa"] * (number % 3 + 1)):
            assert await say(message) == [GUESSES if message == MISS else {"answer": "faq_visa"}]


ARABIC = "\u202e\u0645\u0631\u062d\u0628\u0627"
ODD_TEXTS = ["😀", "x" * 4096, ARABIC, "<b>hi</b>", "/inform{'x': 1}", '/faq_visa{"x": 1}', "\x00", "?"]


@pytest.mark.parametrize("text", ODD_TEXTS)
async def test_any_text_has_an_answer(say: Say, text: str) -> None:
    assert await say(text)
