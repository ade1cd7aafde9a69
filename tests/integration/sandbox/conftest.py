"""A local Telegram that really serves, a bot on one side and people on the other."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import pytest
import telegram
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from telegram.request import HTTPXRequest

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import build_sandbox

TOKEN = "7000000099:words-of-the-test"
AMINA, BILAL, DANA, MARCUS = 700000001, 700000002, 600000001, 600000002
STAFF = -1001000000001

Json = dict[str, Any]


@asynccontextmanager
async def serving(server: uvicorn.Server) -> AsyncIterator[str]:
    """Serve in this loop, on a free port."""
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.shutdown()


class Api:
    """The Bot API without a library, for its exact words."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def __call__(self, method: str, **parameters: Any) -> Json:
        response = await self._client.post(f"/bot{TOKEN}/{method}", json=parameters)
        answer = response.json()
        assert response.status_code == answer.get("error_code", 200)
        return cast("Json", answer)

    async def result(self, method: str, **parameters: Any) -> Any:
        answer = await self(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        answer = await self(method, **parameters)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]


class Phone:
    """A person in a chat: their own with the bot, or the staff group."""

    def __init__(self, client: httpx.AsyncClient, person: int, chat: int | None = None) -> None:
        self._client = client
        self.person = person
        self.chat = chat or person

    async def do(self, what: str, **body: Any) -> httpx.Response:
        return await self._client.post(f"/sandbox/chats/{self.chat}/{what}", json={"from": self.person, **body})

    async def write(self, text: str, **more: int) -> int:
        response = await self.do("messages", text=text, **more)
        assert response.status_code == 200, response.text
        return int(response.json()["message_id"])

    async def tap(self, message_id: int, button: str) -> Json:
        response = await self.do("taps", message_id=message_id, button=button)
        assert response.status_code == 200, response.text
        return cast("Json", response.json())

    async def upload(self, name: str, data: bytes, **fields: str) -> httpx.Response:
        form = {"from": str(self.person), **fields}
        return await self._client.post(
            f"/sandbox/chats/{self.chat}/files", data=form, files={"file": (name, data)}
        )

    async def look(self, after: int = 0, **query: float) -> Json:
        response = await self._client.get(f"/sandbox/chats/{self.chat}/messages", params={"after": after, **query})
        return cast("Json", response.json())

    async def newest(self) -> Json:
        return cast("Json", (await self.look())["messages"][-1])


class Hook:
    """A bot's webhook that answers as it is told, and keeps what it got."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.received: asyncio.Queue[tuple[str | None, Json]] = asyncio.Queue()

    async def receive(self, request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.put_nowait((secret, await request.json()))
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def app() -> Starlette:
    return build_sandbox(TOKEN, webhook_pause=0.001)


@pytest.fixture
def sandbox(app: Starlette) -> Sandbox:
    return cast("Sandbox", app.state.sandbox)


class Switch:
    """Serves whichever application a test has put in."""

    def __init__(self) -> None:
        self.app: ASGIApp = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
async def switch() -> AsyncIterator[tuple[Switch, str]]:
    """One server for all tests: starting and stopping it takes longer than most of them."""
    switch = Switch()
    config = uvicorn.Config(switch, port=0, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    async with serving(uvicorn.Server(config)) as address:
        yield switch, address


@pytest.fixture
async def address(app: Starlette, switch: tuple[Switch, str]) -> AsyncIterator[str]:
    """Where a local Telegram of the test's own answers."""
    switch[0].app = app
    yield switch[1]
    app.state.sandbox.close()


@pytest.fixture(scope="session")
def certificates() -> ssl.SSLContext:
    """Every client insists on them; loading them once spares half the time of these tests."""
    return ssl.create_default_context()


@pytest.fixture
async def client(address: str, certificates: ssl.SSLContext) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, timeout=30, verify=certificates) as client:
        yield client


@pytest.fixture
async def bot(address: str, certificates: ssl.SSLContext) -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(
        TOKEN,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"verify": certificates}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": certificates}),
    )
    async with bot:
        yield bot


@pytest.fixture
def api(client: httpx.AsyncClient) -> Api:
    return Api(client)


@pytest.fixture
async def amina(client: httpx.AsyncClient) -> Phone:
    """An applicant who has already started the bot, which has heard of it."""
    phone = Phone(client, AMINA)
    await phone.write("/start")
    await acknowledge_all(client)
    return phone


@pytest.fixture
def bilal(client: httpx.AsyncClient) -> Phone:
    """An applicant who has never written to the bot."""
    return Phone(client, BILAL)


@pytest.fixture
def dana(client: httpx.AsyncClient) -> Phone:
    """A member of the staff, in the staff group."""
    return Phone(client, DANA, STAFF)


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    hook = Hook()
    handle: Callable[[Request], Awaitable[Response]] = hook.receive
    app = Starlette(routes=[Route("/hook", handle, methods=["POST"])])
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    async with serving(uvicorn.Server(config)) as address:
        yield hook, f"{address}/hook"


async def acknowledge_all(client: httpx.AsyncClient) -> None:
    updates = (await client.post(f"/bot{TOKEN}/getUpdates")).json()["result"]
    if updates:
        await client.post(f"/bot{TOKEN}/getUpdates", json={"offset": updates[-1]["update_id"] + 1})
