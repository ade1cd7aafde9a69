"""What Rasa decides, message by message; the action server is faked at its HTTP call."""

import itertools
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from aiohttp import ClientConnectionError
from rasa.core.agent import Agent
from rasa.core.channels import CollectingOutputChannel, UserMessage
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from nlu.components.tracker_store import RollingSQLTrackerStore

MISS = "/nlu_fallback"
SOMETHING_ELSE = "/out_of_scope"
GUESSES = {"guesses": ["faq_visa", "apply", "faq_cost"]}

FORM = "application_form"
QUESTIONS = yaml.safe_load(Path("domain.yml").read_text())["forms"][FORM]["required_slots"]
WRONG = "a wrong answer"
ANSWER = "an answer, say"

Answer = list[str | dict[str, Any]]
Say = Callable[[str], Awaitable[Answer]]


class ActionServer(EndpointConfig):
    """Answers each custom action of domain.yml as the real one does.

    Attributes:
        asked: Which question each applicant is to answer; the database's part. None: every one is answered.
        paused: Who has stopped for now.
        is_down: Whether it is out of reach.
    """

    def __init__(self) -> None:
        super().__init__("http://actions.invalid/webhook", enable_selective_domain=True)
        self.requests: list[dict[str, Any]] = []
        self.asked: dict[str, str | None] = {}
        self.paused: set[str] = set()
        self.is_down = False

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any]:
        if self.is_down:
            raise ClientConnectionError
        self.requests.append(json)
        return getattr(self, json["next_action"])(json["tracker"])

    def action_answer_several(self, tracker: dict[str, Any]) -> dict[str, Any]:
        asked = tracker["latest_message"].get("several_questions")
        return {"responses": [{"custom": {"answers": asked}} if asked else {"response": "utter_help"}]}

    def action_answer_specialties(self, tracker: dict[str, Any]) -> dict[str, Any]:
        found = [entity["value"] for entity in tracker["latest_message"]["entities"]]
        return {"responses": [{"custom": {"answer": "faq_specialties", "specialties": found}}]}

    def action_hand_off(self, tracker: dict[str, Any]) -> dict[str, Any]:
        intent = tracker["latest_message"]["intent"]["name"]
        reason = "asked" if intent == "handoff" else intent
        return {"responses": [{"response": f"utter_handoff_{reason}"}]}

    def action_default_ask_affirmation(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"responses": [{"custom": GUESSES}]}

    def action_default_fallback(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"responses": [{"response": "utter_offer_person"}], "events": [{"event": "rewind"}]}

    def action_session_start(self, tracker: dict[str, Any]) -> dict[str, Any]:
        """Begin as Rasa itself does; whoever was answering a question is answering it still."""
        sender, form = tracker["sender_id"], []
        if self.asked.get(sender) and sender not in self.paused:
            form = [{"event": "active_loop", "name": FORM}, slot("requested_slot", self.asked[sender])]
        return {"events": [{"event": "session_started"}, *form, {"event": "action", "name": "action_listen"}]}

    def validate_application_form(self, tracker: dict[str, Any]) -> dict[str, Any]:
        sender, asked = tracker["sender_id"], tracker["slots"]["requested_slot"]
        message = tracker["latest_message"]
        intent = message["intent"]["name"]
        if asked is None or intent in {"apply", "resume_application"}:
            self.paused.discard(sender)
            return {"events": ask(asked, self.asked.setdefault(sender, QUESTIONS[0]))}
        if intent == "goodbye":
            self.paused.add(sender)
            paused = [slot(asked, "answered"), slot("requested_slot", None)]
            return {"responses": [{"response": "utter_application_paused"}], "events": paused}
        if intent.startswith("faq_") or intent in {
            "several_questions",
            "handoff",
            "edit_application",
            "withdraw_application",
        }:
            return {"events": [slot("requested_slot", asked)]}
        if message["text"] == WRONG:
            failures = int(tracker["slots"]["failures"] or 0) + 1
            refused = [slot(asked, None), slot("failures", failures), slot("requested_slot", asked)]
            why = [{"custom": {"why": asked}}] if failures > 1 else []
            return {"responses": [{"response": "utter_refused_email_invalid"}, *why], "events": refused}
        self.asked[sender] = following(asked)
        return {"events": ask(asked, self.asked[sender])}

    def action_edit_application(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"responses": [{"custom": {"review": True}}]}

    def action_close_application_form(self, tracker: dict[str, Any]) -> dict[str, Any]:
        done = self.asked[tracker["sender_id"]] is None
        return {"responses": [{"custom": {"review": True}}] if done else []}


def slot(name: str, value: object) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def ask(asked: str | None, question: str | None) -> list[dict[str, Any]]:
    done = [slot(asked, "answered")] if asked else []
    return [*done, slot("failures", None), slot("requested_slot", question)]


def following(question: str) -> str | None:
    place = QUESTIONS.index(question) + 1
    return QUESTIONS[place] if place < len(QUESTIONS) else None


@pytest.fixture(scope="session")
def server() -> ActionServer:
    return ActionServer()


@pytest.fixture
def actions(server: ActionServer) -> Iterator[ActionServer]:
    yield server
    server.is_down = False


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> RollingSQLTrackerStore:
    return RollingSQLTrackerStore(
        domain=Domain.empty(), host=f"sqlite:///{tmp_path_factory.mktemp('dialogue')}/conversations.db"
    )


@pytest.fixture(scope="session")
def agent(model: Path, server: ActionServer, store: RollingSQLTrackerStore) -> Agent:
    return Agent.load(os.fspath(model), action_endpoint=server, tracker_store=store)


@pytest.fixture
def sender(request: pytest.FixtureRequest) -> str:
    """Has a conversation of this test's own."""
    return f"{request.node.nodeid}"[-200:]


@pytest.fixture
def say(agent: Agent, sender: str) -> Say:
    """Writes one message of the conversation."""

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
    await say("/greet")  # begins the session, which is a custom action
    before = len(actions.requests)
    assert await say(f"/{intent}") == [{"answer": intent}]
    assert len(actions.requests) == before, "a question needs no custom action"


async def test_specialties_are_read_from_the_message(say: Say) -> None:
    assert await say("do you offer pediatrics or obgyn rotations") == [
        {"answer": "faq_specialties", "specialties": ["Pediatrics", "Obstetrics and Gynecology"]}
    ]
    assert await say("which specialties do you have") == [{"answer": "faq_specialties", "specialties": []}]


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        ("handoff", "I have told the team"),
        ("frustrated", "I have told the team"),
        ("my_data", "Send /mydata, and I send you a copy of your data here. I have also told the team"),
        ("delete_data", "Send /forget, and I remove your data. I ask you twice before. I have also told the team"),
    ],
)
async def test_person_is_called(say: Say, actions: ActionServer, intent: str, words: str) -> None:
    [answer] = await say(f"/{intent}")
    assert words in answer
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
    assert "I have told the team" in answer
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


async def test_every_question_of_the_application_is_asked_in_turn(say: Say) -> None:
    assert await say("/apply") == [{"ask": QUESTIONS[0]}]
    for question in QUESTIONS[1:]:
        assert await say(ANSWER) == [{"ask": question}]
    assert await say(ANSWER) == [{"review": True}]
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]


async def test_all_that_is_answered_is_shown_at_once(say: Say, actions: ActionServer, sender: str) -> None:
    actions.asked[sender] = None
    for _ in range(2):
        assert await say("/apply") == [{"review": True}]
        assert await say("/faq_visa") == [{"answer": "faq_visa"}]


@pytest.mark.parametrize("intent", FAQ)
async def test_question_in_the_form_is_answered_and_the_step_asked_again(say: Say, intent: str) -> None:
    await say("/apply")
    for _ in range(2):
        assert await say(f"/{intent}") == [{"answer": intent}, {"ask": QUESTIONS[0]}]
    assert await say(ANSWER) == [{"ask": QUESTIONS[1]}]


async def test_question_of_specialties_in_the_form_is_answered(say: Say) -> None:
    await say("/apply")
    assert await say("do you offer pediatrics rotations") == [
        {"answer": "faq_specialties", "specialties": ["Pediatrics"]},
        {"ask": QUESTIONS[0]},
    ]


async def test_person_is_called_from_within_the_form(say: Say) -> None:
    await say("/apply")
    told, asked = await say("/handoff")
    assert "I have told the team" in told
    assert asked == {"ask": QUESTIONS[0]}


@pytest.mark.parametrize(("intent", "shown"), [("edit", "review"), ("withdraw", "withdraw")])
async def test_application_can_be_seen_from_within_the_form(say: Say, intent: str, shown: str) -> None:
    await say("/apply")
    assert await say(f"/{intent}_application") == [{shown: True}, {"ask": QUESTIONS[0]}]


async def test_message_that_is_not_understood_is_an_answer_in_the_form(say: Say) -> None:
    await say("/apply")
    for question in QUESTIONS[1:3]:
        assert await say(MISS) == [{"ask": question}]


async def test_wrong_answer_is_refused_and_asked_again(say: Say) -> None:
    await say("/apply")
    refused, asked = await say(WRONG)
    assert "e-mail" in refused
    assert asked == {"ask": QUESTIONS[0]}
    assert (await say(WRONG))[1:] == [{"why": QUESTIONS[0]}, {"ask": QUESTIONS[0]}]
    assert await say(ANSWER) == [{"ask": QUESTIONS[1]}]
    assert len(await say(WRONG)) == 2, "each question is answered in vain by itself"


@pytest.mark.parametrize("again", ["/resume_application", "/apply"])
async def test_goodbye_pauses_the_application(say: Say, again: str) -> None:
    await say("/apply")
    await say(ANSWER)
    [paused] = await say("/goodbye")
    assert "Everything is saved" in paused
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]
    assert await say(again) == [{"ask": QUESTIONS[1]}]
    assert await say(ANSWER) == [{"ask": QUESTIONS[2]}]


async def test_apply_within_the_form_asks_the_same(say: Say) -> None:
    await say("/apply")
    await say(ANSWER)
    assert await say("/apply") == [{"ask": QUESTIONS[1]}]
    assert await say(ANSWER) == [{"ask": QUESTIONS[2]}]


async def test_wiped_conversation_goes_on_with_the_form(
    say: Say, store: RollingSQLTrackerStore, sender: str
) -> None:
    await say("/apply")
    await say(ANSWER)
    wipe(store, sender)
    assert await say(ANSWER) == [{"ask": QUESTIONS[2]}]
    wipe(store, sender)
    assert await say("/faq_visa") == [{"answer": "faq_visa"}, {"ask": QUESTIONS[2]}]
    wipe(store, sender)
    assert (await say(WRONG))[1:] == [{"ask": QUESTIONS[2]}]
    wipe(store, sender)
    assert len(await say("/goodbye")) == 1
    wipe(store, sender)
    assert await say("/faq_visa") == [{"answer": "faq_visa"}], "who has stopped is not asked"


async def test_expired_session_goes_on_with_the_form(
    say: Say, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.processor, "_has_session_expired", lambda _: True)
    assert await say("/apply") == [{"ask": QUESTIONS[0]}]
    for question in QUESTIONS[1:]:
        assert await say(ANSWER) == [{"ask": question}]
        assert await say("/faq_visa") == [{"answer": "faq_visa"}, {"ask": question}]
    assert await say(ANSWER) == [{"review": True}]
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]


async def test_form_works_on_both_sides_of_the_boundary(say: Say) -> None:
    await say("/apply")
    for number in range(60):
        question = QUESTIONS[number // 20]
        assert await say("/faq_visa") == [{"answer": "faq_visa"}, {"ask": question}]
        if number % 20 == 19:
            assert await say(ANSWER) == [{"ask": following(question)}]


@pytest.mark.parametrize("first", ["/faq_visa", MISS, "/handoff", "/apply"])
async def test_conversation_can_begin_with_the_action_server_down(
    say: Say, actions: ActionServer, first: str
) -> None:
    actions.is_down = True
    heard = await say(first)
    assert heard == ([{"answer": "faq_visa"}] if first == "/faq_visa" else []), "the bot says what to do instead"
    assert await say("/faq_cost") == [{"answer": "faq_cost"}]
    actions.is_down = False
    assert await say("/apply") == [{"ask": QUESTIONS[0]}]
    assert await say(ANSWER) == [{"ask": QUESTIONS[1]}]


@pytest.mark.parametrize("message", [MISS, "/handoff", "/apply", "/goodbye", "how do i cook rice"])
async def test_conversation_goes_on_after_the_action_server_was_down(
    say: Say, actions: ActionServer, message: str
) -> None:
    await say("/greet")
    for _ in range(2):
        actions.is_down = True
        for _ in range(3):
            await say(message)
        assert await say("/faq_visa") == [{"answer": "faq_visa"}]
        actions.is_down = False
        assert await say("/faq_cost") == [{"answer": "faq_cost"}]
        assert await say(MISS) == [GUESSES]
        assert await say("/faq_cost") == [{"answer": "faq_cost"}]


async def test_guesses_go_on_after_the_action_server_was_down(say: Say, actions: ActionServer) -> None:
    await say(MISS)
    actions.is_down = True
    for _ in range(3):
        await say(MISS)
    assert await say("/faq_visa") == [{"answer": "faq_visa"}]
    actions.is_down = False
    assert await say(MISS) == [GUESSES]


async def test_form_goes_on_after_the_action_server_was_down(
    say: Say, agent: Agent, actions: ActionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say("/apply")
    for question in QUESTIONS[1:4]:
        actions.is_down = True
        assert await say(ANSWER) == [], "it cannot be stored, and the bot says so"
        with monkeypatch.context() as patch:
            patch.setattr(agent.processor, "_has_session_expired", lambda _: True)
            assert await say(ANSWER) == []
        actions.is_down = False
        assert await say(ANSWER) == [{"ask": question}]


@pytest.mark.parametrize("intent", ["faq_visa", "faq_specialties"])
async def test_question_in_the_form_is_answered_with_the_action_server_down(
    say: Say, actions: ActionServer, intent: str
) -> None:
    await say("/apply")
    await say(ANSWER)
    actions.is_down = True
    for _ in range(2):
        assert await say(f"/{intent}") == [{"answer": intent}, {"ask": QUESTIONS[1]}]
        assert await say(ANSWER) == [], "it cannot be stored, and the bot says so"
    actions.is_down = False
    assert await say(ANSWER) == [{"ask": QUESTIONS[2]}]


async def test_question_of_specialties_is_answered_with_the_action_server_down(
    say: Say, actions: ActionServer
) -> None:
    actions.is_down = True
    assert await say("/faq_specialties") == [{"answer": "faq_specialties"}]


def wipe(store: RollingSQLTrackerStore, sender: str) -> None:
    with store.engine.begin() as connection:
        gone = connection.execute(sa.text("DELETE FROM events WHERE sender_id = :sender"), {"sender": sender})
    assert gone.rowcount


async def test_several_questions_are_answered_in_their_order(say: Say) -> None:
    assert await say("what docs do i need and do u help with visa? also how much") == [
        {
            "answers": [
                {"answer": "faq_documents", "specialties": [], "documents": []},
                {"answer": "faq_visa", "specialties": [], "documents": []},
                {"answer": "faq_cost", "specialties": [], "documents": []},
            ]
        }
    ]


@pytest.mark.parametrize("text", ["hello sir, how much does a rotation cost?", "Good day. How much does it cost?"])
async def test_a_greeting_with_a_question_answers_the_question(say: Say, text: str) -> None:
    assert await say(text) == [{"answer": "faq_cost"}]


async def test_a_question_goes_on_with_the_last_one(say: Say) -> None:
    await say("/faq_documents")
    assert await say("and for graduates?") == [{"answer": "faq_documents"}]
    assert await say("how long does that take?") == [{"answer": "faq_timeline"}]


async def test_several_questions_in_the_form_are_answered_and_the_step_asked_again(
    say: Say,
) -> None:
    await say("/apply")
    told, asked = await say("do you help with visa? how much does it cost?")
    assert [each["answer"] for each in told["answers"]] == ["faq_visa", "faq_cost"]
    assert asked == {"ask": QUESTIONS[0]}
