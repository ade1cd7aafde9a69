"""What an operator installs: the unit for systemd, and what Prometheus and Grafana read."""

import json
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import yaml

from admissions.cli import supervisor
from admissions.settings import ROOT, Settings
from bot.__main__ import TURNS_END_WITHIN

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "clerkship.service").read_text("utf-8")
PARTS = 4


def service() -> dict[str, str]:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(UNIT)
    return dict(unit["Service"])


def test_systemd_gives_every_part_the_time_to_end_its_turns() -> None:
    assert TURNS_END_WITHIN < supervisor.STOPS_WITHIN
    assert int(service()["TimeoutStopSec"]) > PARTS * supervisor.STOPS_WITHIN


def test_the_units_environment_names_settings_that_exist_and_data_where_it_may_write() -> None:
    lines = (DEPLOY / "environment").read_text("utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert {name.lower() for name in values} <= set(Settings.model_fields)
    state = f"/var/lib/{service()['StateDirectory']}"
    assert all(state in values[name] for name in ("VAR_FOLDER", "DATABASE_URL", "DOCUMENT_STORE"))


def test_systemd_can_read_the_unit(tmp_path: Path) -> None:
    assert service()["User"] == "clerkship"
    if program := shutil.which("systemd-analyze"):
        copy = tmp_path / "clerkship.service"
        copy.write_text(UNIT.replace("/opt/clerkship/.venv/bin/clerkship", "/bin/true"), "utf-8")
        done = subprocess.run(
            [program, "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_prometheus_reads_the_alerts_from_where_every_part_listens() -> None:
    read = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text("utf-8"))
    assert [(DEPLOY / "prometheus" / name).exists() for name in read["rule_files"]] == [True]
    [job] = read["scrape_configs"]
    ports = {Settings.model_fields[name].default for name in ("bot_port", "actions_port", "rasa_port")}
    assert {each["targets"][0] for each in job["static_configs"]} == {f"127.0.0.1:{port}" for port in ports}
    rules = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    assert all(set(rule) >= {"alert", "expr", "annotations"} for rule in rules)
    assert f'job="{job["job_name"]}"' in rules[0]["expr"]


def test_no_two_panels_of_the_dashboard_share_a_place_or_a_number() -> None:
    panels = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text("utf-8"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert all(panel["description"] for panel in panels if panel["type"] != "row")
