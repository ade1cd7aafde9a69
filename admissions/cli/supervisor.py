"""Start processes, keep them running, stop them."""

import asyncio
import ctypes
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from admissions.cli.console import say
from admissions.cli.parts import Part, environment_of
from admissions.cli.preparing import NotReady
from admissions.settings import ROOT

READY_WITHIN = 120.0
"""Seconds; a part that takes longer is stuck."""
STOPS_WITHIN = 30.0
"""More than a part takes to finish the turns it is at."""
ANSWERS_WITHIN = 5.0
"""More than a part waits for what it asks before it answers."""
LONGEST_PAUSE = 30.0
LOOK_EVERY = 0.05
SET_DEATH_SIGNAL = 1
"""Linux's PR_SET_PDEATHSIG."""


def require_free_ports(parts: Iterable[Part]) -> None:
    """Check that every part can listen.

    Raises:
        NotReady: Some ports are in use; each is named with the setting that moves it.
    """
    taken = [part for part in parts if not _is_free(part.port)]
    if taken:
        raise NotReady(
            *(
                f"Port {part.port} ({part.name}) is in use: stop the other program, or set {part.port_setting}"
                for part in taken
            )
        )


class Supervisor:
    """The running parts. Leaving its `async with` block stops them, the last started first.

    Args:
        logs: The folder that takes a log file for each part.
    """

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, Process] = {}
        self._keepers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for name in reversed(self._running):
            await _stop(self._running[name])

    async def start(self, part: Part) -> None:
        """Start a part and wait until it is ready; from then on it is started again whenever it ends.

        Raises:
            NotReady: It ended before it was ready, or took too long; its last words are quoted.
        """
        began = asyncio.get_running_loop().time()
        self._begin_log(part)
        await self._spawn(part)
        await self._until_ready(part)
        say(f"{part.name} is ready ({asyncio.get_running_loop().time() - began:.1f} s)")
        self._keepers.append(asyncio.create_task(self._keep(part)))

    async def _spawn(self, part: Part) -> None:
        with self._log(part).open("ab") as log:
            self._running[part.name] = await asyncio.create_subprocess_exec(
                *part.command,
                cwd=ROOT,
                env=environment_of(part),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # Ctrl-C reaches us alone; we stop the parts in their order
                preexec_fn=_end_with_parent,
            )

    async def _until_ready(self, part: Part) -> None:
        ended = asyncio.create_task(self._running[part.name].wait())
        try:
            async with asyncio.timeout(READY_WITHIN):
                while not await asyncio.to_thread(answers, part.ready_url):
                    if ended.done():
                        raise NotReady(f"The {part.name} did not start:", *self._last_words(part))
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError:
            raise NotReady(
                f"The {part.name} was not ready in {READY_WITHIN:.0f} s:", *self._last_words(part)
            ) from None
        finally:
            ended.cancel()

    async def _keep(self, part: Part) -> None:
        pause = 0.0
        while True:
            code = await self._running[part.name].wait()
            reason = "".join(f": {line}" for line in self._last_words(part)[-1:] if code > 0)
            say(f"{part.name} ended ({code}){reason}; starting it again")
            await asyncio.sleep(pause)
            pause = min(max(2 * pause, 1.0), LONGEST_PAUSE)
            await self._spawn(part)
            with suppress(NotReady):  # then it has ended, and the next round starts it again
                await self._until_ready(part)
                say(f"{part.name} is back")
                pause = 0.0

    def _begin_log(self, part: Part) -> None:
        log = self._log(part)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))

    def _log(self, part: Part) -> Path:
        return self._logs / f"{part.name.lower().replace(' ', '-')}.log"

    def _last_words(self, part: Part) -> list[str]:
        return self._log(part).read_text("utf-8", "replace").splitlines()[-5:]


def answers(url: str) -> bool:
    """Tell whether an address answers 200 now."""
    try:
        with urlopen(url, timeout=ANSWERS_WITHIN) as response:  # noqa: S310 - an address of ours
            return bool(response.status == 200)
    except (OSError, HTTPException):
        return False


async def _stop(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(STOPS_WITHIN):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _end_with_parent() -> None:
    """Ask Linux to end a part when we are killed and cannot do it ourselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGTERM)
