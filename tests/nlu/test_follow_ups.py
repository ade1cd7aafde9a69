import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.follow_ups import NAMED, FollowUps, follow_up


@pytest.mark.parametrize(
    ("text", "topic", "meant"),
    [
        ("and for graduates?", "faq_documents", "faq_documents"),
        ("what about students", "faq_visa", "faq_visa"),
        ("also for my wife?", "faq_housing", "faq_housing"),
        ("how long does that take?", "faq_documents", "faq_timeline"),
        ("ok how long", "faq_apply_process", "faq_timeline"),
        ("how long is it?", "faq_what_are_rotations", "faq_duration_dates"),
        ("and how much is that", "faq_consultation", "faq_cost"),
        ("where?", "faq_specialties", "faq_locations_hospitals"),
        ("where", "faq_housing", "faq_housing"),
        ("when do i send them?", "faq_documents", "faq_timeline"),
        ("how long is a rotation", "faq_documents", None),
        ("do you accept graduates", "faq_documents", None),
        ("is it the same for graduates?", "faq_visa", "faq_visa"),
        ("does that apply for students", "faq_cost", "faq_cost"),
        (f"and for {NAMED}?", "faq_cost", "faq_cost"),
        (f"what about from {NAMED}", "faq_visa", "faq_visa"),
        (f"and {NAMED}?", "faq_cost", None),
        (f"do you have a place for {NAMED}", "faq_cost", None),
        ("thanks", "faq_documents", None),
        ("", "faq_documents", None),
    ],
)
def test_a_follow_up_is_read_by_its_topic(text: str, topic: str, meant: str | None) -> None:
    assert follow_up(text, topic) == meant


def understood(text: str, *events: object) -> str:
    guess = {"name": "nlu_fallback", "confidence": 0.7}
    message = Message({TEXT: text, INTENT: guess, "intent_ranking": [guess]})
    tracker = DialogueStateTracker.from_events("someone", [*events], Domain.empty().slots)
    FollowUps().process([message], tracker)
    return message.get(INTENT)["name"]


ASKED = UserUttered("which documents", {"name": "faq_documents", "confidence": 1.0})
GREETED = UserUttered("hi", {"name": "greet", "confidence": 1.0})


def test_the_topic_is_the_question_before() -> None:
    assert understood("and for graduates?", ASKED) == "faq_documents"


@pytest.mark.parametrize("events", [(), (ASKED, GREETED), (ASKED, SessionStarted()), (ASKED, ActiveLoop("form"))])
def test_without_a_question_before_it_nothing_follows_up(events: tuple[object, ...]) -> None:
    assert understood("and for graduates?", *events) == "nlu_fallback"


def test_a_text_that_is_only_parsed_has_no_topic() -> None:
    message = Message({TEXT: "and for graduates?", INTENT: {"name": "nlu_fallback", "confidence": 0.7}})
    assert FollowUps().process([message], None)[0].get(INTENT)["name"] == "nlu_fallback"


def test_what_was_named_may_be_anything() -> None:
    entity = {"entity": "duration", "value": 8, "start": 8, "end": 15}
    message = Message({TEXT: "and for 8 weeks?", INTENT: {"name": "x", "confidence": 0.6}, ENTITIES: [entity]})
    topic = UserUttered("how much", {"name": "faq_cost", "confidence": 1.0})
    FollowUps().process([message], DialogueStateTracker.from_events("someone", [topic], Domain.empty().slots))
    assert message.get(INTENT)["name"] == "faq_cost"
