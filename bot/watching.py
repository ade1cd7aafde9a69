"""The watch: how everything goes, as figures for the metrics, and as alarms for the staff's group."""

import asyncio
import logging
import shutil
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
from telegram.error import TelegramError

from admissions import alarms, handoffs, inbox, notifications
from admissions import metrics as of_all
from admissions.alarms import Alarm, Level, Spell, Trouble
from admissions.database import DatabaseUnavailable, Session
from admissions.notifications import STAFF, State
from bot import metrics
from bot.api import Client
from bot.context import Services
from bot.desk import alarms as desk

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 2.0
"""Seconds between two looks, and between two tries to tell."""
PATIENCE: Final = 2.0
"""Seconds a part may take to say how it is."""
DATABASE_SLOW: Final = 1.0
DATABASE_GONE: Final = 5.0
INBOX_LATE: Final = 60.0
OUTBOX_LATE: Final = 300.0
"""Seconds."""
LEAST_FREE: Final = 1 << 30
"""Bytes of the disk."""
LEADER_SILENT: Final = timedelta(seconds=15)
"""From when on nobody leads: the process that does says so at each look."""
WITHOUT_DATABASE: Final = (*DatabaseUnavailable, OSError, TimeoutError)


@dataclass(frozen=True)
class Watched:
    """What is looked at beside the database.

    Attributes:
        rasa: Answers 200 while Rasa can work.
        actions: Answers 200 while the action server lives.
        folder: On the disk that must not become full.
        after: How long something must be wrong before staff are told, and then well before it is over.
        least_free: Bytes below which a disk is almost full.
        database_slow: Seconds above which a look at the database is slow.
    """

    rasa: str
    actions: str
    folder: Path
    after: timedelta
    least_free: int = LEAST_FREE
    database_slow: float = DATABASE_SLOW


async def why_silent(client: httpx.AsyncClient, url: str) -> str | None:
    """Tell why an address does not answer 200, in a short technical word; None if it does."""
    try:
        response = await client.get(url, timeout=PATIENCE)
    except httpx.HTTPError as error:
        return type(error).__name__
    return None if response.is_success else f"status {response.status_code}"


class Watch:
    """Looks, counts, and raises alarms; every process has one, and what the leading one sees counts.

    What keeps an alarm from being raised twice, or anew after a restart, is its row in the database. The database
    itself is the exception: of that the process tells that led last, from memory.

    Args:
        bot: Our client.
        services: What the bot works with.
        watched: What is looked at.
    """

    def __init__(self, bot: Client, services: Services, watched: Watched) -> None:
        self._bot = bot
        self._services = services
        self._watched = watched
        self._client = httpx.AsyncClient(trust_env=False)
        self._spells: dict[Trouble, Spell] = {}
        self._of_database = Spell()
        self._untold: list[Alarm] = []
        self._missed_leader: int | None = None
        self._led = False

    async def run(self) -> None:
        """Look and tell, side by side, until cancelled; a leader then says that it ends in order."""
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._again(self.look))
                both.create_task(self._again(self.tell))
        finally:
            await self._client.aclose()
            if self._services.leading.is_last:
                await self._lay_down()

    async def look(self) -> None:
        """Look at everything once."""
        at, is_leader = self._services.now(), self._services.leading.is_on
        parts = await self._look_at_parts() if is_leader else {}
        began = time.monotonic()
        try:
            async with asyncio.timeout(DATABASE_GONE):
                await (self._look_as_leader(parts, at) if is_leader else self._look_for_leader(at))
        except WITHOUT_DATABASE:
            self._judge_database(Level.BAD, at)
        else:
            took = time.monotonic() - began
            metrics.database_seconds.set(took)
            self._judge_database(alarms.level(took, self._watched.database_slow), at)

    async def tell(self) -> None:
        """Tell staff what they do not know yet; what fails is told the next time."""
        if self._services.staff_chat is None:
            return
        try:
            while self._untold:
                await desk.tell_at_once(self._bot, self._services, self._untold[0])
                del self._untold[0]
            if self._services.leading.is_on:
                await desk.tell_stored(self._bot, self._services)
            elif self._missed_leader is not None:
                await desk.tell_stored(self._bot, self._services, only=self._missed_leader)
        except (TelegramError, *WITHOUT_DATABASE) as error:
            logger.info("staff are told of an alarm later: %s", type(error).__name__)

    async def _again(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception as error:  # one bad look must not end the watch
                of_all.note_error(error)
                logger.exception("the watch met an error; it goes on")
            await asyncio.sleep(LOOK_EVERY)

    async def _look_at_parts(self) -> dict[Trouble, Level]:
        rasa, actions = await asyncio.gather(
            why_silent(self._client, self._watched.rasa), why_silent(self._client, self._watched.actions)
        )
        free = shutil.disk_usage(self._watched.folder).free
        metrics.disk_free.set(free)
        return {
            Trouble.RASA: Level.BAD if rasa else Level.WELL,
            Trouble.ACTIONS: Level.BAD if actions else Level.WELL,
            Trouble.DISK: alarms.level(self._watched.least_free / max(free, 1), 1),
        }

    async def _look_as_leader(self, parts: dict[Trouble, Level], at: datetime) -> None:
        async with self._services.database.reading() as session:
            found = parts | await self._look_at_queues(session, at)
        async with self._services.database.transaction() as session:
            is_on = await alarms.open_ones(session)
            for trouble, level in found.items():
                await self._judge(session, trouble, level, is_on=trouble in is_on, at=at)
            if not self._led:
                await self._note_gap(session, is_on, at)
            await alarms.note_leader(session, at=at)
            _show(await alarms.open_ones(session))
        self._led = True

    async def _look_at_queues(self, session: Session, at: datetime) -> dict[Trouble, Level]:
        besides = [] if self._services.staff_chat else [STAFF]
        received, oldest = await inbox.backlog(session, at=at)
        due, lag = await notifications.backlog(session, at=at, besides=besides)
        dead = await notifications.count(session, State.DEAD)
        waiting, longest = await handoffs.waiting(session, at=at)
        metrics.show_queues(inbox=(received, oldest), outbox=(due, lag), dead=dead, handoffs=(waiting, longest))
        return {
            Trouble.INBOX: alarms.level(oldest.total_seconds(), INBOX_LATE),
            Trouble.OUTBOX: alarms.level(lag.total_seconds(), OUTBOX_LATE),
        }

    async def _judge(self, session: Session, trouble: Trouble, found: Level, *, is_on: bool, at: datetime) -> None:
        before = replace(self._spells.get(trouble, Spell()), is_on=is_on)
        spell = self._spells[trouble] = alarms.look(before, found, after=self._watched.after, at=at)
        if spell.is_on and not is_on:
            logger.warning("alarm: %s", trouble)
            await alarms.begin(session, trouble, at=spell.bad_since or at)
        elif is_on and not spell.is_on:
            logger.warning("over: %s", trouble)
            await alarms.end(session, trouble, at=spell.well_since or at)

    async def _note_gap(self, session: Session, is_on: Collection[Trouble], at: datetime) -> None:
        """Note that nobody led until now, if another process saw it or the last leader's word is old."""
        seen_at = (await alarms.watch(session)).leader_seen_at
        if Trouble.LEADER not in is_on and seen_at is not None and self._is_silent(seen_at, at):
            await alarms.begin(session, Trouble.LEADER, at=seen_at)
        await alarms.end(session, Trouble.LEADER, at=at)

    async def _look_for_leader(self, at: datetime) -> None:
        self._spells.clear()
        self._led = False
        async with self._services.database.reading() as session:
            seen_at = (await alarms.watch(session)).leader_seen_at
        if seen_at is None or not self._is_silent(seen_at, at):
            self._missed_leader = None
            self._services.leading.is_last = False
            return
        async with self._services.database.transaction() as session:
            begun = await alarms.begin(session, Trouble.LEADER, at=seen_at)
        self._missed_leader = begun or self._missed_leader

    def _is_silent(self, seen_at: datetime, at: datetime) -> bool:
        return at - seen_at >= max(LEADER_SILENT, self._watched.after)

    def _judge_database(self, found: Level, at: datetime) -> None:
        before = self._of_database
        spell = self._of_database = alarms.look(before, found, after=self._watched.after, at=at)
        leading = self._services.leading
        if spell.is_on == before.is_on or not (leading.is_on or leading.is_last):
            return
        begun_at = spell.bad_since or before.bad_since or at
        ended_at = None if spell.is_on else spell.well_since
        logger.warning("alarm: %s" if spell.is_on else "over: %s", Trouble.DATABASE)
        metrics.troubles.labels(Trouble.DATABASE).set(spell.is_on)
        self._untold = [Alarm(trouble=Trouble.DATABASE, begun_at=begun_at, ended_at=ended_at)]

    async def _lay_down(self) -> None:
        try:
            async with self._services.database.transaction() as session:
                await alarms.note_leader(session, at=None)
        except WITHOUT_DATABASE:
            logger.warning("that this process leads no longer cannot be noted")


def _show(is_on: Collection[Trouble]) -> None:
    for trouble in Trouble:
        if trouble is not Trouble.DATABASE:
            metrics.troubles.labels(trouble).set(trouble in is_on)
