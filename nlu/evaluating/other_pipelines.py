"""Lets another pipeline understand the messages that ours is measured on, under the same rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from nlu.bench.running import run
from nlu.bench.scores import REFUSED, sureness
from nlu.bench.sets import Example
from nlu.evaluating.messages import FALLBACK, Expected, Understood
from nlu.evaluating.training_data import Fold


def understood_by(
    pipeline: str, examples: Sequence[Example], fold: Fold, held_out: Mapping[str, Sequence[Expected]]
) -> dict[str, list[Understood]]:
    """Trains a pipeline twice: on a part of the examples to ask it for the rest, and on all.

    It has no threshold of its own: it gets the one at which it refuses 5 % of that rest, of what is in scope.

    Args:
        pipeline: The name of a file in `nlu/bench/pipelines/`.
        examples: All training examples.
        fold: Those of them to learn from, and those to ask.
        held_out: Other messages, under their names.

    Returns:
        What was understood of the rest, under the name `rest`, and of the other messages.
    """
    learnt, asked = fold
    rest = [Expected(text, (intent,)) for text, intent in asked]
    answers = run(pipeline, learnt, {"rest": asked})["messages"]["rest"]
    inside = [sureness(answer) for each, answer in zip(rest, answers, strict=True) if not each.is_out_of_scope]
    threshold = float(np.quantile(inside, REFUSED))

    kinds = {name: [(each.text, each.intents[0]) for each in messages] for name, messages in held_out.items()}
    found = run(pipeline, examples, kinds)["messages"]
    parts = {name: _read(messages, found[name], threshold) for name, messages in held_out.items()}
    return {"rest": _read(rest, answers, threshold), **parts}


def _read(messages: Sequence[Expected], answers: Sequence[dict[str, Any]], threshold: float) -> list[Understood]:
    return [_one(message, answer, threshold) for message, answer in zip(messages, answers, strict=True)]


def _one(message: Expected, answer: dict[str, Any], threshold: float) -> Understood:
    intent, confidence = answer["intent"], answer["confidence"]
    given = intent if sureness(answer) >= threshold else FALLBACK
    return Understood(message, given, ((intent, confidence),), answer["ms"])
