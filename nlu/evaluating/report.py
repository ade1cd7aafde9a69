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
from nlu.evaluating.chart import Bar, chart
from nlu.evaluating.figures import Figures, confused, figures, per_intent
from nlu.evaluating.messages import Expected, Understood, read
from nlu.evaluating.other_pipelines import understood_by
from nlu.evaluating.parsing import understand
from nlu.evaluating.training_data import COMPARED, cross_validate, draw, folds_of, read_examples

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "nlu" / "held_out.jsonl"
ALL_PARTS = "training data the encoder was not tuned on, five-fold cross-validation"
HELD_OUT_NAME = "held out, written by another hand"
MISSPELT = "the same with a slip in every six words"
SETS = (HELD_OUT_NAME, MISSPELT)
OURS = "ours"
PIPELINES = {"ours": OURS, "sparse": "sparse features, regression", "stock": "Rasa's stock (DIET)"}
BY_ALL, BY_DRAWN = "all examples", f"the same {COMPARED:,}"
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
NOTE = f"""\
Ours answers with a threshold that it found itself. Where the pipelines are compared, each was trained on the same
{COMPARED:,} examples, drawn evenly from all, and refuses 5 % of other examples that are in scope. Our encoder was
tuned on seven in eight of all examples, also of those that are not drawn. Of the held-out messages only small talk
of one or two words stands among the examples; a test sees to that."""


@dataclass(frozen=True)
class Measured:
    """What one pipeline understood of some messages, and what it was trained on."""

    messages: str
    pipeline: str
    trained_on: str
    understood: Sequence[Understood]


def main(model: Path, page: Path) -> None:
    """Measures, prints the figures and writes the page and its chart."""
    measured = sorted(measure(model, read_examples(ROOT / "nlu" / "data" / "nlu"), read(HELD_OUT)), key=_place)
    print(*summary(measured), sep="\n")
    write(measured, page)


def measure(model: Path, examples: Sequence[Example], held_out: Sequence[Expected]) -> Iterator[Measured]:
    """Lets our pipeline understand messages, and then all pipelines, trained on the same examples.

    Args:
        model: Ours, trained on all examples.
        examples: The training data; of it are drawn the examples that the pipelines are trained on here.
        held_out: Messages that no pipeline is trained on.
    """
    chance = random.Random(0)  # noqa: S311 - no secret
    misspelt = [Expected(misspell(each.text, chance), each.intents) for each in held_out]
    asked = {HELD_OUT_NAME: held_out, MISSPELT: misspelt}
    parts = cross_validate(folds_of(examples))
    yield Measured(ALL_PARTS, OURS, BY_ALL, [each for part in parts for each in part])
    for name, messages in asked.items():
        yield Measured(name, OURS, BY_ALL, understand(model, messages))
    drawn = draw(examples)
    for pipeline, title in PIPELINES.items():
        print(f"{title} is trained, which may take long; what is known of it is not asked again", file=sys.stderr)
        for name, understood in understood_by(pipeline, drawn, asked).items():
            yield Measured(name, title, BY_DRAWN, understood)


def summary(measured: Sequence[Measured]) -> list[str]:
    """Writes the figures as a table: a row for each set of messages and pipeline."""
    rows = [["of", "pipeline", "trained on", *COLUMNS.values()]]
    for each in measured:
        told = figures(each.understood)
        rows.append([each.messages, each.pipeline, each.trained_on, *(_value(key, told) for key in COLUMNS)])
    return _table([*rows, ["asked of held-out messages", "", "", *(ASKED.get(key, "") for key in COLUMNS)]])


def write(measured: Sequence[Measured], page: Path) -> None:
    """Writes the page and, beside it, its chart."""
    ours = {each.messages: each.understood for each in measured if each.trained_on == BY_ALL}
    drawing = page.with_suffix(".svg")
    drawing.write_text(chart({**_beside(measured), HELD_OUT_NAME: _intents(ours[HELD_OUT_NAME])}), "utf-8")
    lines = ["# How well messages are understood", "", "`make nlu-test` wrote this page.", ""]
    lines += [*summary(measured), "", NOTE, ""]
    lines += [f"![Accuracy beside other pipelines, and for each intent]({drawing.name})", ""]
    lines += ["## What is taken for what", "", *_confusions([*ours[ALL_PARTS], *ours[HELD_OUT_NAME]]), ""]
    page.write_text("\n".join(lines), "utf-8")


def _place(measured: Measured) -> int:
    return [ALL_PARTS, *SETS].index(measured.messages)


def _value(key: str, told: Figures) -> str:
    if key == "n":
        return str(told[key])
    if key.startswith("parse_ms"):
        return f"{told[key]:.1f}" if told[key] else "-"
    return f"{told[key]:.3f}"


def _beside(measured: Sequence[Measured]) -> dict[str, list[Bar]]:
    bars: dict[str, list[Bar]] = {}
    for each in measured:
        if each.messages in SETS:
            share = figures(each.understood)["accuracy"]
            bar = Bar(f"{each.pipeline}, {each.trained_on}", share, f"{share:.3f}", is_ours=each.pipeline == OURS)
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
