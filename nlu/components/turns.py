"""The bot's way in: a message goes through Rasa, and back comes what Rasa says and what it understood."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import ActionExecutionRejected, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

structlogger = structlog.get_logger()

GUESSES = 3

_parse = MessageProcessor.parse_message


class Turn(UserMessage):
    """A message that remembers what it was understood as.

    Attributes:
        parsed: What the pipeline made of it; None before it went through.
        tracker: The conversation in which it did.
        form: The form that was asking then, if any.
    """

    parsed: dict[str, Any] | None = None
    tracker: DialogueStateTracker | None = None
    form: str | None = None

    def remember(self, parsed: dict[str, Any], tracker: DialogueStateTracker | None, forms: list[str]) -> None:
        """Notes what the pipeline made of the message, and whether a form was asking."""
        self.parsed, self.tracker = parsed, tracker
        active = tracker.active_loop_name if tracker else None
        self.form = active if active in forms else None

    def understood(self) -> dict[str, Any] | None:
        """Tells what was understood, once the turn is over.

        Returns:
            The intent, and the likeliest ones with their confidences; None for the answer to a form's question: it
            is no question to the assistant, and may be a name or an address.
        """
        if self.parsed is None or (self.form and not self._was_left_alone()):
            return None
        guesses = [
            (guess[INTENT_NAME_KEY], guess[PREDICTED_CONFIDENCE_KEY])
            for guess in self.parsed[INTENT_RANKING_KEY]
            if guess[INTENT_NAME_KEY] != DEFAULT_NLU_FALLBACK_INTENT_NAME
        ]
        return {"intent": self.parsed[INTENT][INTENT_NAME_KEY], "guesses": guesses[:GUESSES]}

    def _was_left_alone(self) -> bool:
        """Tells whether the form left the message to the rule of its intent."""
        assert self.tracker is not None, "the form was found in it"
        for event in reversed(self.tracker.events):
            if isinstance(event, UserUttered):
                return False
            if isinstance(event, ActionExecutionRejected) and event.action_name == self.form:
                return True
        return False


class Turns(InputChannel):
    """Answers a message with {"replies": [...], "understood": {...}}; Rasa's REST channel gives the replies alone.

    `metadata` of a request goes with its message, as in the REST channel.

    Args:
        token: What a message must carry as its bearer token; empty on loopback, where the machine is the door.
    """

    def __init__(self, token: str = "") -> None:
        """Keeps the token."""
        self._token = token

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Builds the channel from its lines in credentials.yml."""
        return cls((credentials or {}).get("token") or "")

    @classmethod
    def name(cls) -> str:
        """Returns the name of the channel, which its paths begin with."""
        return "turns"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Makes the paths (see parent class for full docstring)."""
        remember_what_is_understood()
        turns = Blueprint("turns")
        if self._token:
            turns.middleware("request")(self._refuse_strangers)

        @turns.get("/")
        async def health(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @turns.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            told, output = request.json, CollectingOutputChannel()
            turn = Turn(
                told["message"],
                output,
                told["sender"],
                input_channel=self.name(),
                metadata=told.get("metadata"),
            )
            try:
                await on_new_message(turn)
            except Exception:  # what was said before it failed is worth telling
                structlogger.exception("turns.message.failed")
            return json({"replies": output.messages, "understood": turn.understood()})

        return turns

    def _refuse_strangers(self, request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "")
        if request.method == "GET" or hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return None
        return text("wrong token", 401)


def remember_what_is_understood() -> None:
    """Lets Rasa note on a turn what it was understood as.

    To parse a message before Rasa does would take the conversation from the database twice, and outside its lock.
    """
    MessageProcessor.parse_message = _parse_and_remember


async def _parse_and_remember(
    self: MessageProcessor,
    message: UserMessage,
    tracker: DialogueStateTracker | None = None,
    only_output_properties: bool = True,
) -> dict[str, Any]:
    parsed = await _parse(self, message, tracker, only_output_properties)
    if isinstance(message, Turn):
        message.remember(parsed, tracker, self.domain.form_names)
    return parsed
