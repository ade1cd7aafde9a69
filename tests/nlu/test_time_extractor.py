from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from nlu.components.time_extractor import TimeExtractor

# What is found, and what is not, stands in a table in tests/unit/dates/test_mentions.py.


def test_a_date_keeps_its_words_and_a_length_is_counted_in_weeks() -> None:
    message = Message.build("i want 3 months from febuary 2027")
    TimeExtractor().process([message])
    assert [(each["entity"], each["value"], each["start"], each["end"]) for each in message.get(ENTITIES)] == [
        ("duration", 12, 7, 15),
        ("date", "febuary 2027", 21, 33),
    ]


def test_a_message_without_either_has_no_entity() -> None:
    message = Message.build("may i ask, step 2 score 245")
    TimeExtractor().process([message])
    assert message.get(ENTITIES) == []
