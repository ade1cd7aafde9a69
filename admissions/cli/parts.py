"""The processes that the assistant consists of."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from admissions.cli.training import ENVIRONMENT, ONE_CORE, RASA
from admissions.settings import Settings

BOT = (sys.executable, "-m", "bot")
SANDBOX_TOKEN = "9410:a-token-for-the-local-telegram-only"  # noqa: S105 - opens nothing but the sandbox


@dataclass(frozen=True)
class Part:
    """A process, and how to know that it is ready.

    Attributes:
        name: What an operator calls it, and its log file.
        command: The program and its arguments.
        port: Where it listens, on loopback.
        port_setting: The setting that moves it elsewhere.
        ready_path: The path that answers 200 once it is ready.
        environment: What it needs beside our own environment.
    """

    name: str
    command: tuple[str, ...]
    port: int
    port_setting: str
    ready_path: str
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready_url(self) -> str:
        """The address that answers 200 once it is ready."""
        return f"http://127.0.0.1:{self.port}{self.ready_path}"


def sandbox(settings: Settings) -> Part:
    """Return the local Telegram."""
    port = str(settings.sandbox_port)
    state = str(settings.var_folder / "local-telegram.state")  # update ids must not come again after a restart
    command = (sys.executable, "-m", "bot.sandbox", "--port", port, "--token", SANDBOX_TOKEN, "--state", state)
    return Part("local Telegram", command, settings.sandbox_port, "SANDBOX_PORT", "/sandbox")


def rasa(settings: Settings, model: Path | None = None) -> Part:
    """Return Rasa, with a model once there is one."""
    port = str(settings.rasa_port)
    files = ("--model", str(model), "--endpoints", "nlu/endpoints.yml", "--credentials", "nlu/credentials.yml")
    command = (str(RASA), "run", *files, "--interface", settings.listen_host, "--port", port)
    environment = {
        **ENVIRONMENT,
        **ONE_CORE,
        "TRACKER_STORE_URL": settings.tracker_store_url,
        "ACTIONS_URL": f"{settings.actions_address}/webhook",
        "SHARED_TOKEN": settings.shared_token.get_secret_value() if settings.shared_token else "",
        "LOG_FORMAT": settings.log_format,
        "PYTHONWARNINGS": "ignore::DeprecationWarning",  # Rasa's own; nobody can mend them
        "METRICS_TOKEN": settings.metrics_secret or "",
        **_locks(settings),
    }
    return Part("Rasa", command, settings.rasa_port, "RASA_PORT", "/readyz", environment)


def _locks(settings: Settings) -> dict[str, str]:
    """Return where Rasa locks a conversation, and how long a lock outlives a Rasa that died."""
    if settings.redis_url is None:
        return {"LOCK_STORE": "in_memory", "LOCK_STORE_URL": ""}
    return {
        "LOCK_STORE": "nlu.components.lock_store.UrlLockStore",
        "LOCK_STORE_URL": settings.redis_url.get_secret_value(),
        "TICKET_LOCK_LIFETIME": str(ceil(settings.rasa_timeout) + 1),  # nobody waits longer for its turn
    }


def actions(settings: Settings) -> Part:
    """Return the action server."""
    return Part("actions", (sys.executable, "-m", "actions"), settings.actions_port, "ACTIONS_PORT", "/readyz")


def bot(settings: Settings, *, sandbox_staff_chat: int | None = None) -> Part:
    """Return the bot with its scheduler.

    Args:
        settings: Its settings.
        sandbox_staff_chat: The staff group of the local Telegram; None when the bot talks to the real one.
    """
    environment: dict[str, str] = {}
    if sandbox_staff_chat is not None:
        environment = {
            "TELEGRAM_BOT_TOKEN": SANDBOX_TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{settings.sandbox_port}",
            "STAFF_CHAT_ID": str(sandbox_staff_chat),
        }
    return Part("bot", BOT, settings.bot_port, "BOT_PORT", "/readyz", environment)


def updates(settings: Settings) -> Part:
    """Return the bot without its scheduler, of which there may be several."""
    return Part("bot", (*BOT, "--only", "updates"), settings.bot_port, "BOT_PORT", "/readyz")


def worker(settings: Settings) -> Part:
    """Return the scheduler without the bot; of several one leads."""
    return Part("worker", (*BOT, "--only", "jobs"), settings.worker_port, "WORKER_PORT", "/readyz")


def environment_of(part: Part) -> dict[str, str]:
    """Return the whole environment of a part's process."""
    return {**os.environ, **part.environment}
