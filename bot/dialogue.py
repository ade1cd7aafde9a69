"""The client of Rasa, by the channel of `nlu/components/turns.py`."""

import asyncio
import logging
import re
from collections.abc import Mapping
from typing import Final

import httpx
from pydantic import BaseModel, ValidationError

from admissions import tracing
from bot import metrics

logger = logging.getLogger(__name__)


BEFORE_WORDS: Final = re.compile(r"^[\s/]+")
"""Rasa strips white space and takes what then begins with a slash for a payload."""

PATIENCE_AFTER_A_FAILURE: Final = 1.0
"""Seconds to wait for a Rasa that failed the last time, so that a queue of messages does not wait for each."""


AT_ONCE: Final = 8
"""Turns that Rasa works on: it does one after the other, so that a crowd would only wait there, and time out."""


class DialogueUnavailable(Exception):
    """Rasa is down, too slow, silent, or answers what cannot be read."""


class Button(BaseModel):
    """A button that Rasa offers; its payload is an intent after a slash."""

    title: str
    payload: str


class Asked(BaseModel):
    """One question of several: the name of its answer, and the specialties it is about."""

    answer: str
    specialties: list[str] = []


class Custom(BaseModel):
    """What Rasa decided and the bot puts into words.

    Attributes:
        answer: The name of the answer to tell.
        specialties: The specialties it is asked about.
        answers: The answers to tell in one message, where several questions were asked.
        guesses: The intents that a message may have had, likeliest first.
        offers_person: Whether a person is offered beside the guesses.
        menu: Whether the menu goes with it.
        ask: The question of the application to ask; the database knows which one it is now.
        why: The question of the application whose reason to give.
        review: Whether to show the application.
        suggestions: Whether to show the answers that were found and wait to be confirmed.
        withdraw: Whether to ask for the reason of a withdrawal.
        checklist: Whether to show the applicant's documents.
        documents: Of which kinds to show them; none shows all.
        status: Whether to show how things stand for the applicant.
        reference: With which application; without one it is the latest.
        handed_off: Whether a person was just asked for.
        unclear: Whether the message meant nothing that Rasa knows.
        consultation: Which of the intents around a talk with an advisor to follow.
    """

    answer: str | None = None
    specialties: list[str] = []
    answers: list[Asked] = []
    guesses: list[str] = []
    offers_person: bool = False
    menu: bool = False
    ask: str | None = None
    why: str | None = None
    review: bool = False
    withdraw: bool = False
    suggestions: bool = False
    checklist: bool = False
    documents: list[str] = []
    status: bool = False
    reference: str | None = None
    consultation: str | None = None
    handed_off: bool = False
    unclear: bool = False


class Reply(BaseModel):
    """One message of Rasa's."""

    text: str = ""
    buttons: list[Button] = []
    custom: Custom | None = None


class Understood(BaseModel):
    """What a message was taken for.

    Attributes:
        intent: What was followed, or `nlu_fallback`.
        guesses: The likeliest intents with their confidences, likeliest first.
    """

    intent: str
    guesses: list[tuple[str, float]]


class Turn(BaseModel):
    """What Rasa made of a message.

    Attributes:
        replies: What it says.
        understood: What the message was taken for; None where it answered a question of the application.
    """

    replies: list[Reply]
    understood: Understood | None = None


class Dialogue:
    """The conversations that Rasa leads, one for each applicant.

    Args:
        url: Where Rasa listens.
        timeout: How long to wait for a reply, in seconds, from when it is a turn's turn.
        token: What Rasa knows the bot by; None where both are on one machine.
    """

    def __init__(self, url: str, *, timeout: float, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        again = httpx.AsyncHTTPTransport(retries=1)  # behind a balancer the next try meets another Rasa
        self._client = httpx.AsyncClient(base_url=url, headers=headers, transport=again, trust_env=False)
        self._patience = timeout
        self._timeout = timeout
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def say(self, applicant_id: int, text: str) -> Turn:
        """Hand over what an applicant typed.

        A text that begins with a slash would be taken for a payload of ours, so it loses the slash.

        Raises:
            DialogueUnavailable: Rasa gave no readable reply in time.
        """
        return await self._post(applicant_id, BEFORE_WORDS.sub("", text))

    async def choose(self, applicant_id: int, intent: str) -> Turn:
        """Hand over the intent behind a button of ours.

        Raises:
            DialogueUnavailable: Rasa gave no readable reply in time.
        """
        return await self._post(applicant_id, f"/{intent}")

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _post(self, applicant_id: int, message: str) -> Turn:
        metadata = {tracing.METADATA: tracing.current()}
        body = {"sender": str(applicant_id), "message": message, "metadata": metadata}
        try:
            async with self._turns:
                turn = await self._call(body)
        except (httpx.HTTPError, ValidationError) as error:
            self._timeout = min(self._patience, PATIENCE_AFTER_A_FAILURE)
            logger.warning("Rasa gave no readable reply: %s", type(error).__name__)
            raise DialogueUnavailable from error
        self._timeout = self._patience
        if not turn.replies:  # every rule of ours says something: a custom action failed
            logger.warning("Rasa said nothing")
            raise DialogueUnavailable
        return turn

    async def _call(self, body: Mapping[str, object]) -> Turn:
        with metrics.timing_rasa():
            response = await self._client.post("/webhooks/turns/webhook", json=body, timeout=self._timeout)
            response.raise_for_status()
            return Turn.model_validate_json(response.content)
