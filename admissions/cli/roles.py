"""`clerkship bot | actions | worker | rasa`: one part alone, in the foreground."""

import os
from typing import NoReturn

from admissions.cli import parts
from admissions.cli.parts import Part
from admissions.cli.preparing import NotReady
from admissions.cli.training import RASA, train
from admissions.settings import ROOT, Settings


def bot(settings: Settings) -> NoReturn:
    """Take what Telegram brings.

    Raises:
        NotReady: Several could not share the work.
    """
    if settings.redis_url and not settings.webhook_url:
        raise NotReady("REDIS_URL is for several bots, and Telegram lets one alone poll: set WEBHOOK_URL")
    _become(parts.updates(settings))


def worker(settings: Settings) -> NoReturn:
    """Do what is due, while this is the one that leads."""
    _become(parts.worker(settings))


def actions(settings: Settings) -> NoReturn:
    """Serve Rasa's custom actions."""
    _become(parts.actions(settings))


def rasa(settings: Settings) -> NoReturn:
    """Understand what people write; train first where there is no model of today's files.

    Raises:
        NotReady: Rasa's environment is missing, or the training failed.
    """
    if not RASA.exists():
        raise NotReady("Rasa's environment is missing: run `make setup`")
    _become(parts.rasa(settings, train(settings)))


def _become(part: Part) -> NoReturn:
    """Go on as the part's program: signals reach it, and its end is ours."""
    os.chdir(ROOT)
    os.execve(part.command[0], part.command, parts.environment_of(part))  # noqa: S606 - our own command
