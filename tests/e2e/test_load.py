"""A crowd at once, in short; `make bench` lets five hundred chat for five minutes."""

from pathlib import Path

from bench import load
from tests.assistant import running, without_limits


async def test_a_crowd_that_asks_applies_uploads_and_books_is_answered_once_each(tmp_path: Path) -> None:
    async with running(tmp_path) as assistant:
        await without_limits(assistant)
        outcome = await load.press(assistant, people=40, seconds=15, pause=2)
    assert {turn.kind for turn in outcome.turns} == {"start", "question", "step", "upload", "sorting", "booking"}
    assert (outcome.lost, outcome.doubled, outcome.unfinished) == (0, 0, 0)
