from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from nlu.components.graph_runs import order_of, run_nodes_in_an_order_once_found
from nlu.components.several_questions import QuestionSplitter


def node(*needs: str) -> SchemaNode:
    return SchemaNode({need: need for need in needs}, QuestionSplitter, "create", "process", {})


@pytest.fixture
def dask_comes_back() -> Iterator[None]:
    run = DaskGraphRunner.run
    yield
    DaskGraphRunner.run = run


def test_a_node_runs_behind_what_it_needs_and_what_nobody_needs_does_not_run() -> None:
    schema = GraphSchema(
        {
            "last": node("left", "right"),
            "left": node("first"),
            "right": node("left", "__input__"),
            "first": node("__input__"),
            "idle": node("first"),
        }
    )
    assert order_of(schema, ("last",)) == (
        ("first", ("__input__",)),
        ("left", ("first",)),
        ("right", ("left", "__input__")),
        ("last", ("left", "right")),
    )


@pytest.mark.usefixtures("dask_comes_back")
async def test_messages_are_understood_as_by_dask(model: Path) -> None:
    agent = Agent.load(str(model))
    texts = ["how much is it", "what docs do i need and do u help with visa?", "peds?", "/faq_visa", "😀"]
    by_dask = [await agent.parse_message(text) for text in texts]
    run_nodes_in_an_order_once_found()
    assert [await agent.parse_message(text) for text in texts] == by_dask
