"""What every handler has at hand."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import Application, CallbackContext

from admissions.answers import AnswersFile
from admissions.database import Database
from admissions.documents import DocumentsFile, Store
from admissions.handoffs import WordsFile, read_words
from admissions.notifications import DAYTIME, Daytime
from admissions.privacy import Conversations, Keeping
from admissions.staff import DeskFile, RolesFile, read_desk, read_roles
from bot.api import Client
from bot.desk.members import Members
from bot.dialogue import Dialogue
from bot.leading import Leading
from bot.mailing import Mailer

DOWNLOADS_AT_ONCE = 8
"""A file may have 20 MB, and the machine is small."""
CHANGE_NOTICE = timedelta(hours=12)
KEEPING = Keeping(drafts=timedelta(180), closed=timedelta(730), warned_before=timedelta(14))
MESSAGES_KEPT = timedelta(90)


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
        messages_kept: For how long what applicants wrote is kept, to learn from it.
        mailer: Sends e-mails; None where no mail server is set.
        answers_file: What the assistant answers, before staff worded any of it anew.
        roles: Who is something else at the staff desk than the staff's group says.
        desk: When the staff's office is open, and who is on duty.
        words: The words at which a person takes over.
        members: Who was of the staff when Telegram was asked last.
        leading: Whether this process leads.
        news: Set when there may be something new in the outbox, so that it is looked at without delay.
        turns: Taken, by applicant, by whoever makes their topic or changes its card.
        downloads: Taken for as long as a whole file is in memory.
        conversations: What Rasa keeps of them; None where there is no Rasa.
        keeping: How long data are kept of whom nothing is heard.
        messages_kept: How long messages are kept to learn from.
    """

    database: Database
    dialogue: Dialogue
    now: Callable[[], datetime]
    staff_chat: int | None
    store: Store
    documents_file: DocumentsFile
    daytime: Daytime = DAYTIME
    change_notice: timedelta = CHANGE_NOTICE
    messages_kept: timedelta = MESSAGES_KEPT
    mailer: Mailer | None = None
    answers_file: AnswersFile = field(default_factory=lambda: AnswersFile(answers={}, specialties={}))
    roles: RolesFile = field(default_factory=read_roles)
    desk: DeskFile = field(default_factory=read_desk)
    words: WordsFile = field(default_factory=read_words)
    members: Members = field(default_factory=Members)
    leading: Leading = field(default_factory=Leading)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    turns: defaultdict[int, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    downloads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DOWNLOADS_AT_ONCE))
    conversations: Conversations | None = None
    keeping: Keeping = KEEPING


NoData = dict[Any, Any]


class Context(CallbackContext[Client, NoData, NoData, Services]):
    """A callback context that knows the services."""

    @property
    def services(self) -> Services:
        """What the bot works with."""
        return self.bot_data


App = Application[Client, Context, NoData, NoData, Services, None]
