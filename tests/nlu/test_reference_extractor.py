from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from nlu.components.reference_extractor import ReferenceExtractor

# What is found, and what is not, stands in a table in tests/unit/test_references.py.


def test_a_reference_is_given_as_it_was_issued() -> None:
    message = Message.build("any news on hmc-7k4m wq3x pls, next week?")
    ReferenceExtractor().process([message])
    assert message.get(ENTITIES) == [
        {
            "entity": "reference",
            "value": "7K4M-WQ3X",
            "start": 16,
            "end": 25,
            "confidence": 1.0,
            "extractor": "ReferenceExtractor",
        }
    ]
