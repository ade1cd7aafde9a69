"""A program that has the bot imported already, and starts one whenever it is told: in a moment, not in seconds.

It reads lines of JSON: the environment of a bot. It answers each with the bot's process id. A bot that it starts
can be made to die by its own hand, as `kill -9` does it, right before or right after a commit that belongs to an
update: SIGUSR1 has it read which one from the file DIES_AT, such as "2 before". "2 halt" halts it there instead.
"""

import contextvars
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session
from typing_extensions import override

import bot.__main__ as program
from bot.inbox import ChatByChat, InboxQueue

of_an_update = contextvars.ContextVar("of_an_update", default=False)
"""Whether what runs was begun by an update; the scheduler's own commits are not counted."""


FATE = {"before": signal.SIGKILL, "halt": signal.SIGSTOP}


class Death:
    """Waits for its commit."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._left: int | None = None
        self._side = ""

    def draw_near(self, *_: object) -> None:
        number, self._side = self._file.read_text().split()
        self._left = int(number)

    def before(self, _connection: Connection) -> None:
        if self._left is None or not of_an_update.get():
            return
        self._left -= 1
        if self._left == 0 and self._side in FATE:
            os.kill(os.getpid(), FATE[self._side])

    def after(self, _session: Session) -> None:
        if self._left == 0 and self._side == "after" and of_an_update.get():
            os.kill(os.getpid(), signal.SIGKILL)


class Clock(datetime):
    """A clock that a test sets, by writing how many seconds it is wrong."""

    @classmethod
    @override
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(time.time(), tz) + timedelta(seconds=float(Path(os.environ["CLOCK"]).read_text()))


def live() -> None:
    """Be a bot."""
    death = Death(Path(os.environ["DIES_AT"]))
    event.listen(Engine, "commit", death.before)
    event.listen(Session, "after_commit", death.after)
    signal.signal(signal.SIGUSR1, death.draw_near)
    setattr(program, "datetime", Clock)  # noqa: B010 - it is not the program's own
    _mark(InboxQueue, "put")
    _mark(ChatByChat, "do_process_update")
    log = os.open(os.environ["LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os._exit(program.main())


def _mark(owner: type, name: str) -> None:
    whole = getattr(owner, name)

    async def marked(*args: Any) -> None:
        of_an_update.set(True)
        work: Awaitable[None] = whole(*args)
        await work

    setattr(owner, name, marked)


def main() -> None:
    """Start bots until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.environ.clear()
            os.environ.update(json.loads(line))
            live()
        print(pid, flush=True)


if __name__ == "__main__":
    main()
