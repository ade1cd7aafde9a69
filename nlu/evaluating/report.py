"""Writes how well messages are understood, as a page with a chart; `make nlu-test` runs it.

python -m nlu.evaluating.report MODEL.tar.gz REPORT.md
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.bench.sets import Example
from nlu.bench.typos import misspell
from nlu.components.minilm_featurizer import is_kept_from_tuning
from nlu.evaluating.chart import Bar, chart
from nlu.evaluating.figures import Figures, confused, figures, per_intent
from nlu.evaluating.messages import Expected, Understood, read
from nlu.evaluating.other_pipelines import understood_by
from nlu.evaluating.parsing import understand
from nlu.evaluating.training_data import cross_validate, folds_of, read_examples

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "nlu" / "held_out.jsonl"
ALL_PARTS = "training data the encoder was not tuned on, five-fold cross-validation"
REST = "a fifth of it, by a model trained on the rest"
HELD_OUT_NAME = "held out, written by another hand"
MISSPELT = "the same with a slip in every six words"
OURS = "ours"
OTHERS = {"sparse": "sparse features, regression", "stock": "Rasa's stock (DIET)"}
COLUMNS = {
    "n": "messages",
    "accuracy": "accuracy",
    "macro_f1": "macro F1",
    "in_scope_accuracy": "accuracy in scope",
    "in_scope_refused": "refused in scope",
    "answered_precision": "precision of what is answered",
    "out_of_scope_recall": "out-of-scope recall",
    "parse_ms_p50": "ms, median",
    "parse_ms_p95": "ms, p95",
}
ASKED = {"accuracy": "≥ .92", "in_scope_refused": "≤ .06", "answered_precision": "≥ .97"}
CONFUSIONS = 25


@dataclass(frozen=True)
class Measured:
    """What one pipeline understood of some messages."""

    messages: str
    pipeline: str
    understood: Sequence[Understood]


def main(model: Path, page: Path) -> None:
    """Measures, prints the figures and writes the page and its chart."""
    measured = sorted(measure(model, read_examples(ROOT / "nlu" / "data" / "nlu"), read(HELD_OUT)), key=_place)
    print(*summary(measured), sep="\n")
    write(measured, page)


def measure(model: Path, examples: Sequence[Example], held_out: Sequence[Expected]) -> Iterator[Measured]:
    """Lets our pipeline and the others understand the same messages.

    Args:
        model: Ours, trained on the examples.
        examples: The training data; the other pipelines are trained on it here.
        held_out: Messages that no pipeline is trained on.
    """
    chance = random.Random(0)  # noqa: S311 - no secret
    misspelt = [Expected(misspell(each.text, chance), each.intents) for each in held_out]
    asked = {HELD_OUT_NAME: held_out, MISSPELT: misspelt}
    folds = folds_of(examples)
    parts = cross_validate(folds)
    yield Measured(ALL_PARTS, OURS, [each for part in parts for each in part])
    yield Measured(REST, OURS, parts[0])
    for name, messages in asked.items():
        yield Measured(name, OURS, understand(model, messages))
    for pipeline, title in OTHERS.items():
        print(f"{title} is trained, which may take long; what is known of it is not asked again", file=sys.stderr)
        for name, understood in understood_by(pipeline, examples, folds[0], asked).items():
            if name == "rest":
                kept = [each for each in understood if is_kept_from_tuning(each.expected.text)]
                yield Measured(REST, title, kept)
            else:
                yield Measured(name, title, understood)


def summary(measured: Sequence[Measured]) -> list[str]:
    """Writes the figures as a table: a row for each set of messages and pipeline."""
    rows = [["of", "pipeline", *COLUMNS.values()]]
    for each in measured:
        told = figures(each.understood)
        rows.append([each.messages, each.pipeline, *(_value(key, told) for key in COLUMNS)])
    return _table([*rows, ["asked of held-out messages", "", *(ASKED.get(key, "") for key in COLUMNS)]])


def write(measured: Sequence[Measured], page: Path) -> None:
    """Writes the page and, beside it, its chart."""
    ours = {each.messages: each.understood for each in measured if each.pipeline == OURS}
    drawing = page.with_suffix(".svg")
    drawing.write_text(chart({**_beside(measured), HELD_OUT_NAME: _intents(ours[HELD_OUT_NAME])}), "utf-8")
    lines = ["# How well messages are understood", "", "`make nlu-test` wrote this page.", ""]
    lines += [*summary(measured), ""]
    lines += [f"![Accuracy beside other pipelines, and for each intent]({drawing.name})", ""]
    lines += ["## What is taken for what", "", *_confusions([*ours[ALL_PARTS], *ours[HELD_OUT_NAME]]), ""]
    page.write_text("\n".join(lines), "utf-8")


def _place(measured: Measured) -> int:
    return [ALL_PARTS, REST, HELD_OUT_NAME, MISSPELT].index(measured.messages)


def _value(key: str, told: Figures) -> str:
    if key == "n":
        return str(told[key])
    if key.startswith("parse_ms"):
        return f"{told[key]:.1f}" if told[key] else "-"
    return f"{told[key]:.3f}"


def _beside(measured: Sequence[Measured]) -> dict[str, list[Bar]]:
    bars: dict[str, list[Bar]] = {}
    for each in measured:
        if each.messages != ALL_PARTS:
            share = figures(each.understood)["accuracy"]
            bar = Bar(each.pipeline, share, f"{share:.3f}", is_ours=each.pipeline == OURS)
            bars.setdefault(f"accuracy, {each.messages}", []).append(bar)
    return bars


def _intents(understood: Sequence[Understood]) -> list[Bar]:
    bars = [
        Bar(intent, right / number, f"{right} of {number}")
        for intent, (number, right) in per_intent(understood).items()
    ]
    return sorted(bars, key=lambda bar: (bar.share, bar.name))


def _confusions(understood: Sequence[Understood]) -> list[str]:
    rows = [["right", "taken for", "times"]]
    rows += [[right, taken, str(times)] for (right, taken), times in confused(understood).most_common(CONFUSIONS)]
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return [head, "|---" * len(rows[0]) + "|", *body]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
