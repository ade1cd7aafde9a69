"""Rasa's model: trained when something it is made of changed."""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from admissions.cli.console import say
from admissions.cli.preparing import NotReady
from admissions.settings import ROOT, Settings

RASA = ROOT / "nlu" / ".venv" / "bin" / "rasa"
MADE_OF = ("config.yml", "domain.yml", "nlu/data", "nlu/components", "nlu/model", "nlu/uv.lock")
MODELS_KEPT = 3
ENVIRONMENT: Mapping[str, str] = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def model_file(settings: Settings) -> Path:
    """Return where the model made of today's files lies, or will lie."""
    return settings.var_folder / "models" / f"{_fingerprint()}.tar.gz"


def promoted(settings: Settings) -> Path | None:
    """Return the model that has last proved itself; None where none has, or it is gone."""
    name = _promotion(settings)
    model = name.with_name(name.read_text("utf-8").strip()) if name.exists() else None
    return model if model and model.exists() else None


def promote(settings: Settings, model: Path) -> None:
    """Note that a model has proved itself."""
    _promotion(settings).write_text(model.name, "utf-8")


def _promotion(settings: Settings) -> Path:
    return settings.var_folder / "models" / "promoted"


def train(settings: Settings) -> Path:
    """Train the model unless there is one of today's files already.

    Raises:
        NotReady: Rasa's environment is missing, or the training failed.
    """
    model = model_file(settings)
    if model.exists():
        say("the model is up to date")
        return model
    if not RASA.exists():
        raise NotReady("Rasa's environment is missing: run `make setup`")
    say("training the model (about half a minute) ...")
    began = time.monotonic()
    _train(model)
    say(f"the model is trained ({time.monotonic() - began:.0f} s)")
    _forget_old_models(model.parent, promoted(settings))
    return model


def _train(model: Path) -> None:
    model.parent.mkdir(parents=True, exist_ok=True)
    log = model.parent / "training.log"
    unfinished = model.with_name(f"unfinished-{os.getpid()}.tar.gz")  # a broken training leaves no model behind
    command: list[str | Path] = [
        RASA,
        "train",
        "--config",
        "config.yml",
        "--domain",
        "domain.yml",
        "--data",
        "nlu/data",
        "--skip-validation",  # it reads everything a second time; a test does it
    ]
    command += ["--out", model.parent, "--fixed-model-name", unfinished.name.removesuffix(".tar.gz")]
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=ROOT, env=os.environ | ENVIRONMENT, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode or not unfinished.exists():
        raise NotReady("The training failed:", *log.read_text("utf-8", "replace").splitlines()[-15:])
    unfinished.replace(model)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in _files():
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for name in MADE_OF:
        path = ROOT / name
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts
            )
        elif path.exists():
            yield path


def _forget_old_models(folder: Path, promoted: Path | None) -> None:
    newest_first = sorted(folder.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime, reverse=True)
    for model in newest_first[MODELS_KEPT:]:
        if model != promoted:
            model.unlink()
