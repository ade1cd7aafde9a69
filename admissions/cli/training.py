"""Rasa's model: trained when something it is made of changed."""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from admissions.cli.console import say
from admissions.cli.preparing import NotReady
from admissions.settings import ROOT, Settings

RASA = ROOT / "nlu" / ".venv" / "bin" / "rasa"
EXAMPLES = "nlu/data/nlu"
MADE_OF = (
    *("config.yml", "domain.yml", "nlu/data/rules", "nlu/data/responses"),
    *("nlu/components", "nlu/model", "nlu/uv.lock"),
)
"""What a model is made of, beside the examples."""
MODELS_KEPT = 3
ENVIRONMENT: Mapping[str, str] = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
ONE_CORE: Mapping[str, str] = {"OMP_NUM_THREADS": "1"}
"""For understanding messages: one takes milliseconds, in which a second thread of numpy only spins."""


def model_file(settings: Settings) -> Path:
    """Return where the model made of today's files lies, or will lie."""
    name = f"{_fingerprint(*MADE_OF)}-{_fingerprint(EXAMPLES)}.tar.gz"
    return settings.var_folder / "models" / name


def model_to_run(settings: Settings) -> Path:
    """Return the model that the assistant runs on: today's, or the promoted one if only the examples are others.

    Raises:
        NotReady: Rasa's environment is missing, or the training failed.
    """
    model, proven = model_file(settings), promoted(settings)
    if proven is None or proven == model:
        return train(settings)
    say("the examples changed since the model was promoted: `clerkship nlu check` decides about them")
    return proven


def promoted(settings: Settings) -> Path | None:
    """Return the model that has last proved itself, unless it is gone or more than the examples changed since."""
    name = _promotion(settings)
    model = name.with_name(name.read_text("utf-8").strip()) if name.exists() else None
    return model if model and model.exists() and _is_akin(model, model_file(settings)) else None


def before(settings: Settings, model: Path) -> Path | None:
    """Return what a model is compared with: the promoted one, else the newest whose examples alone are others."""
    others = [each for each in model.parent.glob("*.tar.gz") if each != model and _is_akin(each, model)]
    return promoted(settings) or max(others, key=lambda each: each.stat().st_mtime, default=None)


def promote(settings: Settings, model: Path) -> None:
    """Note that a model has proved itself."""
    _promotion(settings).write_text(model.name, "utf-8")


def _is_akin(one: Path, other: Path) -> bool:
    """Tell whether two models are made of the same, examples aside."""
    return one.name.partition("-")[0] == other.name.partition("-")[0]


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


def _fingerprint(*names: str) -> str:
    digest = hashlib.sha256()
    for file in _files(names):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
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
