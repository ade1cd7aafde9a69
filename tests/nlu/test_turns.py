"""What the channel tells of a message beside the replies."""

import os
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels import CollectingOutputChannel
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered

from nlu.components.turns import Turn, remember_what_is_understood
from tests.nlu.test_dialogue import ANSWER, WRONG, ActionServer


@pytest.fixture(scope="module")
def agent(model: Path) -> Agent:
    remember_what_is_understood()
    store = InMemoryTrackerStore(Domain.empty())
    return Agent.load(os.fspath(model), action_endpoint=ActionServer(), tracker_store=store)


async def understood(agent: Agent, sender: str, text: str, **more: Any) -> dict[str, Any] | None:
    turn = Turn(text, CollectingOutputChannel(), sender, **more)
    await agent.handle_message(turn)
    return turn.understood()


async def test_the_intent_and_three_guesses_are_told(agent: Agent) -> None:
    told = await understood(agent, "asks", "how much does it cost")
    assert told is not None
    assert told["intent"] == "faq_cost"
    assert told["guesses"][0][0] == "faq_cost"
    assert len(told["guesses"]) == 3


async def test_the_guess_behind_a_fallback_is_told(agent: Agent) -> None:
    told = await understood(agent, "mumbles", "my cousin said something about it")
    assert told is not None
    assert told["intent"] == "nlu_fallback"
    assert "nlu_fallback" not in dict(told["guesses"])


async def test_a_follow_up_is_told_as_what_it_goes_on_with(agent: Agent) -> None:
    await understood(agent, "goes on", "which documents do i need")
    told = await understood(agent, "goes on", "and for graduates?")
    assert told is not None
    assert told["intent"] == "faq_documents"


@pytest.mark.parametrize("text", [ANSWER, WRONG])
async def test_what_a_form_takes_is_not_told(agent: Agent, text: str) -> None:
    await understood(agent, text, "/apply")
    assert await understood(agent, text, text) is None


async def test_what_a_form_leaves_to_another_rule_is_told(agent: Agent) -> None:
    await understood(agent, "applies", "/apply")
    told = await understood(agent, "applies", "how much does it cost")
    assert told is not None
    assert told["intent"] == "faq_cost"


async def test_a_message_is_parsed_once_and_keeps_its_metadata(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    parse = MessageProcessor._parse_message_with_graph

    def count(self: MessageProcessor, message: Turn, *more: Any) -> Any:
        parsed.append(message.text)
        return parse(self, message, *more)

    monkeypatch.setattr(MessageProcessor, "_parse_message_with_graph", count)
    await understood(agent, "once", "how much does it cost", metadata={"turn": "7"})
    assert parsed == ["how much does it cost"]
    tracker = await agent.tracker_store.retrieve("once")
    [message] = [event for event in tracker.events if isinstance(event, UserUttered)]
    assert message.metadata["turn"] == "7"
