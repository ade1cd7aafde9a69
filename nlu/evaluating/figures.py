"""Figures that say how well messages were understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from nlu.evaluating.messages import FALLBACK, OUT_OF_SCOPE, Understood

Figures = dict[str, float]


def figures(understood: Sequence[Understood]) -> Figures:
    """Works out the figures of some messages.

    A message is refused where it falls below the threshold or is taken for out of scope; every other is answered.

    Returns:
        n: how many messages. accuracy: the share that is right; in_scope_accuracy: of those in scope.
        in_scope_refused: the share of those in scope that is refused. answered_precision: of all messages that are
        answered, the share that is right. out_of_scope_recall: the share of those out of scope that is right.
        macro_f1: the mean over the intents. parse_ms_p50, parse_ms_p95: milliseconds for one message.
        A share of nothing is 0.
    """
    inside = [each for each in understood if not each.expected.is_out_of_scope]
    outside = [each for each in understood if each.expected.is_out_of_scope]
    answered = [each for each in understood if not each.is_refused]
    times = [each.milliseconds for each in understood]
    shares = {
        "accuracy": _share([each.is_right for each in understood]),
        "macro_f1": _macro_f1(understood),
        "in_scope_accuracy": _share([each.is_right for each in inside]),
        "in_scope_refused": _share([each.is_refused for each in inside]),
        "answered_precision": _share([each.is_right for each in answered]),
        "out_of_scope_recall": _share([each.is_right for each in outside]),
    }
    spread = {f"parse_ms_p{part}": float(np.percentile(times, part)) if times else 0.0 for part in (50, 95)}
    return {"n": len(understood), **{name: round(value, 4) for name, value in (shares | spread).items()}}


def confused(understood: Sequence[Understood]) -> Counter[tuple[str, str]]:
    """Counts which intent was taken for which: (right, understood)."""
    return Counter((_right(each), each.intent) for each in understood if not each.is_right)


def per_intent(understood: Sequence[Understood]) -> dict[str, tuple[int, int]]:
    """Counts the messages of each intent: how many, and how many of them were right."""
    number = Counter(_right(each) for each in understood)
    right = Counter(_right(each) for each in understood if each.is_right)
    return {intent: (number[intent], right[intent]) for intent in sorted(number)}


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _right(each: Understood) -> str:
    """The one intent a message counts for: the one it was given if that is right, else the first that would be."""
    intent = each.intent if each.intent in each.expected.intents else each.expected.intents[0]
    return OUT_OF_SCOPE if intent == FALLBACK else intent


def _macro_f1(understood: Sequence[Understood]) -> float:
    right = Counter(_right(each) for each in understood if each.is_right)
    expected = Counter(_right(each) for each in understood)
    given = Counter(_right(each) if each.is_right else each.intent for each in understood)
    scores = [2 * right[intent] / (expected[intent] + given[intent]) for intent in expected]
    return sum(scores) / len(scores) if scores else 0.0
