"""Answers /healthz, /readyz and /metrics beside Rasa's channels."""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable
from typing import Any

from nlu.components.logs import keep_private
from prometheus_client import CONTENT_TYPE_LATEST, disable_created_metrics, generate_latest
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

LOOPBACK = ("127.0.0.1", "::1")


class HealthInput(InputChannel):
    """A channel that takes no messages: credentials.yml is where Rasa lets routes be added."""

    @classmethod
    def name(cls) -> str:
        """Gives the name by which Rasa knows the channel."""
        return "health"

    def url_prefix(self) -> str:
        """Puts the routes at the root."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:  # noqa: ARG002
        """Defines the routes; and the logs, as this is built before Rasa says anything."""
        keep_private()
        disable_created_metrics()
        routes = Blueprint("health")

        @routes.get("/healthz")
        async def alive(_: Request) -> HTTPResponse:
            return response.text("alive")

        @routes.get("/readyz")
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            is_loaded = agent is not None and agent.is_ready()
            return response.json({"model": "ready" if is_loaded else "not loaded"}, 200 if is_loaded else 503)

        @routes.get("/metrics")
        async def metrics(request: Request) -> HTTPResponse:
            if not _may_read_metrics(request):
                return response.text("not for you", 403)
            return response.raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

        return routes


def _may_read_metrics(request: Request) -> bool:
    """Tells whether a request has the token; where none is set, whether it comes from this machine."""
    token = os.environ.get("METRICS_TOKEN")
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    return request.ip in LOOPBACK
