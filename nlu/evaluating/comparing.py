"""Compares two models: the regression set decides, and every answer that would change is shown.

python -m nlu.evaluating.comparing OLD.tar.gz NEW.tar.gz REGRESSION.jsonl MESSAGES.jsonl
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from nlu.evaluating.figures import Figures, figures
from nlu.evaluating.messages import Understood, read
from nlu.evaluating.parsing import understand

OF_OUTSIDE = "out_of_scope_recall"
MUST_NOT_FALL = ("accuracy", "answered_precision", OF_OUTSIDE)
ALLOWED = 0.005
"""By how much a figure may fall: on some hundred messages, that is chance."""
A_MESSAGE = 1.5
"""Where few messages are out of scope, a single one of them is chance too."""
CUT = 80
WORSE = 3
"""The exit code that says: the new model is worse."""


def main(old: Path, new: Path, regression: Path, replayed: Path) -> None:
    """Prints what changes; ends with code 3 where the new model is worse on the regression set."""
    cases, messages = read(regression), read(replayed)
    before, after = understand(old, cases + messages), understand(new, cases + messages)
    print(*changes(before[len(cases) :], after[len(cases) :]), sep="\n")
    then, now = figures(before[: len(cases)]), figures(after[: len(cases)])
    print(*(f"{name:<20} {then[name]:.3f} -> {now[name]:.3f}" for name in MUST_NOT_FALL), sep="\n", flush=True)
    if falls := worse(then, now, outside=sum(case.is_out_of_scope for case in cases)):
        print(f"the new model is worse: {', '.join(falls)}", file=sys.stderr, flush=True)
        sys.exit(WORSE)


def changes(before: Sequence[Understood], after: Sequence[Understood]) -> list[str]:
    """Writes a line for each message that the new model would treat otherwise."""
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old.intent != new.intent]
    lines = [f"{old.intent} -> {new.intent}: {old.expected.text[:CUT]}" for old, new in changed]
    return [*lines, f"{len(changed)} of {len(before)} replayed messages would be treated otherwise"]


def worse(then: Figures, now: Figures, *, outside: int) -> list[str]:
    """Returns the figures that fall by more than chance.

    Args:
        then: Those of the old model.
        now: Those of the new one.
        outside: How many messages are out of scope.
    """
    allowed = dict.fromkeys(MUST_NOT_FALL, ALLOWED) | {OF_OUTSIDE: max(ALLOWED, A_MESSAGE / max(outside, 1))}
    return [name for name in MUST_NOT_FALL if now[name] < then[name] - allowed[name]]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
