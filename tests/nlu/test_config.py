import importlib
import re
from pathlib import Path

import pytest
import yaml
from rasa.core.channels.telegram import TelegramOutput
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import ConnectionException
from rasa.utils.endpoints import EndpointConfig

from nlu.components.failed_actions import ANSWERS_INSTEAD
from tests.nlu.conftest import run_rasa

TENSORFLOW = {
    "DIETClassifier",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "ConveRTFeaturizer",
    "LanguageModelFeaturizer",
}
SAID_BY_ACTIONS = {
    *("utter_application_paused", "utter_offer_person", "utter_welcome_back"),
    *ANSWERS_INSTEAD.values(),
}
SAID_BY_ACTIONS_OR_THE_FORM = ("utter_ask_", "utter_handoff_", "utter_not_yet_eligible_", "utter_refused_")
PUT_TOGETHER = {"several_questions"}
CUSTOM_KEYS = {"answer", "ask", "checklist", "consultation", "menu", "review", "status", "unclear", "withdraw"}


def read(path: str) -> dict:
    return yaml.safe_load(Path(path).read_text())


def responses() -> dict[str, list[dict]]:
    return {
        name: variations
        for path in Path("nlu/data/responses").glob("*.yml")
        for name, variations in read(str(path))["responses"].items()
    }


def test_no_component_needs_tensorflow() -> None:
    config = read("config.yml")
    used = {component["name"].rsplit(".", 1)[-1] for component in config["pipeline"] + config["policies"]}
    assert not used & TENSORFLOW


@pytest.mark.parametrize(
    "name",
    [
        "aiogram.Bot",
        "boto3.client",
        "google.oauth2.id_token.verify_token",
        "jwt.decode",
        "matplotlib.pyplot.subplots",
        "pymongo.MongoClient",
        "slack_sdk.web.async_client.AsyncWebClient",
        "socketio.AsyncServer",
        "tensorflow.keras.layers.Dense",
        "twilio.rest.Client",
    ],
)
def test_a_library_that_is_left_out_says_so_when_used(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    with pytest.raises(NotImplementedError, match=f"{name} is a stand-in"):
        getattr(importlib.import_module(module), attribute)("anything")


def test_a_channel_whose_library_is_left_out_says_so() -> None:
    with pytest.raises(NotImplementedError, match=r"aiogram\.Bot is a stand-in"):
        TelegramOutput("token")


def test_a_store_out_of_reach_is_reported_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa lists errors of boto3 and pymongo beside the one that was raised."""

    def refuse(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("rasa.core.tracker_store.create_tracker_store", refuse)
    with pytest.raises(ConnectionException, match="Cannot connect to tracker store"):
        TrackerStore.create(EndpointConfig(type="sql"))


def test_training_data_is_valid() -> None:
    validation = run_rasa(
        "data", "validate", "--config", "config.yml", "--domain", "domain.yml", "--data", "nlu/data"
    )
    output = validation.stdout + validation.stderr
    assert validation.returncode == 0, output
    warnings = set(re.findall(r"UserWarning: (.*)", output))
    warnings -= {
        each for each in warnings if any(f"The intent '{name}' is listed" in each for name in PUT_TOGETHER)
    }
    unused = re.compile(r"The utterance '(\w+)' is not used in any story or rule\.")
    for warning in sorted(warnings):
        if any(
            f"intent '{intent}' is listed in the domain file, but is not found" in warning
            for intent in PUT_TOGETHER
        ):
            continue
        if found := unused.match(warning):
            name = found[1]
            assert name in SAID_BY_ACTIONS or name.startswith(SAID_BY_ACTIONS_OR_THE_FORM), warning
        else:
            pytest.fail(warning)


def test_every_intent_has_a_rule() -> None:
    with_rule = {
        step["intent"]
        for path in Path("nlu/data/rules").glob("*.yml")
        for rule in read(str(path))["rules"]
        for step in rule["steps"]
        if "intent" in step
    }
    assert with_rule == {*read("domain.yml")["intents"], "nlu_fallback"}


def test_every_intent_has_examples() -> None:
    counts = {
        section["intent"]: len(section["examples"].splitlines())
        for path in Path("nlu/data/nlu").glob("*.yml")
        for section in read(str(path))["nlu"]
        if "intent" in section
    }
    assert set(counts) == {*read("domain.yml")["intents"]} - PUT_TOGETHER
    assert {intent: count for intent, count in counts.items() if count < 12} == {}


def test_buttons_send_intents() -> None:
    intents = {f"/{intent}" for intent in Domain.load("domain.yml").intents}
    payloads = {
        button["payload"]
        for variations in responses().values()
        for variation in variations
        for button in variation.get("buttons", [])
    }
    assert payloads <= intents


def test_custom_responses_keep_to_the_contract() -> None:
    for name, variations in responses().items():
        for variation in variations:
            custom = variation.get("custom", {})
            assert set(custom) <= CUSTOM_KEYS, name
            assert custom.get("answer", "faq_visa") in read("domain.yml")["intents"], name


def test_every_question_of_the_form_is_asked() -> None:
    domain = read("domain.yml")
    asked = {
        name: variations[0]["custom"]["ask"]
        for name, variations in responses().items()
        if "ask" in variations[0].get("custom", {})
    }
    questions = domain["forms"]["application_form"]["required_slots"]
    assert asked == {f"utter_ask_{question}": question for question in questions}
    assert set(domain["slots"]) == {*questions, "failures"}


def test_texts_are_plain() -> None:
    for name, variations in responses().items():
        for variation in variations:
            text = re.sub(r"\{\w+\}", "it", variation.get("text", ""))
            assert not re.search(r"[<>*_`{}]|\d\s*%|\$", text), name
