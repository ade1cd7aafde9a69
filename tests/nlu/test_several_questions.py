import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.several_questions import (
    LISTED,
    SEVERAL,
    QuestionJoiner,
    QuestionSplitter,
    asks,
    parts_of,
    topics_of,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "what docs do i need and do u help with visa? also how much",
            ["what docs do i need", "do u help with visa?", "how much"],
        ),
        ("visa? housing? cost?", ["visa?", "housing?", "cost?"]),
        ("do you have cardiology, can i do 2 weeks", ["do you have cardiology", "can i do 2 weeks"]),
        ("Hello. Is there a fee?", ["Hello. Is there a fee?"]),
        ("how much is it\nwhere is it", ["how much is it", "where is it"]),
        ("do you offer pediatrics and psychiatry", ["do you offer pediatrics and psychiatry"]),
        ("i want to change my visa and housing answers", ["i want to change my visa and housing answers"]),
        (
            "I came. I saw. I went. I ate. I slept. I woke. I left.",
            ["I came. I saw. I went. I ate. I slept. I woke. I left."],
        ),
        ("1. how much is it 2. where is it", ["1. how much is it 2. where is it"]),
        ("i passed in 2021. how much is it", ["i passed in 2021.", "how much is it"]),
        ("?", ["?"]),
        ("", [""]),
    ],
)
def test_a_message_is_split_into_its_questions(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("tell me about visa, housing and cost", ["tell me about visa", "housing", "cost"]),
        ("1. cost 2. visa 3) housing", ["cost", "visa", "housing"]),
        ("visa help / lor", ["visa help", "lor"]),
        ("cost", []),
        ("i finished my studies in 2019 and want to apply", []),
        ("i want to come in march for eight weeks, ok", []),
        ("", []),
        ("hello sir, tell me about visa, housing and cost", ["tell me about visa", "housing", "cost"]),
        ("hi, visa", []),
    ],
)
def test_a_list_is_split_into_its_topics(text: str, topics: list[str]) -> None:
    assert topics_of(text) == topics


@pytest.mark.parametrize(
    ("part", "is_question"),
    [("how much", True), ("visa?", True), ("i need housing", False), ("my name is Ali", False), ("thanks", False)],
)
def test_a_question_is_known_by_its_words(part: str, is_question: bool) -> None:
    assert asks(part) is is_question


def understood(text: str, intent: str, confidence: float = 0.8) -> Message:
    guess = {"name": intent, "confidence": confidence}
    return Message({TEXT: text, INTENT: guess, INTENT_RANKING_KEY: [guess]})


def joined(*messages: Message) -> Message:
    [whole] = QuestionJoiner().process(list(messages))
    return whole


WHOLE = "what docs and how much?"


def test_different_questions_become_several_in_their_order() -> None:
    whole = joined(
        understood(WHOLE, "faq_documents"),
        understood("what docs", "faq_documents"),
        understood("how much?", "faq_cost", 0.6),
    )
    assert whole.get(INTENT) == {"name": SEVERAL, "confidence": 0.6}
    assert [each["answer"] for each in whole.get(SEVERAL)] == ["faq_documents", "faq_cost"]


def test_a_status_and_a_person_count_among_several() -> None:
    whole = joined(
        understood("any news? how much? can i talk to someone?", "handoff"),
        understood("any news?", "check_status"),
        understood("how much?", "faq_cost"),
        understood("can i talk to someone?", "handoff"),
    )
    assert [each["answer"] for each in whole.get(SEVERAL)] == ["check_status", "faq_cost", "handoff"]


def test_a_doing_among_several_is_told_of_and_not_begun() -> None:
    whole = joined(
        understood("can i apply? how much?", "faq_cost"),
        understood("can i apply?", "apply"),
        understood("how much?", "faq_cost"),
    )
    assert [each["answer"] for each in whole.get(SEVERAL)] == ["faq_apply_process", "faq_cost"]


def test_a_question_that_is_not_sure_does_not_count() -> None:
    whole = joined(
        understood(WHOLE, "faq_visa"),
        understood("what docs?", "faq_documents"),
        understood("how?", "faq_cost", 0.4),
    )
    assert whole.get(INTENT)["name"] == "faq_visa"


def listed(*parts: Message) -> list[Message]:
    for part in parts:
        part.set(LISTED, True)
    return [*parts]


def test_a_list_counts_where_each_of_its_topics_is_understood() -> None:
    whole = understood("visa, housing", "nlu_fallback")
    topics = listed(understood("visa", "faq_visa"), understood("housing", "faq_housing"))
    assert [each["answer"] for each in joined(whole, *topics).get(SEVERAL)] == ["faq_visa", "faq_housing"]

    whole = understood("my visa, my name", "edit_application")
    topics = listed(understood("my visa", "faq_visa"), understood("my name", "greet"))
    assert joined(whole, *topics).get(INTENT)["name"] == "edit_application"


def test_the_same_question_twice_is_one() -> None:
    whole = joined(
        understood(WHOLE, "faq_cost"), understood("is it free?", "faq_cost"), understood("how much?", "faq_cost")
    )
    assert whole.get(INTENT)["name"] == "faq_cost"


@pytest.mark.parametrize("given", ["greet", "thanks", "nlu_fallback"])
def test_a_greeting_gives_way_to_the_question_beside_it(given: str) -> None:
    whole = joined(understood(WHOLE, given), understood("salam", "greet"), understood("how much?", "faq_cost"))
    assert whole.get(INTENT)["name"] == "faq_cost"


def test_a_wish_does_not_give_way() -> None:
    whole = joined(understood(WHOLE, "apply"), understood("how much?", "faq_cost"))
    assert whole.get(INTENT)["name"] == "apply"


def test_only_what_is_put_as_a_question_is_looked_at_beside_the_whole() -> None:
    asked = QuestionSplitter().process([Message.build("I like visas. Money too. is housing included?")])
    assert [message.get(TEXT) for message in asked[1:]] == ["is housing included?"]


def test_a_payload_is_not_split() -> None:
    [message] = QuestionSplitter().process([Message.build("/faq_visa and how much?")])
    assert message.get(TEXT) == "/faq_visa and how much?"
