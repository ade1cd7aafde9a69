"""The assistant on several machines, as far as one can play them: processes of each role behind a balancer."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from admissions import consultations
from admissions.settings import ROOT
from tests.assistant import CLERKSHIP, environment_for, free_ports, serving, stop, wait_for_line

TOKEN = "424243:the-token-of-this-test"
SECRET = "the-secret-of-this-test"
SHARED = "the-shared-token-of-this-test"
READY = {"bot": "/readyz", "worker": "/readyz", "actions": "/health", "rasa": "/webhooks/turns/"}
PORTS = {"bot": "BOT_PORT", "worker": "WORKER_PORT", "actions": "ACTIONS_PORT", "rasa": "RASA_PORT"}
LEADS = "this process leads now"
READY_WITHIN = 400.0


@dataclass
class Role:
    """A process of one role, on a port of its own."""

    name: str
    url: str
    log: Path
    process: Process

    @property
    def leads(self) -> bool:
        """Whether it said that it leads."""
        return LEADS in self.log.read_text("utf-8")

    async def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        await self.process.wait()

    async def until_ready(self, client: httpx.AsyncClient) -> None:
        """Wait until it answers.

        Raises:
            AssertionError: It ended, or took too long.
        """
        async with asyncio.timeout(READY_WITHIN):
            while not await _is_ready(client, self.url + READY[self.name]):
                assert self.process.returncode is None, self.log.read_text("utf-8")
                await asyncio.sleep(0.1)


@dataclass
class Several:
    """Two of each role, and the local Telegram that all bots serve."""

    telegram: httpx.AsyncClient
    roles: Mapping[str, Sequence[Role]]
    environment: Mapping[str, str]
    staff_chat: int


@asynccontextmanager
async def several(folder: Path, database_url: str, redis_url: str) -> AsyncIterator[Several]:
    """Run two of each role on a database and a Redis."""
    telegram_port, balancer_port, *ports = free_ports(2 + 2 * len(PORTS))
    places = {name: ports[2 * number : 2 * number + 2] for number, name in enumerate(PORTS)}
    balancer = f"http://127.0.0.1:{balancer_port}"
    async with _telegram(telegram_port) as telegram, serving(_balancer(places), int(balancer_port)):
        staff_chat = (await telegram.get("/sandbox")).json()["staff_chat"]
        environment = environment_for(folder) | {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "RASA_URL": f"{balancer}/rasa",
            "ACTIONS_URL": f"{balancer}/actions",
            "SHARED_TOKEN": SHARED,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": str(telegram.base_url).rstrip("/"),
            "STAFF_CHAT_ID": str(staff_chat),
            "WEBHOOK_URL": f"{balancer}/bot",
            "WEBHOOK_SECRET": SECRET,
            "MESSAGES_A_SECOND": "500",
            "GROUP_MESSAGES_A_MINUTE": "6000",
        }
        for command in (("db", "upgrade"), ("advisors", "import", str(consultations.EXAMPLE_FILE))):
            process = await asyncio.create_subprocess_exec(CLERKSHIP, *command, env=environment, cwd=ROOT)
            assert await process.wait() == 0
        roles = {name: [await _start(name, port, folder, environment) for port in places[name]] for name in PORTS}
        try:
            everyone = [role for both in roles.values() for role in both]
            async with httpx.AsyncClient(trust_env=False) as client:
                await asyncio.gather(*(role.until_ready(client) for role in everyone))
            yield Several(telegram, roles, environment, staff_chat)
        finally:
            await asyncio.gather(*(stop(role.process) for role in everyone))


async def _start(name: str, port: str, folder: Path, environment: Mapping[str, str]) -> Role:
    log = folder / f"{name}-{port}.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(CLERKSHIP, name), env={**environment, PORTS[name]: port}, cwd=ROOT, stdout=output, stderr=output
        )
    return Role(name, f"http://127.0.0.1:{port}", log, process)


async def _is_ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False


@asynccontextmanager
async def _telegram(port: str) -> AsyncIterator[httpx.AsyncClient]:
    command = (sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN, "--no-rate-limits")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    await wait_for_line(process, "Local Telegram:")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
        yield client
    await stop(process)


def _balancer(places: Mapping[str, Sequence[str]]) -> Starlette:
    """Build what stands before the bots, the Rasas and the action servers: each request goes to the next one."""
    client = httpx.AsyncClient(trust_env=False, timeout=60, limits=httpx.Limits(max_connections=None))
    turns = {name: cycle(ports) for name, ports in places.items()}

    async def forward(request: Request) -> Response:
        name, path = request.path_params["name"], request.path_params["path"]
        headers = [(key, value) for key, value in request.headers.items() if key not in ("host", "connection")]
        content = await request.body()
        for _ in places[name]:
            url = f"http://127.0.0.1:{next(turns[name])}/{path}"
            try:
                response = await client.request(request.method, url, content=content, headers=headers)
            except httpx.ConnectError:
                continue
            except httpx.HTTPError:
                break
            kind = {"content-type": response.headers.get("content-type", "text/plain")}
            return Response(response.content, response.status_code, kind)
        return Response("nobody answers", 502)

    return Starlette(routes=[Route("/{name}/{path:path}", forward, methods=["GET", "POST"])])
