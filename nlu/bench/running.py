"""Lets a pipeline train and understand messages in an environment of its own, and remembers what takes long."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nlu.bench.sets import Example

ROOT = Path(__file__).parents[2]
PIPELINES = Path(__file__).parent / "pipelines"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clerkship"
STOCK = CACHE / "rasa-stock"
MEASURED = CACHE / "measured"
"""What the stock pipeline understood, under the hash of all it depends on: it trains for ten minutes and more."""
REQUIREMENTS = ("rasa==3.6.21", "setuptools<71")
ONE_CORE = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
Predictions = dict[str, Any]


def run(pipeline: str, training: Sequence[Example], messages: Mapping[str, Sequence[Example]]) -> Predictions:
    """Trains a pipeline, and lets it understand each kind of messages; the stock one only if it never did.

    Args:
        pipeline: The name of a file in `pipelines/`: ours, sparse or stock.
        training: The examples.
        messages: The messages of each kind.

    Returns:
        What `nlu.bench.measuring` writes.
    """
    given = json.dumps({"training": training, "messages": messages}).encode()
    if pipeline != "stock":
        return _measure(pipeline, given)
    made_of = [given, (PIPELINES / "stock.yml").read_bytes(), *(each.encode() for each in REQUIREMENTS)]
    name = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in made_of)).hexdigest()
    known = MEASURED / f"{name}.json"
    if not known.exists():
        MEASURED.mkdir(parents=True, exist_ok=True)
        unfinished = known.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(_measure(pipeline, given)), "utf-8")
        unfinished.replace(known)
    return json.loads(known.read_text("utf-8"))


def _measure(pipeline: str, given: bytes) -> Predictions:
    """Runs `nlu.bench.measuring`.

    Raises:
        SystemExit: It failed; the end of what it said is told.
    """
    python = Path(sys.executable) if pipeline == "ours" else _stock_environment()
    environment = os.environ | ONE_CORE | QUIET | {"PYTHONPATH": str(ROOT), "RASA_MAX_CACHE_SIZE": "0"}
    with tempfile.TemporaryDirectory() as folder:
        asked, written, log = (Path(folder) / name for name in ("set.json", "predictions.json", "log"))
        asked.write_bytes(given)
        command = [
            python,
            "-W",
            "ignore",
            "-m",
            "nlu.bench.measuring",
            PIPELINES / f"{pipeline}.yml",
            asked,
            written,
        ]
        with log.open("wb") as output:
            done = subprocess.run(  # noqa: S603 - our own command
                command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode:
            sys.exit(log.read_text("utf-8", "replace")[-3000:])
        return json.loads(written.read_text("utf-8"))


def _stock_environment() -> Path:
    """Returns the Python of Rasa's stock environment, which is made where there is none."""
    python = STOCK / "bin" / "python"
    if not (STOCK / "made").exists():
        uv, wanted = os.environ.get("UV", "uv"), os.environ.get("STOCK_PYTHON", "3.10")
        subprocess.run([uv, "venv", "--clear", "--quiet", "--python", wanted, STOCK], check=True)  # noqa: S603
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *REQUIREMENTS], check=True)  # noqa: S603
        (STOCK / "made").touch()
    return python
