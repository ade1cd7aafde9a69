"""Rasa's room has its own environment, and so its own tests; they run here, on a real Postgres."""

import os
import subprocess

import pytest

from admissions.cli import training
from admissions.settings import ROOT, load_settings


def test_the_tests_of_rasas_room_pass(postgres_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    environment = os.environ | training.ENVIRONMENT | {"TEST_POSTGRES_URL": postgres_url}
    environment["TEST_RASA_MODEL"] = str(training.train(load_settings()))
    command = [str(ROOT / "nlu" / ".venv" / "bin" / "python"), "-m", "pytest", "-q", "tests/nlu"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    said = capfd.readouterr().out
    assert done.returncode == 0, said
    assert " passed" in said
    assert "skipped" not in said
