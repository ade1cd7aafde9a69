"""Rasa's only channel: the bot's, and nobody else's."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse


class BotInput(RestInput):
    """Rasa's REST channel behind a token.

    Args:
        token: What a message must carry as its bearer token; empty on loopback, where the machine is the door.
    """

    def __init__(self, token: str) -> None:
        """Keeps the token."""
        self._token = token

    @classmethod
    def name(cls) -> str:
        """Returns the place of the channel below /webhooks/: that of Rasa's own."""
        return RestInput.name()

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Builds the channel from its lines in credentials.yml."""
        return cls((credentials or {}).get("token") or "")

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """Groups the endpoints of the REST channel, and refuses a message without the token."""
        blueprint = super().blueprint(on_new_message)
        if self._token:
            blueprint.middleware("request")(self._refuse_strangers)
        return blueprint

    def _refuse_strangers(self, request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "")
        if request.method == "GET" or hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return None
        return response.text("wrong token", 401)
