from pathlib import Path

import pytest
import yaml

from tests.nlu.conftest import run_rasa

SHELVES = ["happy_path", "corrections", "digressions", "refusals", "resume", "fallback"]


@pytest.mark.parametrize("shelf", SHELVES)
def test_stories_of_the_shelf_go_as_written(model: Path, tmp_path: Path, shelf: str) -> None:
    files = list(Path("tests/stories", shelf).glob("*.yml"))
    assert files
    assert all(path.name.startswith("test_") for path in files), "Rasa overlooks others"

    test = run_rasa(
        *("test", "core", "--e2e", "--fail-on-prediction-errors", "--model", str(model)),
        *("--stories", f"tests/stories/{shelf}", "--out", str(tmp_path), "--no-plot"),
    )
    assert test.returncode == 0, test.stdout[-2000:] + test.stderr[-2000:]
    number = sum(len(yaml.safe_load(path.read_text())["stories"]) for path in files)
    assert f"Correct:          {number} / {number}" in test.stderr + test.stdout


def test_a_story_that_goes_wrong_is_noticed(model: Path, tmp_path: Path) -> None:
    (tmp_path / "test_wrong.yml").write_text(
        """
stories:
- story: An answer to another question
  steps:
  - user: |-
      how much does a rotation cost
    intent: faq_visa
  - action: utter_faq_visa
"""
    )
    test = run_rasa(
        *("test", "core", "--e2e", "--fail-on-prediction-errors", "--model", str(model)),
        *("--stories", str(tmp_path), "--out", str(tmp_path / "results"), "--no-plot"),
    )
    assert test.returncode != 0
