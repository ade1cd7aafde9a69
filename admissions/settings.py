"""The settings, from the environment and `.env`."""

import re
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fsspec import available_protocols
from fsspec.utils import get_protocol
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from admissions.sealing import Keyring, KeysInvalid

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the checkout, which holds `domain.yml`, `nlu/` and `var/`."""

TELEGRAM = "https://api.telegram.org"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


KEYS_MISSING = (
    "ENCRYPTION_KEYS: there is no key; `clerkship keys new` makes one, and `clerkship run` does by itself"
)


class SettingsInvalid(Exception):
    """Some settings cannot be used; `problems` has one line for each, without its value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _http_url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    number, colon, secret = value.get_secret_value().partition(":")
    if not (number.isdigit() and colon and secret):
        raise ValueError("is not a bot token: @BotFather gives one like 123456:ABC-DEF")
    return value


def _async_url(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError as error:
        raise ValueError("must be a database URL such as postgresql://name:password@host/database") from error
    driver = DRIVERS.get(url.drivername.partition("+")[0])
    if driver is None:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _store_url(value: str) -> str:
    if get_protocol(value) not in available_protocols():
        raise ValueError("must be a folder, or a URL that fsspec knows such as s3://bucket/documents")
    return value


def _redis_url(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise ValueError("must begin with redis:// or rediss:// such as redis://:password@redis.example.org/0")
    return value


def _shared_token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,}", value.get_secret_value()):
        raise ValueError("must be at least 16 of A-Z a-z 0-9 _ -")
    return value


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost")


def _hours(value: object) -> object:
    """Read "09:00-20:00"; 24:00 is the end of the day."""
    if not isinstance(value, str):
        return value
    begins, dash, ends = value.partition("-")
    try:
        hours = time.fromisoformat(begins), time.max if ends == "24:00" else time.fromisoformat(ends)
    except ValueError:
        hours = time.max, time.min
    if not dash or hours[0] >= hours[1]:
        raise ValueError("must be hours of one day such as 09:00-20:00")
    return hours


def _smtp_url(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("must begin with smtp:// or smtps:// such as smtp://name:password@mail.example.org:587")
    return value


def _keys(value: SecretStr) -> SecretStr:
    try:
        Keyring(value.get_secret_value().split())
    except KeysInvalid as error:
        raise ValueError(
            f"{error}; `clerkship keys new` makes one; more than one are set apart by blanks"
        ) from None
    return value


Days = Annotated[int, Field(ge=1, le=3650)]
Port = Annotated[int, Field(ge=1, le=65535)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]


class Settings(BaseSettings):
    """What an operator may set. Each field's name in capitals is its environment variable."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_url: HttpUrl = TELEGRAM
    staff_chat_id: Annotated[int | None, BeforeValidator(_empty_is_none)] = None
    webhook_url: HttpUrl | None = None
    webhook_secret: SecretStr | None = None
    database_url: Annotated[str, AfterValidator(_async_url)] = f"sqlite+aiosqlite:///{ROOT}/var/clerkship.db"
    var_folder: Path = ROOT / "var"
    document_store: Annotated[str, AfterValidator(_store_url)] = f"file://{ROOT}/var/documents"
    daytime: Annotated[tuple[time, time], NoDecode, BeforeValidator(_hours)] = (time(9), time(20))
    answers_file: Path = ROOT / "admissions" / "answers" / "answers.yml"
    sandbox_port: Port = 9410
    rasa_port: Port = 5005
    actions_port: Port = 5055
    bot_port: Port = 8410
    worker_port: Port = 8411
    listen_host: Literal["127.0.0.1", "0.0.0.0"] = "127.0.0.1"  # noqa: S104 - behind the shared token
    rasa_url: HttpUrl | None = None
    actions_url: HttpUrl | None = None
    redis_url: Annotated[SecretStr, AfterValidator(_redis_url)] | None = None
    shared_token: Annotated[SecretStr, AfterValidator(_shared_token)] | None = None
    messages_a_second: Annotated[float, Field(gt=0, le=1000)] = 30
    group_messages_a_minute: Annotated[int, Field(ge=1)] = 20
    consultation_change_hours: Annotated[int, Field(ge=0, le=168)] = 12
    messages_kept_days: Days = 90
    rasa_timeout: Annotated[float, Field(gt=0, description="seconds")] = 8.0
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp_url)] | None = None
    smtp_from: str | None = None
    log_format: Literal["text", "json"] = "text"
    metrics_token: SecretStr | None = None
    alarm_after: Annotated[float, Field(gt=0, description="seconds")] = 30.0
    encryption_keys: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    drafts_kept_days: Days = 180
    closed_kept_days: Days = 730
    warned_days_before: Days = 14

    @model_validator(mode="after")
    def _need_each_other(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_URL needs WEBHOOK_SECRET beside it (1-256 of A-Z a-z 0-9 _ -)")
        if self.telegram_api_url != TELEGRAM and not self.telegram_bot_token:
            raise ValueError("TELEGRAM_API_URL needs TELEGRAM_BOT_TOKEN beside it")
        if self.smtp_url and not self.smtp_from:
            raise ValueError("SMTP_URL needs SMTP_FROM beside it: the address that e-mails come from")
        if not self.shared_token and not self.is_on_loopback:
            raise ValueError(
                "LISTEN_HOST, RASA_URL and ACTIONS_URL beyond this machine need SHARED_TOKEN beside them"
            )
        return self

    @property
    def is_on_loopback(self) -> bool:
        """Whether the parts talk to each other on this machine alone."""
        addresses = (self.rasa_address, self.actions_address)
        return self.listen_host == "127.0.0.1" and all(_is_here(address) for address in addresses)

    @property
    def rasa_address(self) -> str:
        """Where Rasa is."""
        return self.rasa_url or f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_address(self) -> str:
        """Where the action server is."""
        return self.actions_url or f"http://127.0.0.1:{self.actions_port}"

    @property
    def is_sandboxed(self) -> bool:
        """Whether the local Telegram stands in for the real one."""
        return self.telegram_bot_token is None

    @property
    def metrics_secret(self) -> str | None:
        """What who reads the metrics must know; None where none is set."""
        return self.metrics_token.get_secret_value() if self.metrics_token else None

    @property
    def keys_file(self) -> Path:
        """Where `clerkship run` puts the key that it makes where ENCRYPTION_KEYS is not set."""
        return self.var_folder / "encryption.keys"

    def keyring(self) -> Keyring:
        """Return the keys that seal personal data.

        Raises:
            SettingsInvalid: There are none, or those of the file cannot be used.
        """
        if self.encryption_keys:
            return Keyring(self.encryption_keys.get_secret_value().split())
        try:
            return Keyring(self.keys_file.read_text("ascii").split())
        except FileNotFoundError:
            raise SettingsInvalid([KEYS_MISSING]) from None
        except (KeysInvalid, UnicodeDecodeError) as error:
            raise SettingsInvalid([f"{self.keys_file}: {error}"]) from None

    @property
    def conversations_url(self) -> str:
        """Where Rasa keeps its conversations, as we read them: the same Postgres, or a SQLite file beside ours."""
        url = make_url(self.database_url)
        if url.get_backend_name() == "postgresql":
            return self.database_url
        folder = Path(url.database).parent if url.database else self.var_folder
        return url.set(database=str(folder / "conversations.db")).render_as_string()

    @property
    def tracker_store_url(self) -> str:
        """The same as Rasa reads it, with its own driver."""
        url = make_url(self.conversations_url)
        return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


@lru_cache
def load_settings() -> Settings:
    """Read and check the settings.

    Raises:
        SettingsInvalid: Some value cannot be used; each is named, none is shown.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsInvalid([_problem(detail["loc"], detail["msg"]) for detail in error.errors()]) from None


def _problem(place: tuple[int | str, ...], message: str) -> str:
    words = message.removeprefix("Value error, ")
    return f"{str(place[0]).upper()}: {words}" if place else words
