"""`clerkship nlu`: how well the assistant understands, told by Rasa's own environment."""

import os
import subprocess
from pathlib import Path

from admissions.cli import training
from admissions.cli.preparing import NotReady
from admissions.settings import ROOT, Settings

PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
REPORT = ROOT / "docs" / "nlu-report.md"


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


def _measure(module: str, *files: Path) -> None:
    command: list[str | Path] = [PYTHON, "-W", "ignore", "-m", module, *files]
    environment = os.environ | training.ENVIRONMENT | {"LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise NotReady("The messages could not be measured; the lines above say why.")
