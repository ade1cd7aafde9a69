"""Tells how well a model understands a file of messages; `clerkship nlu eval` runs it.

python -m nlu.evaluating MODEL.tar.gz FILE.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from nlu.evaluating.figures import figures
from nlu.evaluating.messages import Understood, UnreadableLine, read
from nlu.evaluating.parsing import understand

CUT = 90
"""Characters of a message that the table shows."""


def main(model: Path, file: Path) -> None:
    """Prints the wrong ones on standard error, and the figures as the last line of standard output."""
    try:
        messages = read(file)
    except (OSError, UnreadableLine) as error:
        sys.exit(f"{file}: {error}")
    understood = understand(model, messages)
    print(*table(understood), sep="\n", file=sys.stderr, flush=True)
    print(json.dumps(figures(understood)), flush=True)


def table(understood: Sequence[Understood]) -> list[str]:
    """Writes a line for each message that was understood wrongly: what would be right, what it was taken for."""
    rows = [
        (" | ".join(each.expected.intents), f"{each.intent} {each.ranking[0][1]:.2f}", each.expected.text[:CUT])
        for each in understood
        if not each.is_right
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = [f"{right:<{widths[0]}}  {taken:<{widths[1]}}  {text}" for right, taken, text in rows]
    return [*lines, f"{len(rows)} of {len(understood)} wrong"]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
