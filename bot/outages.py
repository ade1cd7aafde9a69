"""Kind words for somebody whose message cannot be worked on now, as the database is not there."""

import asyncio
import logging
from typing import Any, Final

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import texts

logger = logging.getLogger(__name__)

SILENT_FOR: Final = 300.0
"""Seconds in which nobody is told a second time."""
REMEMBERED: Final = 4096


class Outages:
    """Tells each person once that their message waits.

    Args:
        bot: Our client.
    """

    def __init__(self, bot: ExtBot[Any]) -> None:
        self._bot = bot
        self._told: dict[int, float] = {}

    async def tell(self, update: Update) -> None:
        """Say that a message is kept, and answered later; unless that was said a moment ago."""
        chat, now = update.effective_chat, asyncio.get_running_loop().time()
        if chat is None or chat.type != ChatType.PRIVATE or now < self._told.get(chat.id, 0.0):
            return
        if len(self._told) >= REMEMBERED:
            self._told.clear()
        self._told[chat.id] = now + SILENT_FOR
        try:
            await self._bot.send_message(chat.id, texts.MESSAGE_WAITS)
        except TelegramError as error:
            logger.warning("someone could not be told that their message waits: %s", error)
