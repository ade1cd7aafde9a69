"""What every handler has at hand."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import Application, CallbackContext

from admissions.database import Database
from admissions.documents import DocumentsFile, Store
from admissions.notifications import DAYTIME, Daytime
from bot.api import Client
from bot.dialogue import Dialogue

DOWNLOADS_AT_ONCE = 8
"""A file may have 20 MB, and the machine is small."""
CHANGE_NOTICE = timedelta(hours=12)


@dataclass(frozen=True)
class Services:
    """What the bot works with, built once in `build_app`.

    Attributes:
        database: The core's.
        dialogue: The conversations that Rasa leads.
        now: Tells the time, aware.
        staff_chat: The staff's Telegram group; None where there is none yet.
        store: Where applicants' files are kept.
        documents_file: What is known of each kind of document.
        daytime: The hours, by their own clock, in which people get messages that are not urgent.
        change_notice: How long before its beginning an applicant can still move or cancel a talk.
        downloads: Taken for as long as a whole file is in memory.
    """

    database: Database
    dialogue: Dialogue
    now: Callable[[], datetime]
    staff_chat: int | None
    store: Store
    documents_file: DocumentsFile
    daytime: Daytime = DAYTIME
    change_notice: timedelta = CHANGE_NOTICE
    downloads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DOWNLOADS_AT_ONCE))


NoData = dict[Any, Any]


class Context(CallbackContext[Client, NoData, NoData, Services]):
    """A callback context that knows the services."""

    @property
    def services(self) -> Services:
        """What the bot works with."""
        return self.bot_data


App = Application[Client, Context, NoData, NoData, Services, None]
