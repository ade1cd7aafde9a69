"""What an operator reads."""

import sys
from typing import NoReturn


def say(line: str) -> None:
    """Tell of progress."""
    print(f"  {line}", flush=True)


def fail(*lines: str, code: int = 1) -> NoReturn:
    """Say what is wrong, and end.

    Raises:
        SystemExit: Always.
    """
    print(*lines, sep="\n  ", file=sys.stderr, flush=True)
    raise SystemExit(code)
