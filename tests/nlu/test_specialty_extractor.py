import json
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from nlu.components.specialty_extractor import SpecialtyExtractor

IM, FM, PEDS, SURGERY = "Internal Medicine", "Family Medicine", "Pediatrics", "Surgery"
PSYCH, OBGYN, EM = "Psychiatry", "Obstetrics and Gynecology", "Emergency Medicine"
PMR, ID, GI = "Physical Medicine and Rehabilitation", "Infectious Disease", "Gastroenterology"


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> SpecialtyExtractor:
    """Trained, and loaded again as a running assistant does."""
    storage, resource = LocalModelStorage(tmp_path_factory.mktemp("model")), Resource("specialties")
    data = load_data(str(Path("nlu/data/nlu/specialty_synonyms.yml")))
    SpecialtyExtractor.create({}, storage, resource, None).train(data)
    return SpecialtyExtractor.load({}, storage, resource, None)


def specialties(extractor: SpecialtyExtractor, text: str) -> list[str]:
    message = Message.build(text)
    extractor.process([message])
    return [entity["value"] for entity in message.get(ENTITIES)]


NAMED = {
    # plain, and as people call it
    "do you offer internal medicine?": [IM],
    "Family Medicine rotation in May": [FM],
    "peds rotation": [PEDS],
    "is paediatrics possible": [PEDS],
    "general surgery please": [SURGERY],
    "gen surg electives": [SURGERY],
    "I love psych": [PSYCH],
    "obgyn?": [OBGYN],
    "OB/GYN": [OBGYN],
    "ob-gyn or nothing": [OBGYN],
    "obs and gynae rotation": [OBGYN],
    "obstetrics & gynecology": [OBGYN],
    "cardio rotation available": ["Cardiology"],
    "heme onc": ["Oncology"],
    "is PM&R among your rotations": [PMR],
    "pm&r rotation": [PMR],
    "physical medicine and rehabilitation": [PMR],
    "critical care": ["Critical Care"],
    "plastic surgery is something you offer?": ["Plastic Surgery"],
    "cardiothoracic surgery": ["Cardiothoracic Surgery"],
    "CARDIOLOGY ROTATION PLEASE": ["Cardiology"],
    "cirugía no, pediatrics sí": [PEDS],
    # slips of the pen
    "do you have pediatircs": [PEDS],
    "internal medecine": [IM],
    "intrenal medicine rotation": [IM],
    "famly medicine": [FM],
    "phsychiatry": [PSYCH],
    "psychiatri clerkship": [PSYCH],
    "gynocology": [OBGYN],
    "neurolgy": ["Neurology"],
    "cardilogy rotation": ["Cardiology"],
    "gastroentrology?": [GI],
    "is ophtalmology in your list": ["Ophthalmology"],
    "rhuematology": ["Rheumatology"],
    "dermatolgy": ["Dermatology"],
    "orthopedic surgry": ["Orthopedic Surgery"],
    "emergancy medicine": [EM],
    "infectous disease": [ID],
    "sugery rotation": [SURGERY],
    # several
    "pediatrics or psychiatry": [PEDS, PSYCH],
    "IM, FM and surgery": [IM, FM, SURGERY],
    "im or fm rotation": [IM, FM],
    "first neuro then nephro": ["Neurology", "Nephrology"],
    # abbreviations that may mean something else
    "IM": [IM],
    "im?": [IM],
    "Do you have IM": [IM],
    "is there a rotation in im": [IM],
    "im rotation": [IM],
    "im from india, want im rotation": [IM],
    "FM residency": [FM],
    "fm elective": [FM],
    "EM": [EM],
    "can I work in the ER": [EM],
    "er rotation possible": [EM],
    "GI please": [GI],
    "gi clerkship": [GI],
    "any spots for ID?": [ID],
    "do you do id rotations": [ID],
    "GP": [FM],
    "ENT?": ["Otolaryngology"],
    "ICU rotations": ["Critical Care"],
}
NOT_NAMED = [
    "im from india",
    "IM from India",
    "I'm a doctor",
    "im interested in rotations",
    "im looking for a place",
    "hi im ahmed",
    "my id is 4432",
    "My ID is 4432",
    "do you need my ID card",
    "an ID photo",
    "i have an id",
    "give them to me",
    "er, what was it",
    "uh er i dont know",
    "which specialties do you have",
    "is the internet needed",
    "only my interest",
    "emergency, my friend fell",
    "i am prince of a royal family and rich",
    "one of my card is lost",
    "is it the interview or the placement",
    "students in med school",
    "what fields can i rotate in",
    "how much does it cost",
    "hello",
    "the survival rate",
    "i pay by cards",
    "😀",
    "?",
]


@pytest.mark.parametrize(("text", "expected"), NAMED.items())
def test_specialty_is_found(extractor: SpecialtyExtractor, text: str, expected: list[str]) -> None:
    assert specialties(extractor, text) == expected


@pytest.mark.parametrize("text", NOT_NAMED)
def test_no_specialty_is_invented(extractor: SpecialtyExtractor, text: str) -> None:
    assert specialties(extractor, text) == []


def test_entity_says_where_and_how_sure(extractor: SpecialtyExtractor) -> None:
    message = Message.build("Is neurolgy offered?")
    extractor.process([message])
    [entity] = message.get(ENTITIES)
    assert entity == {
        "entity": "specialty",
        "value": "Neurology",
        "start": 3,
        "end": 11,
        "confidence": pytest.approx(7 / 8),
        "extractor": "SpecialtyExtractor",
    }
    assert message.get(TEXT)[entity["start"] : entity["end"]] == "neurolgy"


def test_entities_of_others_are_kept(extractor: SpecialtyExtractor) -> None:
    message = Message({TEXT: "surgery", ENTITIES: [{"entity": "other"}]})
    extractor.process([message])
    assert [entity["entity"] for entity in message.get(ENTITIES)] == ["other", "specialty"]


def test_longest_message_is_read(extractor: SpecialtyExtractor) -> None:
    assert specialties(extractor, ("please " * 700)[:4080] + " psychiatry") == [PSYCH]


def test_fresh_messages_are_read_with_precision_and_recall(extractor: SpecialtyExtractor) -> None:
    """The rules were not written with these messages in view."""
    lines = Path("tests/nlu/specialties_fresh.jsonl").read_text("utf-8").splitlines()
    pairs = [
        (set(entry["specialties"]), set(specialties(extractor, entry["text"]))) for entry in map(json.loads, lines)
    ]
    assert len(pairs) >= 300
    right = sum(len(named & found) for named, found in pairs)
    assert right / sum(len(found) for _, found in pairs) >= 0.98
    assert right / sum(len(named) for named, _ in pairs) >= 0.95
