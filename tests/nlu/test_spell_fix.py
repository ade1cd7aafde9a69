from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from nlu.components.minilm_featurizer import SPELLED
from nlu.components.spell_fix import SpellFix


@pytest.fixture(scope="module")
def spell_fix(tmp_path_factory: pytest.TempPathFactory) -> SpellFix:
    """Trained, and loaded again as a running assistant does."""
    storage, resource = LocalModelStorage(tmp_path_factory.mktemp("model")), Resource("words")
    SpellFix.create({}, storage, resource, None).train(load_data(str(Path("nlu/data/nlu"))))
    return SpellFix.load({}, storage, resource, None)


def mended(spell_fix: SpellFix, text: str) -> str:
    message = Message.build(text)
    spell_fix.process([message])
    assert message.get(TEXT) == text, "entities are found in what was written"
    return message.get(SPELLED)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("how mcuh is the rotatoin", "how much is the rotation"),
        ("whcih docuemnts do you neeed", "which documents do you need"),
        ("is teh hopsital close?", "is teh hospital close?"),
        ("consulattion with the advisro", "consultation with the advisor"),
        ("HOW MUHC", "HOW much"),
    ],
)
def test_slips_are_mended(spell_fix: SpellFix, written: str, meant: str) -> None:
    assert mended(spell_fix, written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "my name is Oluwaseun Adebayor",
        "i am adaeze",
        "this is dr okonkwoo",
        "write to amina.yusfu@gmial.com",
        "see www.housten.example/rotatons",
        "my reference is HMCC-10422x",
        "Greetings from Ouagadougouu",
        "\u0645\u0631\u062d\u0628\u0627 \u062f\u0643\u062a\u0648\u0631",
        "😀",
        "plz abt usmle",
        "do you have obgyn",
    ],
)
def test_what_is_no_slip_is_left_alone(spell_fix: SpellFix, text: str) -> None:
    assert mended(spell_fix, text) == text


def test_a_word_of_the_training_data_comes_before_a_usual_one(spell_fix: SpellFix) -> None:
    assert mended(spell_fix, "is usmlee needed") == "is usmle needed"


def test_the_longest_message_is_mended(spell_fix: SpellFix) -> None:
    assert mended(spell_fix, "rotatoin " * 400).split() == ["rotation"] * 400


def test_a_message_without_text_stays_so(spell_fix: SpellFix) -> None:
    message = Message({})
    spell_fix.process([message])
    assert message.get(SPELLED) is None
