"""What must agree, agrees: names that stand in two places, and promises with what keeps them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import yaml

from actions import falling_back, handing_off
from actions import refusals as action_refusals
from actions.server import build_executor
from admissions import answers, documents, schema
from admissions.database import Database
from admissions.errors import Refusal
from admissions.settings import ROOT, Settings
from bot import keyboards, refusals, texts
from bot.handlers.asking import COMMAND_INTENTS
from tests.intents import FAQ, INTENTS, MANY, SMALL_TALK

ANSWERS = answers.read_answers(Settings.model_fields["answers_file"].default)

WITHOUT_A_DOOR = {"admissions.applications.errors"}  # nobody can apply through the bot yet


@cache
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    return loaded


def entries(folder: str, key: str) -> Iterator[Any]:
    for file in sorted((ROOT / "nlu" / "data" / folder).glob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8")).get(key, [])
        yield from content.items() if isinstance(content, dict) else content


@cache
def responses() -> dict[str, Any]:
    return dict(entries("responses", "responses"))


@cache
def examples() -> dict[str, list[str]]:
    return {
        entry["intent"]: [line.removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
        for entry in entries("nlu", "nlu")
        if "intent" in entry
    }


@cache
def synonyms() -> set[str]:
    return {entry["synonym"] for entry in entries("nlu", "nlu") if "synonym" in entry}


def explained_refusals(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    """Every refusal that can be raised: a base that gathers others is none."""
    for subject in schema.SUBJECTS:
        import_module(f"admissions.{subject}")
    below = kind.__subclasses__()
    return [leaf for each in below for leaf in explained_refusals(each)] if below else [kind]


def test_the_domain_names_every_public_intent() -> None:
    assert set(domain()["intents"]) == set(INTENTS)


def test_the_domain_names_every_registered_action_and_no_other() -> None:
    registered = build_executor(Database("sqlite+aiosqlite://"), lambda: datetime.now(UTC)).actions
    assert set(domain()["actions"]) == set(registered)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples(intent: str) -> None:
    enough = 12 if intent in SMALL_TALK else 150 if intent in MANY else 25
    assert len(set(examples()[intent])) >= enough


def test_no_example_stands_under_two_intents() -> None:
    owners: dict[str, set[str]] = {}
    for intent, lines in examples().items():
        for line in lines:
            owners.setdefault(line.lower().strip(" .?!"), set()).add(intent)
    assert {line: intents for line, intents in owners.items() if len(intents) > 1 and line} == {}


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_a_rule(intent: str) -> None:
    begun = [step["intent"] for rule in entries("rules", "rules") for step in rule["steps"] if "intent" in step]
    assert begun.count(intent) == 1


@pytest.mark.parametrize("intent", FAQ)
def test_every_question_has_an_answer_that_rests_on_facts(intent: str) -> None:
    answer = ANSWERS.answers[intent]
    assert set(answer.facts) <= set(answers.read_facts())
    assert answer.facts
    assert answer.source
    assert answer.checked_on <= datetime.now(UTC).date()


@pytest.mark.parametrize("intent", FAQ)
def test_every_question_is_on_the_list_of_topics(intent: str) -> None:
    topic = ANSWERS.answers[intent].topic
    assert topic
    assert len(f"{keyboards.TOPIC}{topic}".encode()) <= 64


def test_every_answer_that_rasa_names_exists() -> None:
    customs = [variant["custom"] for each in responses().values() for variant in each if "custom" in variant]
    named = {custom["answer"] for custom in customs if "answer" in custom}
    assert named <= set(ANSWERS.answers)
    assert set(FAQ) - {"faq_specialties"} <= named


def test_every_button_of_rasas_leads_to_an_intent() -> None:
    buttons = [
        button for each in responses().values() for variant in each for button in variant.get("buttons", [])
    ]
    assert {button["payload"].removeprefix("/") for button in buttons} <= set(INTENTS)
    assert all(len(button["payload"].encode()) <= 64 for button in buttons)


def test_every_guess_can_be_put_into_words() -> None:
    guessed = set(INTENTS) - falling_back.NEVER_GUESSED
    assert guessed <= set(texts.INTENTS) | set(ANSWERS.answers)


def test_every_specialty_with_an_answer_is_understood() -> None:
    told_about = {name for specialties in ANSWERS.specialties.values() for name in specialties}
    assert told_about <= synonyms()


def test_every_refusal_is_explained_to_the_applicant() -> None:
    for refusal in explained_refusals():
        if refusal.__module__ in WITHOUT_A_DOOR:
            continue
        assert refusals.explain.dispatch(refusal) is not refusals.explain.dispatch(Refusal), refusal


def test_every_state_of_a_document_has_words() -> None:
    assert set(texts.DOCUMENT_LINES) == set(documents.DocumentState)


def test_every_document_fits_on_a_button() -> None:
    longest = max(len(kind.encode()) for kind in documents.DocumentKind)
    assert len(keyboards.SORT) + len(str(2**63)) + 1 + longest <= 64


def test_every_explanation_of_an_action_is_a_response() -> None:
    explained = [each() for each in action_refusals.explain.registry if each not in (Refusal, object)]
    assert explained
    assert {action_refusals.explain(refusal) for refusal in explained} <= set(responses())


def test_every_reason_to_hand_off_is_an_intent_and_has_words_for_staff() -> None:
    assert set(handing_off.REASONS) <= set(INTENTS)
    assert set(handing_off.REASONS.values()) == set(texts.HANDOFF_WISHES)


def test_every_command_of_an_intent_is_announced_and_leads_to_it() -> None:
    assert set(COMMAND_INTENTS) <= set(texts.COMMANDS)
    assert set(COMMAND_INTENTS.values()) <= set(INTENTS)


def test_every_setting_is_in_the_example_file() -> None:
    shown = (ROOT / ".env.example").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"{name.upper()}=" not in shown] == []
