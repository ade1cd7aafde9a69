"""`clerkship nlu review | check`: what staff labelled becomes training data, and a new model proves itself."""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from admissions import understanding
from admissions.cli import language, training
from admissions.cli.console import say
from admissions.cli.preparing import NotReady
from admissions.database import Database
from admissions.settings import ROOT, Settings
from admissions.understanding import UnderstoodMessage

REVIEWED = ROOT / "nlu" / "data" / "nlu" / "reviewed.yml"
REGRESSION = ROOT / "tests" / "nlu" / "held_out.jsonl"
REPLAYED = timedelta(days=30)
HEADER = 'version: "3.1"\n\n# What applicants wrote and staff labelled; `clerkship nlu review` adds to it.\nnlu:\n'


async def review(settings: Settings, file: Path = REVIEWED, *, at: datetime) -> int:
    """Write the labelled messages into the training data, each under its author and day.

    Returns:
        How many they were.
    """
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.transaction() as session:
            messages = await understanding.labelled(session)
            if messages:
                _append(file, examples(messages))
                await understanding.mark_exported(session, messages, at=at)
    finally:
        await database.close()
    return len(messages)


def _append(file: Path, blocks: Sequence[str]) -> None:
    text = file.read_text("utf-8") if file.exists() else HEADER
    file.write_text(text + "".join(blocks), "utf-8")


def examples(messages: Sequence[UnderstoodMessage]) -> list[str]:
    """Put labelled messages as Rasa's training data has them."""

    def origin(message: UnderstoodMessage) -> tuple[str, str, str]:
        assert message.label is not None, "it is labelled"
        assert message.labelled_at is not None, "it is labelled"
        return message.label, str(message.labelled_by), message.labelled_at.date().isoformat()

    blocks = []
    for (intent, author, day), group in groupby(sorted(messages, key=origin), key=origin):
        lines = "".join(f"    - {_example(message.text)}\n" for message in group)
        blocks.append(
            f"# labelled by {' '.join(author.split())} on {day}\n- intent: {intent}\n  examples: |\n{lines}"
        )
    return blocks


def _example(text: str) -> str:
    """Put a text on one line, without the brackets by which Rasa marks entities."""
    return " ".join(text.translate(dict.fromkeys(map(ord, "[]{}"), " ")).split())


def check(settings: Settings) -> None:
    """Train, compare with the model before, and promote the better: the assistant runs on it from its next start.

    Raises:
        NotReady: The new model is worse, or could not be made.
    """
    new = training.train(settings)
    old = training.before(settings, new)
    if old is not None and not _is_as_good(settings, old, new):
        training.promote(settings, old)
        raise NotReady(f"The new model is worse; the assistant stays with {old.name}.")
    training.promote(settings, new)
    say(f"{new.name} is the promoted model")


def _is_as_good(settings: Settings, old: Path, new: Path) -> bool:
    if old == new:
        return True
    texts = asyncio.run(_written(settings, datetime.now(UTC) - REPLAYED))
    with tempfile.TemporaryDirectory() as folder:
        replayed = Path(folder) / "replayed.jsonl"
        lines = [json.dumps({"text": text, "intents": ["unknown"]}) for text in texts]
        replayed.write_text("\n".join(lines), "utf-8")
        return language.is_as_good(old, new, REGRESSION, replayed)


async def _written(settings: Settings, moment: datetime) -> Sequence[str]:
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.reading() as session:
            return await understanding.since(session, moment)
    finally:
        await database.close()
