"""The whole bot beside a local Telegram, on either database, with files in a folder and Rasa's conversations."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from admissions.database import Database
from admissions.documents import Store
from admissions.privacy import Conversations
from admissions.privacy.conversations import EVENTS
from bot import leaving
from bot.context import Services
from bot.desk import setup
from tests.integration.desk.conftest import Clock, Desk, a_desk


@dataclass
class Office:
    """The desk, and where what it keeps lies."""

    desk: Desk
    folder: Path
    conversations: Database

    @property
    def services(self) -> Services:
        return self.desk.services

    async def says_in_rasa(self, applicant_id: int, words: str) -> None:
        """Have Rasa keep what somebody wrote."""
        data = f'{{"event": "user", "timestamp": 1796000000.0, "text": "{words}"}}'
        row = {"sender_id": str(applicant_id), "type_name": "user", "timestamp": 1796000000.0, "data": data}
        async with self.conversations.transaction() as session:
            await session.execute(EVENTS.insert().values(row))

    async def goes_on(self, **later: float) -> None:
        """Let time pass, and what leads do what is due then."""
        self.desk.clock.now += timedelta(**later)
        await leaving.finish(self.desk.app.bot, self.services)
        await setup.clear(self.desk.app, self.services)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now + timedelta(hours=4))  # ten o'clock on a Monday in Houston


@pytest.fixture
async def office(database: Database, database_url: str, clock: Clock, tmp_path: Path) -> AsyncIterator[Office]:
    is_sqlite = database_url.startswith("sqlite")
    rasas = Database(f"sqlite+aiosqlite:///{tmp_path}/conversations.db" if is_sqlite else database_url)
    async with rasas.engine.begin() as connection:
        await connection.run_sync(EVENTS.metadata.create_all)

    def change(services: Services) -> Services:
        store = Store(str(tmp_path / "documents"))
        return replace(services, store=store, conversations=Conversations(rasas))

    async with a_desk(database, clock, change=change) as desk:
        yield Office(desk, tmp_path, rasas)
    await rasas.close()
