import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from nlu.bench import running
from nlu.bench.sets import Example
from nlu.components.minilm_featurizer import is_kept_from_tuning
from nlu.evaluating import other_pipelines, report
from nlu.evaluating.messages import Expected
from nlu.evaluating.other_pipelines import understood_by
from nlu.evaluating.report import BY_ALL, BY_DRAWN, HELD_OUT_NAME, MISSPELT, OURS, Measured
from nlu.evaluating.training_data import draw

EXAMPLES = [("how much", "faq_cost"), ("visa letter", "faq_visa"), ("a joke", "out_of_scope")]


def echo(
    _pipeline: str, _training: Sequence[Example], messages: Mapping[str, Sequence[Example]]
) -> dict[str, object]:
    """Stands for a pipeline that is always right, and less sure of shorter texts."""
    answers = {
        kind: [{"intent": intent, "confidence": len(text) / 20, "ms": 2.0} for text, intent in asked]
        for kind, asked in messages.items()
    }
    return {"messages": answers, "training_s": 1.0}


def test_another_pipeline_gets_a_threshold_by_the_same_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_pipelines, "run", echo)
    held_out = [Expected("cost", ("faq_cost",)), Expected("what is the fee", ("faq_cost",))]
    understood = understood_by("stock", (EXAMPLES, EXAMPLES), {HELD_OUT_NAME: held_out})
    assert [each.intent for each in understood[HELD_OUT_NAME]] == ["nlu_fallback", "faq_cost"]


def test_pipelines_are_compared_by_the_same_examples_and_asked_for_others() -> None:
    examples = [(f"{text} {number}", intent) for text, intent in EXAMPLES for number in range(40)]
    learnt, asked = draw(examples)
    assert {intent for _, intent in learnt} == {"faq_cost", "faq_visa", "out_of_scope"}
    assert len(learnt) == len(examples) // 2
    assert asked
    assert not {*learnt} & {*asked}
    assert all(is_kept_from_tuning(text) for text, _ in asked)


def test_the_page_shows_every_pipeline_on_the_same_messages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: Path
) -> None:
    monkeypatch.setattr(other_pipelines, "run", echo)
    examples = [(f"{text} {number}", intent) for text, intent in EXAMPLES for number in range(40)]
    measured = list(report.measure(model, examples, [Expected("how much is it", ("faq_cost",))]))
    assert {each.messages for each in measured if each.trained_on == BY_ALL} == {
        report.ALL_PARTS,
        HELD_OUT_NAME,
        MISSPELT,
    }
    for title in report.PIPELINES.values():
        compared = [each for each in measured if each.pipeline == title and each.trained_on == BY_DRAWN]
        assert {each.messages for each in compared} == {HELD_OUT_NAME, MISSPELT}

    report.write(measured, tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text("utf-8").count("Rasa's stock (DIET)") == 2
    assert "<svg" in (tmp_path / "page.svg").read_text("utf-8")


def test_figures_of_each_pipeline_are_a_row() -> None:
    head, _, row, last = report.summary([Measured(MISSPELT, OURS, BY_ALL, [])])
    assert row.startswith(f"| {MISSPELT} | {OURS} | {BY_ALL} | 0 | 0.000 |")
    assert head.count("|") == row.count("|") == last.count("|")


def test_what_the_stock_pipeline_understood_is_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trained: list[bytes] = []

    def train(_pipeline: str, given: bytes) -> dict[str, object]:
        trained.append(given)
        return {"training_s": len(trained)}

    monkeypatch.setattr(running, "MEASURED", tmp_path / "measured")
    monkeypatch.setattr(running, "_measure", train)
    first = running.run("stock", EXAMPLES, {})
    assert running.run("stock", EXAMPLES, {}) == first
    assert running.run("stock", EXAMPLES[:2], {}) != first
    assert running.run("ours", EXAMPLES, {}) != running.run("ours", EXAMPLES, {})
    assert len(trained) == 4


@pytest.mark.parametrize(("pipeline", "in_ours"), [("ours", True), ("sparse", False), ("stock", False)])
def test_other_pipelines_run_in_the_stock_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pipeline: str, in_ours: bool
) -> None:
    """Ours leaves out what Rasa's own components need."""
    asked: list[Path] = []

    def answer(command: Sequence[Path], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command[0])
        Path(command[-1]).write_text("{}")
        return subprocess.CompletedProcess(command, 0)

    (tmp_path / "made").touch()
    monkeypatch.setattr(running, "STOCK", tmp_path)
    monkeypatch.setattr(running, "MEASURED", tmp_path / "measured")
    monkeypatch.setattr(subprocess, "run", answer)
    assert running.run(pipeline, EXAMPLES, {}) == {}
    assert asked == [Path(sys.executable) if in_ours else tmp_path / "bin" / "python"]
