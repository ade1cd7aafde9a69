"""`clerkship run`: everything, in order, until Ctrl-C."""

import asyncio
import json
import signal
from collections.abc import Sequence
from contextlib import suppress
from urllib.request import urlopen

from admissions.cli import parts
from admissions.cli.console import say
from admissions.cli.parts import Part
from admissions.cli.preparing import NotReady, prepare_database
from admissions.cli.supervisor import Supervisor, require_free_ports
from admissions.cli.training import model_to_run
from admissions.settings import Settings


async def run(settings: Settings) -> None:
    """Prepare, start all parts, say where the assistant is, and keep it running until a signal.

    Raises:
        NotReady: Something must be mended first.
    """
    main = asyncio.current_task()
    assert main is not None, "a coroutine runs in a task"
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, main.cancel)
    with suppress(asyncio.CancelledError):
        await _run(settings)
    say("stopped")


async def _run(settings: Settings) -> None:
    sandbox = parts.sandbox(settings) if settings.is_sandboxed else None
    actions, bot = parts.actions(settings), parts.bot(settings)
    require_free_ports([*([sandbox] if sandbox else []), parts.rasa(settings), actions, bot])

    await prepare_database(settings)
    say("the database is up to date")
    rasa = parts.rasa(settings, await asyncio.to_thread(model_to_run, settings))
    async with Supervisor(settings.var_folder / "log") as supervisor:
        await _start_at_once(supervisor, [part for part in (sandbox, rasa, actions) if part])
        if sandbox:
            bot = parts.bot(settings, sandbox_staff_chat=await asyncio.to_thread(_staff_chat, sandbox))
        await supervisor.start(bot)
        _announce(settings)
        await asyncio.Event().wait()


async def _start_at_once(supervisor: Supervisor, parts: Sequence[Part]) -> None:
    try:
        async with asyncio.TaskGroup() as starting:
            for part in parts:
                starting.create_task(supervisor.start(part))
    except* NotReady as failed:
        raise failed.exceptions[0] from None


def _staff_chat(sandbox: Part) -> int:
    with urlopen(sandbox.ready_url, timeout=5) as response:  # noqa: S310 - an address of ours
        return int(json.load(response)["staff_chat"])


def _announce(settings: Settings) -> None:
    if not settings.is_sandboxed and settings.staff_chat_id is None:
        say("CAUTION: nobody is told when an applicant wants a person: set STAFF_CHAT_ID to the staff's group")
    if settings.is_sandboxed:
        say(f"The local Telegram is at http://127.0.0.1:{settings.sandbox_port}/ (Ctrl-C stops everything)")
    else:
        say("The assistant is listening on Telegram (Ctrl-C stops everything)")
