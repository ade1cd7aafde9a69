"""Starting it from the command line."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process

import httpx

ARGUMENTS = (sys.executable, "-m", "bot.sandbox", "--token", "42:words")


async def start(*more: str) -> Process:
    return await asyncio.create_subprocess_exec(*ARGUMENTS, *more, stdout=PIPE, stderr=PIPE)


async def address_of(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().removeprefix("Local Telegram: ").strip()


async def test_it_says_where_it_is_and_stops_at_once() -> None:
    process = await start("--port", "0", "--no-rate-limits")
    async with httpx.AsyncClient(base_url=await address_of(process), timeout=30) as client:
        waiting = asyncio.ensure_future(client.get("/bot42:words/getUpdates", params={"timeout": 50}))
        me = await client.get("/bot42:words/getMe")
        assert me.json()["result"]["id"] == 42

        process.send_signal(signal.SIGINT)

        assert (await waiting).json() == {"ok": True, "result": []}
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


async def test_a_taken_port_is_named() -> None:
    first = await start("--port", "0")
    port = (await address_of(first)).rstrip("/").rpartition(":")[2]

    second = await start("--port", port)
    _, errors = await second.communicate()
    first.send_signal(signal.SIGINT)
    await first.communicate()

    assert second.returncode != 0
    assert "address already in use" in errors.decode()


async def test_a_token_has_a_number_first() -> None:
    process = await start("--token", "nonsense")
    _, errors = await process.communicate()

    assert process.returncode == 2
    assert "a token is <number>:<words>" in errors.decode()
