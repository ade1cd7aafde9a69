import pytest
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from nlu.components.country_extractor import CountryExtractor

NAMED = {
    # plain, and as people call them
    "do you accept students from Nigeria?": ["NG"],
    "im from india": ["IN"],
    "i am indian doctor": ["IN"],
    "i am from pakistan do i need visa": ["PK"],
    "PAKISTAN": ["PK"],
    "oman or qatar": ["OM", "QA"],
    "i live in UAE": ["AE"],
    "ksa": ["SA"],
    "Saudi Arabia!": ["SA"],
    "southafrica": ["ZA"],
    "South African img": ["ZA"],
    "from the netherlands": ["NL"],
    "Côte d'Ivoire": ["CI"],
    "ivory coast": ["CI"],
    "Türkiye": ["TR"],
    "España": ["ES"],
    "bosnia and herzegovina": ["BA"],
    "papua new guinea": ["PG"],
    "nigerien or nigerian": ["NE", "NG"],
    # slips of the pen
    "i am from pakstan": ["PK"],
    "phillipines": ["PH"],
    "banglades": ["BD"],
    "from Nigera": ["NG"],
    "ethopia": ["ET"],
    # names that are other words, too
    "turkey": ["TR"],
    "i am from turkey": ["TR"],
    "georgia": ["GE"],
    "do you take doctors from georgia": ["GE"],
    "georgian citizen": ["GE"],
    "chad": ["TD"],
    "from jordan": ["JO"],
    "rotation in the US": ["US"],
    "us citizen": ["US"],
    "i am an american img": ["US"],
    "i am english doctor": ["GB"],
    "german passport": ["DE"],
    "polish citizenship": ["PL"],
    # something else
    "rotation in georgia": [],
    "new mexico": [],
    "dr jordan here": [],
    "my name is chad": [],
    "tell us about it": [],
    "give us a chance": [],
    "MAY I ASK US": [],
    "my english is good": [],
    "english proficiency": [],
    "i speak german, native french": [],
    "taught in english": [],
    "when i finish": [],
    "i believe": [],
    "polish my cv": [],
    "may i ask": [],
    "step 2 score 245": [],
    "can i do im or fm": [],
    "man": [],
    # several may be meant: the core asks back
    "congo": [],
    "korea": [],
    "america": [],
    "": [],
}


def countries(text: str) -> list[str]:
    message = Message.build(text)
    CountryExtractor().process([message])
    return [entity["value"] for entity in message.get(ENTITIES)]


@pytest.mark.parametrize(("text", "codes"), NAMED.items())
def test_countries_are_found(text: str, codes: list[str]) -> None:
    assert countries(text) == codes


def test_entity_says_where_and_how_sure() -> None:
    message = Message.build("i am from pakstan sir")
    CountryExtractor().process([message])
    [entity] = message.get(ENTITIES)
    assert entity == {
        "entity": "country",
        "value": "PK",
        "start": 10,
        "end": 17,
        "confidence": 1 - 1 / 7,
        "extractor": "CountryExtractor",
    }
