"""The sets of examples and messages that are measured on, drawn from CLINC150 in the same way each time."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from nlu.bench.typos import misspell

Example = tuple[str, str]
"""A text and its intent."""
OUT_OF_SCOPE = "out_of_scope"
INTENTS = 40
FEWEST, MOST = 15, 40
"""How many examples an intent of an assistant of our size has."""
NEIGHBOURS = 1000
FILE_NAME = "clinc150.json"


@dataclass
class Set:
    """What one measurement trains on and what it asks.

    Attributes:
        name: What the report calls it.
        training: The examples.
        validation: Messages to choose the threshold on.
        messages: The messages to understand: clean, typos, far (out of scope), near (of left-out intents).
        out_of_scope_validation: Out-of-scope messages for a threshold chosen by the paper's protocol.
    """

    name: str
    training: list[Example]
    validation: list[Example]
    messages: dict[str, list[Example]]
    out_of_scope_validation: list[Example] = field(default_factory=list)


def read(folder: Path) -> dict[str, list[Example]]:
    """Reads CLINC150, whose splits are lists of [text, intent].

    Raises:
        FileNotFoundError: The folder holds no clinc150.json.
    """
    splits = json.loads((folder / FILE_NAME).read_text("utf-8"))
    return {name: [(text, intent) for text, intent in examples] for name, examples in splits.items()}


def of_our_size(clinc: dict[str, list[Example]], draw: int) -> Set:
    """Draws 40 intents with 15 to 40 examples each; the other 110 are the neighbouring topics."""
    chance = random.Random(draw)  # noqa: S311 - no secret
    intents = set(chance.sample(sorted(_by_intent(clinc["train"])), INTENTS))
    drawn = {intent: chance.randint(FEWEST, MOST) for intent in sorted(intents)}
    others = [example for example in clinc["test"] if example[1] not in intents]
    near = [(text, OUT_OF_SCOPE) for text, _ in chance.sample(others, NEIGHBOURS)]
    training = _take(clinc["train"], drawn, chance)
    return _set(f"40 intents, draw {draw}", clinc, training, intents, {"near": near})


def few_shot(clinc: dict[str, list[Example]], shots: int, draw: int) -> Set:
    """Draws the same number of examples of all 150 intents."""
    chance = random.Random(draw)  # noqa: S311 - no secret
    intents = set(_by_intent(clinc["train"]))
    training = _take(clinc["train"], dict.fromkeys(sorted(intents), shots), chance)
    return _set(f"{shots}-shot, draw {draw}", clinc, training, intents)


def full(clinc: dict[str, list[Example]]) -> Set:
    """Takes all of it, the 100 examples of what is out of scope too."""
    outside = [(text, OUT_OF_SCOPE) for text, _ in clinc["oos_train"]]
    return _set("full", clinc, clinc["train"] + outside, set(_by_intent(clinc["train"])))


def _set(
    name: str,
    clinc: dict[str, list[Example]],
    training: list[Example],
    intents: set[str],
    more: dict[str, list[Example]] | None = None,
) -> Set:
    chance = random.Random(name)  # noqa: S311 - no secret
    clean = [example for example in clinc["test"] if example[1] in intents]
    messages = {
        "clean": clean,
        "typos": [(misspell(text, chance), intent) for text, intent in clean],
        "far": clinc["oos_test"],
        **(more or {}),
    }
    validation = [example for example in clinc["val"] if example[1] in intents]
    return Set(name, training, validation, messages, clinc["oos_val"])


def _by_intent(examples: list[Example]) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        found[example[1]].append(example)
    return found


def _take(examples: list[Example], counts: dict[str, int], chance: random.Random) -> list[Example]:
    of_intent = _by_intent(examples)
    return [example for intent, count in counts.items() for example in chance.sample(of_intent[intent], count)]
