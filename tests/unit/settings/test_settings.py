"""Settings: each bad value is named, none is shown."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from admissions.settings import Settings, SettingsInvalid, load_settings

TOKEN = "123456:hunter2"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("TELEGRAM_BOT_TOKEN", "no-token", "TELEGRAM_BOT_TOKEN: is not a bot token"),
        ("RASA_PORT", "99999", "RASA_PORT: Input should be less than or equal to 65535"),
        ("RASA_TIMEOUT", "soon", "RASA_TIMEOUT: Input should be a valid number"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL: must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL: must be a database URL"),
        ("WEBHOOK_URL", "ftp://x", "WEBHOOK_URL: must begin with http:// or https://"),
        ("WEBHOOK_URL", "https://x", "WEBHOOK_URL needs WEBHOOK_SECRET"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:9411", "TELEGRAM_API_URL needs TELEGRAM_BOT_TOKEN"),
        ("SMTP_URL", "mail.example.org", "SMTP_URL: must begin with smtp:// or smtps://"),
        ("SMTP_URL", "smtp://mail.example.org", "SMTP_URL needs SMTP_FROM"),
        ("DAYTIME", "by day", "DAYTIME: must be hours of one day"),
        ("DAYTIME", "20:00-09:00", "DAYTIME: must be hours of one day"),
        ("DAYTIME", "09:00", "DAYTIME: must be hours of one day"),
        ("REDIS_URL", "redis.example.org", "REDIS_URL: must begin with redis:// or rediss://"),
        ("SHARED_TOKEN", "short", "SHARED_TOKEN: must be at least 16 of A-Z a-z 0-9 _ -"),
        ("LISTEN_HOST", "0.0.0.0", "LISTEN_HOST, RASA_URL and ACTIONS_URL beyond this machine need SHARED_TOKEN"),  # noqa: S104
        ("RASA_URL", "http://rasa:5005", "LISTEN_HOST, RASA_URL and ACTIONS_URL beyond this machine"),
        ("ACTIONS_URL", "http://10.0.0.7", "LISTEN_HOST, RASA_URL and ACTIONS_URL beyond this machine"),
        ("STAFF_CHAT_ID", "the staff", "STAFF_CHAT_ID: Input should be a valid integer"),
    ],
)
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as invalid:
        load_settings()
    [line] = invalid.value.problems
    assert line.startswith(problem)


def test_all_bad_values_are_named_at_once_and_none_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "hunter2")
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@x")
    with pytest.raises(SettingsInvalid) as invalid:
        load_settings()
    assert len(invalid.value.problems) == 2
    assert "hunter2" not in str(invalid.value)


@pytest.mark.parametrize(
    ("value", "hours"),
    [("08:30-21:00", (time(8, 30), time(21))), ("00:00-24:00", (time.min, time.max)), ("", (time(9), time(20)))],
)
def test_daytime_is_hours(monkeypatch: pytest.MonkeyPatch, value: str, hours: tuple[time, time]) -> None:
    monkeypatch.setenv("DAYTIME", value)
    assert load_settings().daytime == hours


def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert "hunter2" not in repr(load_settings())


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setenv("STAFF_CHAT_ID", "")
    assert load_settings().is_sandboxed


@pytest.mark.parametrize(
    ("given", "ours", "rasas"),
    [
        ("postgres://a:b@h/d", "postgresql+psycopg://a:b@h/d", "postgresql://a:b@h/d"),
        ("postgresql://h/d", "postgresql+psycopg://h/d", "postgresql://h/d"),
        ("sqlite:////data/c.db", "sqlite+aiosqlite:////data/c.db", "sqlite:////data/conversations.db"),
    ],
)
def test_a_database_url_gets_the_driver_of_each_side(
    monkeypatch: pytest.MonkeyPatch, given: str, ours: str, rasas: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    settings = load_settings()
    assert (settings.database_url, settings.tracker_store_url) == (ours, rasas)


def test_the_answers_file_of_the_checkout_is_the_default() -> None:
    assert load_settings().answers_file.name == "answers.yml"
    assert Path(load_settings().answers_file).exists()
