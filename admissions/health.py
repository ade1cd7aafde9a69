"""How a part says that it lives, that it can work, and how it works: for any part that is served as ASGI."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, disable_created_metrics, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

PATIENCE: Final = 2.0
"""Seconds in which a need has to say that it is met."""
MET: Final = "ready"
LOOPBACK: Final = ("127.0.0.1", "::1")

Need = Callable[[], Awaitable[str | None]]
"""Tells why something that is needed is not there, in a short technical word; None if it is."""


@dataclass(frozen=True)
class Health:
    """What a part needs.

    Attributes:
        needs: Without one of these it cannot do its work, by name.
        wishes: Without one of these it can do less; said, but no reason to send it no work.
        metrics_token: Who has it reads the metrics; without one they are read from this machine alone.
        is_public: Whether a proxy before it lets the world in: then nothing tells a neighbour from a stranger, and
            the metrics are shown for a token alone.
    """

    needs: Mapping[str, Need]
    wishes: Mapping[str, Need] = field(default_factory=dict)
    metrics_token: str | None = None
    is_public: bool = False

    async def look(self) -> dict[str, str]:
        """Ask for everything at once, and return how each stands."""
        every = {**self.needs, **self.wishes}
        found = await asyncio.gather(*(_ask(need) for need in every.values()))
        return dict(zip(every, found, strict=True))

    def is_ready(self, found: Mapping[str, str]) -> bool:
        """Tell whether all is there that must be."""
        return all(found[name] == MET for name in self.needs)

    def may_read_metrics(self, request: Request) -> bool:
        """Tell whether a request may read the metrics."""
        if self.metrics_token is not None:
            given = request.headers.get("Authorization", "").encode()
            return secrets.compare_digest(given, f"Bearer {self.metrics_token}".encode())
        is_near = request.client is not None and request.client.host in LOOPBACK
        return is_near and not self.is_public


def watched(app: ASGIApp, health: Health) -> ASGIApp:
    """Return an application that also answers /healthz, /readyz and /metrics."""
    routes = routes_of(health)
    probes = Starlette(routes=routes)
    paths = {route.path for route in routes}

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        inner = probes if scope["type"] == "http" and scope["path"] in paths else app
        await inner(scope, receive, send)

    return serve


def routes_of(health: Health) -> list[Route]:
    """Return what answers /healthz, /readyz and /metrics."""
    disable_created_metrics()  # type: ignore[no-untyped-call]  # nobody looks at when a figure was made

    async def alive(_: Request) -> Response:
        return PlainTextResponse("alive")

    async def ready(_: Request) -> Response:
        found = await health.look()
        return JSONResponse(found, 200 if health.is_ready(found) else 503)

    async def metrics(request: Request) -> Response:
        if not health.may_read_metrics(request):
            return PlainTextResponse("not for you", 403)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]


async def _ask(need: Need) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await need() or MET
    except TimeoutError:
        return "slow"
