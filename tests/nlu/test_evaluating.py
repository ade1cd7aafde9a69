import json
import re
from pathlib import Path

import pytest

from nlu.evaluating.__main__ import main, table
from nlu.evaluating.figures import confused, figures, per_intent
from nlu.evaluating.messages import Expected, Understood, UnreadableLine, read
from nlu.evaluating.training_data import read_examples

KEYS = ["n", "accuracy", "macro_f1", "in_scope_accuracy", "in_scope_refused", "answered_precision"]
KEYS += ["out_of_scope_recall", "parse_ms_p50", "parse_ms_p95"]


def taken(accepted: str, given: str, milliseconds: float = 1.0) -> Understood:
    return Understood(Expected("a text", tuple(accepted.split())), given, ((given, 0.5),), milliseconds)


UNDERSTOOD = [
    taken("faq_cost", "faq_cost", 1),
    taken("faq_cost faq_visa", "faq_visa", 2),
    taken("faq_visa", "faq_cost", 3),
    taken("faq_visa", "nlu_fallback", 4),
    taken("faq_visa", "out_of_scope", 5),
    taken("out_of_scope nlu_fallback", "nlu_fallback", 6),
    taken("out_of_scope", "faq_cost", 7),
    taken("out_of_scope", "nlu_fallback", 8),
]


def test_figures_are_worked_out_by_hand() -> None:
    told = figures(UNDERSTOOD)
    assert list(told) == KEYS
    assert told["n"] == 8
    assert told["accuracy"] == pytest.approx(3 / 8)
    assert told["in_scope_accuracy"] == pytest.approx(2 / 5)
    assert told["in_scope_refused"] == pytest.approx(2 / 5)
    assert told["answered_precision"] == pytest.approx(2 / 4)
    assert told["out_of_scope_recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert told["macro_f1"] == pytest.approx((2 / 4 + 2 / 5 + 2 / 5) / 3, abs=1e-4)
    assert told["parse_ms_p50"] == pytest.approx(4.5)


@pytest.mark.parametrize(("accepted", "right"), [("faq_cost faq_visa", 1), ("faq_cost faq_lor", 0)])
def test_several_questions_are_right_where_each_that_is_answered_is_accepted(accepted: str, right: int) -> None:
    expected = Expected("how much? visa?", tuple(accepted.split()))
    several = Understood(expected, "several_questions", (), 1.0, ("faq_cost", "faq_visa"))
    assert figures([several])["accuracy"] == right
    assert per_intent([several]) == {"faq_cost": (1, right)}


def test_figures_of_nothing_are_zero() -> None:
    assert set(figures([]).values()) == {0}


def test_confusions_and_intents_are_counted() -> None:
    assert confused(UNDERSTOOD)["faq_visa", "faq_cost"] == 1
    assert per_intent(UNDERSTOOD) == {"faq_cost": (1, 1), "faq_visa": (4, 1), "out_of_scope": (3, 1)}


def test_wrong_ones_are_shown_with_what_they_were_taken_for() -> None:
    *lines, last = table(UNDERSTOOD)
    assert len(lines) == 5
    assert all("a text" in line for line in lines)
    assert last == "5 of 8 wrong"


@pytest.mark.parametrize(
    "line", ["no json", '{"text": "a"}', '{"text": 1, "intents": ["a"]}', '{"text": "a", "intents": []}', "[]"]
)
def test_a_line_that_is_no_message_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "lines.jsonl").write_text('{"text": "a", "intents": ["b"]}\n\n' + line)
    with pytest.raises(UnreadableLine, match="line 3"):
        read(tmp_path / "lines.jsonl")


def test_a_file_is_measured_by_the_model(model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "messages.jsonl"
    lines = [("how much does it cost", ["faq_cost"]), ("how much does it cost", ["faq_visa"])]
    file.write_text("\n".join(json.dumps({"text": text, "intents": intents}) for text, intents in lines))
    main(model, file)
    said = capfd.readouterr()
    told = json.loads(said.out.splitlines()[-1])
    assert list(told) == KEYS
    assert told["n"] == 2
    assert told["accuracy"] == 0.5
    assert "faq_visa" in said.err


def test_several_questions_are_read_from_what_the_model_says(
    model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text(
        json.dumps({"text": "how much is it? do you help with visa?", "intents": ["faq_cost", "faq_visa"]})
    )
    main(model, file)
    assert json.loads(capfd.readouterr().out.splitlines()[-1])["accuracy"] == 1


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_no_held_out_message_is_in_the_training_data() -> None:
    trained = {plain(text) for text, _ in read_examples(Path("nlu/data/nlu"))}
    asked = {plain(each.text) for each in read(Path("tests/nlu/held_out.jsonl"))}
    told = sum(len(text.split()) > 2 for text in asked & trained)  # counted, so that a failure shows none of them
    assert told == 0, "small talk such as 'hi' may be in both, whole sentences not"
