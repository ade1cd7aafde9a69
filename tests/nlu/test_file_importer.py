from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data import loading

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
