import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.bare_entity_classifier import BareEntityClassifier

CONFIG = {
    "intents": {"reference": "check_status", "specialty": "faq_specialties", "country": "faq_requirements"},
    "telling": ["reference"],
}


def understood(text: str, given: str = "greet", *, in_form: bool = False, **named: str) -> str:
    guess = {"name": given, "confidence": 0.6}
    entities = [
        {"entity": kind, "value": words, "start": text.index(words), "end": text.index(words) + len(words)}
        for kind, words in named.items()
    ]
    message = Message({TEXT: text, INTENT: guess, INTENT_RANKING_KEY: [guess], ENTITIES: entities})
    events = [ActiveLoop("application_form")] if in_form else []
    tracker = DialogueStateTracker.from_events("someone", events, Domain.empty().slots)
    BareEntityClassifier(CONFIG).process([message], tracker)
    assert message.get(INTENT_RANKING_KEY)[0] == message.get(INTENT)
    return message.get(INTENT)["name"]


@pytest.mark.parametrize(
    ("text", "named", "intent"),
    [
        ("peds?", {"specialty": "peds"}, "faq_specialties"),
        ("and for nigeria?", {"country": "nigeria"}, "faq_requirements"),
        ("hmc-7K4M-WQ3X pls", {"reference": "7K4M-WQ3X"}, "check_status"),
        ("peds in nigeria", {"specialty": "peds", "country": "nigeria"}, "faq_specialties"),
        ("im from nigeria", {"country": "nigeria"}, "greet"),
        ("i need a visa for peds", {"specialty": "peds"}, "greet"),
        ("hello", {}, "greet"),
        ("", {}, "greet"),
    ],
)
def test_a_message_that_only_names_something_is_asked_about_that(
    text: str, named: dict[str, str], intent: str
) -> None:
    assert understood(text, **named) == intent


def test_a_reference_tells_enough_where_nothing_else_was_understood() -> None:
    asked = "please see for me this 7K4M-WQ3X"
    assert understood(asked, "nlu_fallback", reference="7K4M-WQ3X") == "check_status"
    assert understood(asked, "goodbye", reference="7K4M-WQ3X") == "check_status", "only its letters are like one"
    assert understood(asked, "handoff", reference="7K4M-WQ3X") == "handoff"


def test_a_country_does_not() -> None:
    assert understood("please see nigeria", "nlu_fallback", country="nigeria") == "nlu_fallback"


def test_in_a_form_a_reference_may_be_asked_about_without_a_mark() -> None:
    assert understood("what about 7K4M-WQ3X", in_form=True, reference="7K4M-WQ3X") == "check_status"
    assert understood("may peds", in_form=True, specialty="peds") == "greet"


def test_in_a_form_it_is_an_answer_unless_it_is_put_as_a_question() -> None:
    assert understood("peds", in_form=True, specialty="peds") == "greet"
    assert understood("peds?", in_form=True, specialty="peds") == "faq_specialties"


def test_a_text_that_is_only_parsed_belongs_to_no_form() -> None:
    message = Message.build("hello")
    assert BareEntityClassifier(CONFIG).process([message], None) == [message]
