"""The local Telegram as a web application."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.bot_api import bot_routes
from bot.sandbox.human_api import human_routes
from bot.sandbox.sandbox import DEFAULT_TOKEN, Sandbox, build_state

PAGE = Path(__file__).parent / "page"
KEEP_ALIVE_SECONDS = 75


def build_sandbox(
    token: str = DEFAULT_TOKEN,
    *,
    rate_limits: bool = True,
    webhook_pause: float = 1.0,
    state_path: Path | None = None,
) -> Starlette:
    """Build the application; app.state.sandbox is what it serves.

    Args:
        token: The only bot token that is accepted.
        rate_limits: False for load measurements.
        webhook_pause: Seconds before a failed webhook delivery is tried again for the first time.
        state_path: A file that remembers the last update's number beyond a restart.
    """
    sandbox = build_state(token, rate_limits=rate_limits, webhook_pause=webhook_pause, state_path=state_path)
    app = Starlette(routes=[*bot_routes(sandbox), *human_routes(sandbox), *_page_routes()])
    app.state.sandbox = sandbox
    return app


class SandboxServer(uvicorn.Server):
    """A server that tells when it is ready, and stops at once: whoever waits for news is told that none will come.

    Args:
        config: How to serve.
        sandbox: What is served.
        announce: Called with the address once it answers.
    """

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox, announce: Callable[[str], object] | None) -> None:
        super().__init__(config)
        self._sandbox = sandbox
        self._announce = announce

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Begin to answer, then say where."""
        await super().startup(sockets)
        if self.started and self._announce is not None:
            port = self.servers[0].sockets[0].getsockname()[1]
            self._announce(f"http://{self.config.host}:{port}")

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """Let go of those who wait, then stop."""
        self._sandbox.close()
        await super().shutdown(sockets)


def build_server(
    app: Starlette,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    announce: Callable[[str], object] | None = None,
) -> SandboxServer:
    """A server for the application.

    Args:
        app: From build_sandbox.
        host: Where to listen.
        port: 0 takes any that is free.
        announce: Called with the address once it answers.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="off",
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=2,
    )
    return SandboxServer(config, app.state.sandbox, announce)


def _page_routes() -> list[BaseRoute]:
    if not PAGE.is_dir():
        return []

    async def index(_request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    return [Route("/", index), Mount("/page", StaticFiles(directory=PAGE))]
