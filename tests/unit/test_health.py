"""Who may see how a part works, and what makes it ready."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from admissions import health
from admissions.health import Health, watched

NEAR, FAR = "127.0.0.1", "203.0.113.7"
TOKEN = {"Authorization": "Bearer a-token"}


def need(why: str | None) -> Callable[[], Awaitable[str | None]]:
    async def ask() -> str | None:
        return why

    return ask


async def never() -> str | None:
    await asyncio.Event().wait()
    return None


@asynccontextmanager
async def a_client(of: Health, address: str = NEAR) -> AsyncIterator[httpx.AsyncClient]:
    inner = Starlette(routes=[Route("/", lambda _: PlainTextResponse("its own"))])
    transport = httpx.ASGITransport(watched(inner, of), client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://part") as client:
        yield client


async def test_a_part_is_ready_once_its_needs_are_met_whatever_it_wishes() -> None:
    async with a_client(Health({"database": need(None)}, {"rasa": need("ConnectError")})) as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": "ready", "rasa": "ConnectError"})


async def test_a_need_that_is_not_met_or_does_not_answer_makes_it_unready_and_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    async with a_client(Health({"database": need("OperationalError"), "outbox": never})) as client:
        response = await client.get("/readyz")
        alive = await client.get("/healthz")
        own = await client.get("/")
    assert (response.status_code, response.json()) == (503, {"database": "OperationalError", "outbox": "slow"})
    assert (alive.status_code, own.text) == (200, "its own")


@pytest.mark.parametrize(
    ("token", "is_public", "address", "headers", "status"),
    [
        (None, False, NEAR, {}, 200),
        (None, False, FAR, {}, 403),
        (None, True, NEAR, {}, 403),  # it may be the proxy that comes from near
        ("a-token", True, NEAR, {}, 403),
        ("a-token", True, FAR, TOKEN, 200),
        ("a-token", False, NEAR, {"Authorization": "Bearer another"}, 403),
    ],
)
async def test_the_figures_are_for_this_machine_or_for_who_has_the_token(
    token: str | None, address: str, headers: dict[str, str], status: int, *, is_public: bool
) -> None:
    of = Health({}, metrics_token=token, is_public=is_public)
    async with a_client(of, address) as client:
        response = await client.get("/metrics", headers=headers)
    assert response.status_code == status
    assert ("clerkship_errors" in response.text) == (status == 200)
