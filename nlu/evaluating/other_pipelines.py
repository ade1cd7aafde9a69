"""Lets pipelines learn the same examples and understand the same messages, under the same rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from nlu.bench.running import run
from nlu.bench.scores import REFUSED, sureness
from nlu.evaluating.messages import FALLBACK, OUT_OF_SCOPE, Expected, Understood
from nlu.evaluating.training_data import Fold

ASKED = "asked"


def understood_by(
    pipeline: str, drawn: Fold, held_out: Mapping[str, Sequence[Expected]]
) -> dict[str, list[Understood]]:
    """Trains a pipeline, and asks it for examples that it did not learn and for the held-out messages.

    It gets the threshold at which it refuses 5 % of those examples, of what is in scope.

    Args:
        pipeline: The name of a file in `nlu/bench/pipelines/`.
        drawn: The examples to learn from, and those to ask.
        held_out: Other messages, under their names.

    Returns:
        What was understood of the held-out messages.
    """
    learnt, asked = drawn
    kinds = {name: [(each.text, each.intents[0]) for each in messages] for name, messages in held_out.items()}
    answers = run(pipeline, learnt, {ASKED: asked, **kinds})["messages"]
    inside = [
        sureness(answer)
        for (_, intent), answer in zip(asked, answers[ASKED], strict=True)
        if intent != OUT_OF_SCOPE
    ]
    threshold = float(np.quantile(inside, REFUSED))
    return {name: _read(messages, answers[name], threshold) for name, messages in held_out.items()}


def _read(messages: Sequence[Expected], answers: Sequence[dict[str, Any]], threshold: float) -> list[Understood]:
    return [_one(message, answer, threshold) for message, answer in zip(messages, answers, strict=True)]


def _one(message: Expected, answer: dict[str, Any], threshold: float) -> Understood:
    intent, confidence = answer["intent"], answer["confidence"]
    given = intent if sureness(answer) >= threshold else FALLBACK
    return Understood(message, given, ((intent, confidence),), answer["ms"])
