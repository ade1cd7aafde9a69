"""Taps on inline buttons that wait for the bot's answer."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import bad_request

LIFETIME = 60.0


@dataclass(frozen=True, slots=True)
class CallbackQuery:
    """A tap."""

    id: str
    chat: Chat
    person: Person
    asked_at: float


class CallbackQueries:
    """The taps that may still be answered, each once and only for a while.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._open: dict[str, CallbackQuery] = {}

    def ask(self, chat: Chat, person: Person) -> CallbackQuery:
        """Note a tap."""
        query = CallbackQuery(str(secrets.randbelow(9 * 10**18) + 10**18), chat, person, self._clock())
        self._open[query.id] = query
        return query

    def take(self, query_id: str) -> CallbackQuery:
        """The tap to answer.

        Raises:
            ApiError: 400, there is no such tap or it is too old.
        """
        query = self._open.pop(query_id, None)
        if query is None or self._clock() - query.asked_at > LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query
