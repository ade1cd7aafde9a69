"""The figures of one pipeline on one set, as a line of a table."""

from __future__ import annotations

from typing import Any

import numpy as np
from nlu.bench.sets import OUT_OF_SCOPE, Set

REFUSED = 0.05
"""The share of the validation messages in scope that the threshold refuses."""
COLUMNS = ("acc.", "typos", "prec.", "far", "near", "paper in", "paper oos", "ms p50", "ms p95", "train s")
HEAD = f"{'set':<20} {'pipeline':<9}" + "".join(f"{column:>10}" for column in COLUMNS)


def row(pipeline: str, measured: Set, predictions: dict[str, Any]) -> str:
    """Writes a line: accuracy clean and with typos, precision of what is answered, recall of what is out of scope.

    Precision and recall hold at the confidence that 5 % of the validation messages in scope do not reach. The two
    figures after them follow the paper's protocol: the threshold that is right most often on validation messages
    and 100 out-of-scope ones, then the share of messages in scope that is right and not refused, and the recall.
    """
    right = {kind: _right(predictions, kind, given) for kind, given in _expected(measured).items()}
    sure = {kind: np.array([sureness(each) for each in each_kind]) for kind, each_kind in _kinds(predictions)}
    threshold = np.quantile(sure["validation"], REFUSED)
    answered = sure["clean"] >= threshold
    fair = _fair_threshold(sure, right["validation"])
    times = [each["ms"] for each in predictions["messages"]["clean"]]
    values = [
        right["clean"].mean(),
        right["typos"].mean(),
        right["clean"][answered].mean(),
        (sure["far"] < threshold).mean(),
        (sure["near"] < threshold).mean() if "near" in sure else np.nan,
        (right["clean"] & (sure["clean"] >= fair)).mean(),
        (sure["far"] < fair).mean(),
    ]
    cells = [f"{value:.3f}" if value == value else "-" for value in values]
    cells += [f"{np.percentile(times, part):.1f}" for part in (50, 95)] + [f"{predictions['training_s']:.0f}"]
    return f"{measured.name:<20} {pipeline:<9}" + "".join(f"{cell:>10}" for cell in cells)


def sureness(understood: dict[str, Any]) -> float:
    """Returns how sure it is that a message has an answer: not at all where it is taken for out of scope."""
    return 0.0 if understood["intent"] == OUT_OF_SCOPE else understood["confidence"]


def _expected(measured: Set) -> dict[str, list[tuple[str, str]]]:
    return {kind: measured.messages[kind] for kind in ("clean", "typos")} | {"validation": measured.validation}


def _kinds(predictions: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    return list(predictions["messages"].items())


def _right(predictions: dict[str, Any], kind: str, given: list[tuple[str, str]]) -> np.ndarray:
    understood = predictions["messages"][kind]
    return np.array([each["intent"] == intent for each, (_, intent) in zip(understood, given, strict=True)])


def _fair_threshold(sure: dict[str, np.ndarray], right: np.ndarray) -> float:
    """Finds the threshold at which most of the validation messages, in scope and out of it, are treated right."""
    inside, outside = sure["validation"], sure["far_validation"]
    steps = np.unique(np.concatenate([inside, outside]))
    scores = [((inside >= step) & right).sum() + (outside < step).sum() for step in steps]
    return float(steps[int(np.argmax(scores))])
