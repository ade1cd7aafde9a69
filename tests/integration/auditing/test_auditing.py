"""`make audit`: it fails on what is known of a library and not listed, and says so where it could not ask."""

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from admissions.settings import ROOT
from tests.assistant import free_ports

UV = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
AT_ONCE = os.environ | {"UV_HTTP_RETRIES": "0"}
LISTED: tuple[str, str, list[str]] = ("scikit-learn", "PYSEC-2024-110", ["GHSA-jw8x-6495-233v", "CVE-2024-5206"])
NEWS: tuple[str, str, list[str]] = ("rasa", "GHSA-aaaa-bbbb-cccc", [])


@dataclass
class Service:
    """What osv.dev is to `uv audit`: it is asked for each package and version, then for each advisory."""

    known: list[tuple[str, str, list[str]]] = field(default_factory=list)

    async def ask(self, request: Request) -> JSONResponse:
        queries = (await request.json())["queries"]
        return JSONResponse({"results": [self._of(query["package"]["name"]) for query in queries]})

    async def tell(self, request: Request) -> JSONResponse:
        [aliases] = [aliases for _, name, aliases in self.known if name == request.path_params["name"]]
        return JSONResponse(_dated(request.path_params["name"]) | {"aliases": aliases, "affected": []})

    def _of(self, package: str) -> dict[str, Any]:
        found = [_dated(name) for of, name, _ in self.known if of == package]
        return {"vulns": found} if found else {}


def _dated(name: str) -> dict[str, Any]:
    return {"id": name, "modified": "2026-11-24T00:00:00Z"}


@asynccontextmanager
async def serving(service: Service) -> AsyncIterator[str]:
    [port] = free_ports(1)
    routes = [
        Route("/v1/querybatch", service.ask, methods=["POST"]),
        Route("/v1/vulns/{name}", service.tell),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=int(port), log_config=None))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    await task


async def audit(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, str(ROOT / ".ci" / "audit"), "--uv", UV, *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT, env=AT_ONCE)
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.mark.parametrize(("known", "outcome"), [([LISTED], 0), ([LISTED, NEWS], 1)])
async def test_a_finding_fails_unless_it_is_listed(known: list[tuple[str, str, list[str]]], outcome: int) -> None:
    async with serving(Service(known)) as url:
        code, said = await audit("--service-url", url)
    assert code == outcome, said
    assert ("GHSA-aaaa-bbbb-cccc" in said) == (NEWS in known)
    assert "PYSEC-2024-110" not in said


async def test_where_nobody_answers_it_says_that_nothing_was_audited() -> None:
    [port] = free_ports(1)
    nowhere = ("--service-url", f"http://127.0.0.1:{port}/")
    code, said = await audit("--if-reachable", *nowhere)
    assert code == 0
    assert "NOT AUDITED" in said
    code, _ = await audit(*nowhere)
    assert code == 2
