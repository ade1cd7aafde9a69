"""Writes how well messages are understood, as a page with a chart; `make nlu-test` runs it.

python -m nlu.evaluating.report MODEL.tar.gz REPORT.md
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from nlu.bench.typos import misspell
from nlu.evaluating.figures import confused, figures, per_intent
from nlu.evaluating.messages import Expected, Understood, read
from nlu.evaluating.parsing import understand
from nlu.evaluating.training_data import cross_validate

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "nlu" / "held_out.jsonl"
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
ROW, NAME, BAR = 18, 210, 400
"""Pixels of the chart."""


def main(model: Path, page: Path) -> None:
    """Measures, prints the figures and writes the page and its chart."""
    held_out = read(HELD_OUT)
    chance = random.Random(0)  # noqa: S311 - no secret
    misspelt = [Expected(misspell(each.text, chance), each.intents) for each in held_out]
    measured = {
        "training data, five-fold cross-validation": cross_validate(ROOT / "nlu" / "data" / "nlu"),
        "held out, written by another hand": understand(model, held_out),
        "the same with a slip in every six words": understand(model, misspelt),
    }
    summary = _summary(measured)
    print(*summary, sep="\n")
    chart = page.with_suffix(".svg")
    parts = list(measured.values())
    chart.write_text(_chart(per_intent(parts[1])), "utf-8")
    lines = ["# How well messages are understood", "", "`make nlu-test` wrote this page.", "", *summary, ""]
    lines += [f"![Share of the held-out messages of each intent that is right]({chart.name})", ""]
    lines += ["## What is taken for what", "", *_confusions(parts[0] + parts[1]), ""]
    page.write_text("\n".join(lines), "utf-8")


def _summary(measured: Mapping[str, Sequence[Understood]]) -> list[str]:
    all_figures = {name: figures(understood) for name, understood in measured.items()}
    rows = [["", *all_figures, "asked of held-out messages"]]
    for key, title in COLUMNS.items():
        values = [_value(key, each[key]) for each in all_figures.values()]
        rows.append([title, *values, ASKED.get(key, "")])
    return _table(rows)


def _value(key: str, value: float) -> str:
    if key == "n":
        return str(value)
    if key.startswith("parse_ms"):
        return f"{value:.1f}" if value else "-"
    return f"{value:.3f}"


def _confusions(understood: Sequence[Understood]) -> list[str]:
    rows = [["right", "taken for", "times"]]
    rows += [[right, taken, str(times)] for (right, taken), times in confused(understood).most_common(CONFUSIONS)]
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return [head, "|---" * len(rows[0]) + "|", *body]


def _chart(counts: Mapping[str, tuple[int, int]]) -> str:
    """Draws a bar for each intent: the share of its messages that is right."""
    height = ROW * len(counts) + 10
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{NAME + BAR + 80}" height="{height}">',
        "<style>text { font: 12px sans-serif }</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for place, (intent, (number, right)) in enumerate(sorted(counts.items(), key=_share_right)):
        top, share = 5 + place * ROW, right / number
        drawn += [
            f'<text x="{NAME - 8}" y="{top + 13}" text-anchor="end">{intent}</text>',
            f'<rect x="{NAME}" y="{top + 2}" width="{BAR}" height="{ROW - 4}" fill="#eee"/>',
            f'<rect x="{NAME}" y="{top + 2}" width="{BAR * share:.0f}" height="{ROW - 4}" fill="#2a7de1"/>',
            f'<text x="{NAME + BAR + 8}" y="{top + 13}">{right} of {number}</text>',
        ]
    return "\n".join([*drawn, "</svg>", ""])


def _share_right(entry: tuple[str, tuple[int, int]]) -> tuple[float, str]:
    intent, (number, right) = entry
    return right / number, intent


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
