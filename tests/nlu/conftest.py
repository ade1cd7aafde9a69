import os
import subprocess
import sys
from pathlib import Path

import pytest

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"

ROOT = Path(__file__).parents[2]
RASA = Path(sys.executable).parent / "rasa"


@pytest.fixture(scope="session", autouse=True)
def _root() -> None:
    """config.yml names components from the root on, and Rasa caches its training there."""
    os.chdir(ROOT)


def run_rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RASA, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model: the one TEST_RASA_MODEL names, or a new one."""
    if path := os.environ.get("TEST_RASA_MODEL"):
        return Path(path).resolve()
    out = tmp_path_factory.mktemp("models")
    training = run_rasa(
        *("train", "--config", "config.yml", "--domain", "domain.yml", "--data", "nlu/data"),
        *("--out", str(out), "--fixed-model-name", "tested"),
    )
    assert training.returncode == 0, training.stdout + training.stderr
    return out / "tested.tar.gz"
