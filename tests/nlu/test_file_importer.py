from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.file_importer import Example

DATA = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello
    - good morning
"""


def test_training_data_is_read_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nlu.yml").write_text(DATA)
    read: list[str] = []
    load = loading.load_data

    def count(file: str, language: str | None = "en") -> object:
        read.append(file)
        return load(file, language)

    monkeypatch.setattr(loading, "load_data", count)
    importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", [str(tmp_path)])
    importer.get_domain()
    examples = importer.get_nlu_data().intent_examples
    assert [each.get("text") for each in examples] == ["hello", "good morning"]
    assert len(read) == 1


def test_an_example_is_kept_once_however_often_rasa_merges(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(DATA)
    importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", [str(tmp_path)])
    [hello, _] = importer.get_nlu_data().intent_examples
    merged = importer.get_nlu_data().merge(TrainingData([Message.build("bye", "goodbye")]))
    assert merged.intent_examples[0] is hello
    assert [each.get("text") for each in merged.intent_examples] == ["hello", "good morning", "bye"]


def test_a_changed_example_has_another_fingerprint() -> None:
    example = Example({"text": "hello", "intent": "greet"})
    before = example.fingerprint()
    example.set("intent", "greet")
    assert example.fingerprint() == before
    example.set("intent", "goodbye")
    assert example.fingerprint() != before
