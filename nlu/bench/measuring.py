"""Trains one pipeline with Rasa and lets it understand messages, one by one; runs in either environment.

python -m nlu.bench.measuring PIPELINE.yml SET.json PREDICTIONS.json
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nlu.components.graph_runs import run_nodes_in_an_order_once_found
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.log_utils import configure_structlog

WARM_UP = 50
"""Messages that are understood before time counts."""


def main(pipeline: Path, given: Path, written: Path) -> None:
    """Measures, and writes each message's intent, confidence and milliseconds, and the seconds of the training."""
    configure_structlog(logging.ERROR)  # else each message is logged, which takes longer than to understand it
    sets = json.loads(given.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        model = _train(pipeline, sets["training"], Path(folder))
        seconds = time.perf_counter() - began
        if pipeline.stem == "ours":
            run_nodes_in_an_order_once_found()  # as our Rasa does
        agent = Agent.load(model)
        asyncio.run(_understand(agent, next(iter(sets["messages"].values()))[:WARM_UP]))
        understood = {
            kind: asyncio.run(_understand(agent, messages)) for kind, messages in sets["messages"].items()
        }
    written.write_text(json.dumps({"training_s": seconds, "messages": understood}))


def _train(pipeline: Path, examples: list[list[str]], folder: Path) -> str:
    data = TrainingData([Message.build(text, intent) for text, intent in examples])
    (folder / "nlu.yml").write_text(data.nlu_as_yaml(), "utf-8")
    model = train_nlu(str(pipeline), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    if model is None:
        raise SystemExit("Rasa trained no model")
    return model


async def _understand(agent: Agent, messages: list[list[str]]) -> list[dict[str, Any]]:
    found = []
    for text, _ in messages:
        began = time.perf_counter()
        parsed = await agent.parse_message(text)
        milliseconds = (time.perf_counter() - began) * 1000
        best = next(guess for guess in _guesses(parsed) if guess["name"] != "nlu_fallback")
        found.append({"intent": best["name"], "confidence": best["confidence"], "ms": round(milliseconds, 3)})
    return found


def _guesses(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    return parsed["intent_ranking"] or [{"name": None, "confidence": 0.0}]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
