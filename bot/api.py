"""Our client of the Bot API: it bears a server that differs, and an update that nobody can read."""

import json
import logging
from collections.abc import Awaitable
from datetime import datetime
from typing import Any

from telegram import Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest
from typing_extensions import override

logger = logging.getLogger(__name__)

JSON = dict[str, Any]
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError, RecursionError)
"""What python-telegram-bot raises at data that is no update, has a date that no clock shows, or nests too deep."""


class Client(ExtBot[Any]):
    """A bot that polls from servers without webhooks too; `bot.limits` has what `rate_limit_args` may be."""

    @override
    async def delete_webhook(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return await super().delete_webhook(*args, **kwargs)
        except TelegramError as error:
            logger.warning("the server could not be asked to stop pushing updates: %s", error)
            return True

    @override
    async def edit_message_text(self, *args: Any, **kwargs: Any) -> Message | bool:
        return await _if_changed(super().edit_message_text(*args, **kwargs))

    @override
    async def edit_message_caption(self, *args: Any, **kwargs: Any) -> Message | bool:
        return await _if_changed(super().edit_message_caption(*args, **kwargs))

    @override
    async def edit_message_reply_markup(self, *args: Any, **kwargs: Any) -> Message | bool:
        return await _if_changed(super().edit_message_reply_markup(*args, **kwargs))


class UpdatesRequest(HTTPXRequest):
    """Requests for updates, in which one that cannot be read does not take the others with it."""

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> JSON:
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [readable(data) for data in answer["result"]]
        return answer


async def _if_changed(editing: Awaitable[Message | bool]) -> Message | bool:
    """Edit a message; one that shows it already, after a second tap, is as good as edited."""
    try:
        return await editing
    except BadRequest as error:
        if "not modified" not in error.message:
            raise
        return True


def readable(data: object) -> JSON:
    """Return an update's data if it can be read, else its number alone, so that it can be confirmed.

    Raises:
        ValueError: It is no update at all.
    """
    if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
        raise ValueError("not an update")  # noqa: TRY004 - what is wrong is what was sent, not our types
    try:
        Update.de_json(data, None)
    except UNREADABLE as error:
        logger.warning("update %s cannot be read (%s)", data["update_id"], type(error).__name__)
        return {"update_id": data["update_id"]}
    return data


def storable(update: Update) -> JSON:
    """Return an update as plain JSON; python-telegram-bot leaves a date in it here and there."""
    plain: JSON = json.loads(json.dumps(update.to_dict(), default=_seconds))
    return plain


def _seconds(value: object) -> int:
    if isinstance(value, datetime):
        return int(value.timestamp())
    raise TypeError(type(value).__name__)
