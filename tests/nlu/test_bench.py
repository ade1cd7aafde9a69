import json
import random
from pathlib import Path

import pytest

from nlu.bench.__main__ import main
from nlu.bench.scores import COLUMNS, HEAD, row
from nlu.bench.sets import Set, few_shot, full, of_our_size, read
from nlu.bench.typos import misspell


@pytest.fixture(scope="module")
def clinc(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    """A small file of the same shape."""
    folder = tmp_path_factory.mktemp("data")
    intents = [f"intent{number}" for number in range(150)]
    splits = {
        split: [[f"{split} {intent} {number}", intent] for intent in intents for number in range(count)]
        for split, count in {"train": 40, "val": 2, "test": 12}.items()
    }
    splits |= {f"oos_{split}": [[f"oos {split}", "oos"]] for split in ("train", "val", "test")}
    (folder / "clinc150.json").write_text(json.dumps(splits))
    return read(folder)


def misspelt(text: str) -> str:
    return misspell(text, random.Random(1))  # noqa: S311 - no secret


def test_a_slip_is_put_into_every_six_words() -> None:
    text = "could you please tell me what the weather will be like"
    changed = [a != b for a, b in zip(text.split(), misspelt(text).split(), strict=True)]
    assert sum(changed) == 2
    assert misspelt(text) == misspelt(text)
    assert misspelt("a") == "a"


def test_a_draw_of_our_size_leaves_the_neighbours_out(clinc: dict[str, list[tuple[str, str]]]) -> None:
    drawn = of_our_size(clinc, 0)
    intents = {intent for _, intent in drawn.training}
    assert len(intents) == 40
    assert {intent for _, intent in drawn.messages["clean"]} == intents
    assert {intent for _, intent in drawn.messages["near"]} == {"out_of_scope"}
    assert of_our_size(clinc, 0).training == drawn.training != of_our_size(clinc, 1).training


def test_few_shots_and_the_full_set(clinc: dict[str, list[tuple[str, str]]]) -> None:
    assert len(few_shot(clinc, 10, 0).training) == 1500
    assert full(clinc).training == [*clinc["train"], ("oos train", "out_of_scope")]


def test_a_row_holds_every_figure() -> None:
    def said(*guesses: tuple[str, float]) -> list[dict[str, object]]:
        return [{"intent": intent, "confidence": confidence, "ms": 1.0} for intent, confidence in guesses]

    asked = [("a text", "a"), ("b text", "b")]
    measured = Set("a set", asked, asked, {"clean": asked, "typos": asked})
    messages = {
        "clean": said(("a", 0.9), ("b", 0.8)),
        "typos": said(("a", 0.9), ("a", 0.8)),
        "validation": said(("a", 0.9), ("b", 0.7)),
        "far": said(("a", 0.1), ("a", 0.95)),
        "far_validation": said(("a", 0.2)),
    }
    line = row("ours", measured, {"messages": messages, "training_s": 3.2})
    cells = ["1.000", "0.500", "1.000", "0.500", "-", "1.000", "0.500", "1.0", "1.0", "3"]
    assert line.split() == ["a", "set", "ours", *cells]
    assert len(cells) == len(COLUMNS)
    assert len(line) == len(HEAD)


def test_without_data_it_says_where_to_find_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path)])
    assert "clinc150.json is needed" in capsys.readouterr().err
