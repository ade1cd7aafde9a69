"""Lets a trained model understand messages one by one, as a running assistant does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from nlu.components.graph_runs import run_nodes_in_an_order_once_found
from nlu.components.several_questions import SEVERAL
from nlu.evaluating.messages import FALLBACK, Expected, Understood
from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

WARM_UP = 20
"""Messages that are understood before time counts."""
RANKED = 3
"""How many intents are kept of each message's ranking."""


def understand(model: Path, messages: Sequence[Expected]) -> list[Understood]:
    """Loads a model and asks it for each message."""
    configure_structlog(logging.ERROR)  # else each message is logged, which takes longer than to understand it
    run_nodes_in_an_order_once_found()
    return asyncio.run(_understand(Agent.load(str(model)), messages))


async def _understand(agent: Agent, messages: Sequence[Expected]) -> list[Understood]:
    for message in messages[:WARM_UP]:
        await agent.parse_message(message.text)
    return [await _one(agent, message) for message in messages]


async def _one(agent: Agent, message: Expected) -> Understood:
    began = time.perf_counter()
    parsed = await agent.parse_message(message.text)
    milliseconds = (time.perf_counter() - began) * 1000
    ranked = [(guess["name"], guess["confidence"]) for guess in parsed["intent_ranking"]]
    kept = [guess for guess in ranked if guess[0] != FALLBACK][:RANKED]
    answered = tuple(question["answer"] for question in parsed.get(SEVERAL) or [])
    return Understood(message, parsed["intent"]["name"] or FALLBACK, tuple(kept), milliseconds, answered)
