"""Messages: kept, looked at, labelled, exported, forgotten."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from admissions import applicants, understanding
from admissions.cli import learning
from admissions.database import Database
from admissions.sealing import new_key
from admissions.settings import Settings
from admissions.understanding import Guess, UnderstoodMessage, Weakness

AMINA = 700_000_001
UNSURE: list[Guess] = [("faq_visa", 0.31234), ("faq_cost", 0.3), ("apply", 0.2), ("help", 0.1)]


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)


async def keep(database: Database, text: str, guesses: list[Guess], done: str, at: datetime) -> None:
    async with database.transaction() as session:
        await understanding.keep(session, AMINA, text, guesses, done, at=at)


async def weakest(database: Database, since: datetime) -> list[UnderstoodMessage]:
    async with database.reading() as session:
        return [*await understanding.weakest(session, since=since)]


async def test_three_guesses_are_kept_and_no_address(database: Database, now: datetime) -> None:
    await keep(database, "mail a@b.org about visa", UNSURE, "nlu_fallback", now)
    [message] = await weakest(database, now)
    assert message.text == "mail [e-mail] about visa"
    assert message.guesses == [["faq_visa", 0.312], ["faq_cost", 0.3], ["apply", 0.2]]


async def test_complaints_come_before_doubts_and_sure_ones_not_at_all(database: Database, now: datetime) -> None:
    await keep(database, "sure", [("faq_visa", 0.9)], "faq_visa", now)
    await keep(database, "wrong", [("faq_cost", 0.9)], "faq_cost", now)
    async with database.transaction() as session:
        await understanding.mark_weak(session, AMINA, Weakness.THUMBS_DOWN)
    await keep(database, "unsure", UNSURE, "faq_visa", now + timedelta(minutes=1))
    assert [message.text for message in await weakest(database, now)] == ["wrong", "unsure"]


async def test_a_message_is_labelled_once(database: Database, now: datetime) -> None:
    await keep(database, "unsure", UNSURE, "faq_visa", now)
    [message] = await weakest(database, now)
    async with database.transaction() as session:
        await understanding.label(session, message.id, "faq_cost", by="Dana", at=now)
    with pytest.raises(understanding.MessageAlreadyLabelled):
        async with database.transaction() as session:
            await understanding.label(session, message.id, "faq_visa", by="Omar", at=now)
    with pytest.raises(understanding.MessageNotFound):
        async with database.transaction() as session:
            await understanding.label(session, 999, "faq_visa", by="Omar", at=now)
    assert await weakest(database, now) == []


async def test_labelled_ones_become_training_examples_with_author_and_day(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    for text in ("how mutch", "is it\nfree"):
        await keep(database, text, UNSURE, "faq_visa", now)
    for message in await weakest(database, now):
        async with database.transaction() as session:
            await understanding.label(session, message.id, "faq_cost", by="Dana", at=now)
    url = database.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, encryption_keys=SecretStr(new_key()))
    file = tmp_path / "reviewed.yml"
    assert await learning.review(settings, file, at=now) == 2
    assert await learning.review(settings, file, at=now) == 0, "each once"
    [entry] = yaml.safe_load(file.read_text("utf-8"))["nlu"]
    assert entry["intent"] == "faq_cost"
    assert sorted(entry["examples"].splitlines()) == ["- how mutch", "- is it free"]
    assert f"labelled by Dana on {now.date()}" in file.read_text("utf-8")


async def test_messages_are_replayed_until_they_are_forgotten(database: Database, now: datetime) -> None:
    await keep(database, "old", UNSURE, "faq_visa", now - timedelta(days=91))
    await keep(database, "new", UNSURE, "faq_visa", now)
    async with database.transaction() as session:
        await understanding.forget(session, before=now - timedelta(days=90))
        assert await understanding.since(session, now - timedelta(days=365)) == ["new"]
