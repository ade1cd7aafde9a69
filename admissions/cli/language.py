"""`clerkship nlu`: how well the assistant understands, told by Rasa's own environment."""

import os
import subprocess
from pathlib import Path

from admissions.cli import training
from admissions.cli.preparing import NotReady
from admissions.settings import ROOT, Settings

PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
REPORT = ROOT / "docs" / "nlu-report.md"
WORSE = 3
"""What comparing ends with where the new model is worse."""


def evaluate(settings: Settings, file: Path) -> None:
    """Let the model understand a file of messages; its words go to our own output, its figures last.

    Raises:
        NotReady: There is no such file, no model could be trained, or a line cannot be read.
    """
    if not file.is_file():
        raise NotReady(f"{file}: there is no such file")
    _measure("nlu.evaluating", training.train(settings), file.resolve())


def report(settings: Settings) -> None:
    """Measure on the training data and the held-out messages, and write the report.

    Raises:
        NotReady: No model could be trained, or the measuring failed.
    """
    _measure("nlu.evaluating.report", training.train(settings), REPORT)


def is_as_good(old: Path, new: Path, regression: Path, replayed: Path) -> bool:
    """Show what a new model changes, and tell whether it is no worse than the old one.

    Raises:
        NotReady: The models could not be compared.
    """
    code = _run("nlu.evaluating.comparing", old, new, regression, replayed)
    if code not in {0, WORSE}:
        raise NotReady("The models could not be compared; the lines above say why.")
    return code != WORSE


def _measure(module: str, *files: Path) -> None:
    if _run(module, *files):
        raise NotReady("The messages could not be measured; the lines above say why.")


def _run(module: str, *files: Path) -> int:
    command: list[str | Path] = [PYTHON, "-W", "ignore", "-m", module, *files]
    environment = {**os.environ, **training.ENVIRONMENT, **training.ONE_CORE, "LOG_LEVEL": "ERROR"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603 - our own command
