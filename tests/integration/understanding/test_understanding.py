"""Messages: kept, looked at, labelled, exported, forgotten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from admissions import answers, applicants, notifications, understanding
from admissions.cli import learning
from admissions.database import Database
from admissions.notifications import State
from admissions.sealing import new_key
from admissions.settings import Settings
from admissions.staff import read_desk
from admissions.understanding import Guess, UnderstoodMessage, Weakness

AMINA = 700_000_001
LATER = datetime(2027, 1, 1, tzinfo=UTC)
OFFICE = read_desk().office_hours(datetime(2026, 11, 23, tzinfo=UTC))
TUESDAY_NINE = datetime(2026, 11, 24, 15, tzinfo=UTC)
"""In Houston, where the office opens."""
UNSURE: list[Guess] = [("faq_visa", 0.31234), ("faq_cost", 0.3), ("apply", 0.2), ("help", 0.1)]


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)


async def keep(database: Database, text: str, guesses: list[Guess], done: str, at: datetime) -> int:
    async with database.transaction() as session:
        return await understanding.keep(session, AMINA, text, guesses, done, at=at)


async def weakest(database: Database) -> list[UnderstoodMessage]:
    async with database.reading() as session:
        return [*await understanding.weakest(session, before=LATER)]


async def ask_staff(database: Database, at: datetime) -> int:
    async with database.transaction() as session:
        return await understanding.ask_staff(session, OFFICE, at=at)


async def test_three_guesses_are_kept_and_no_address(database: Database, now: datetime) -> None:
    await keep(database, "mail a@b.org about visa", UNSURE, "nlu_fallback", now)
    [message] = await weakest(database)
    assert message.text == "mail [e-mail] about visa"
    assert message.guesses == [["faq_visa", 0.312], ["faq_cost", 0.3], ["apply", 0.2]]


async def test_complaints_come_before_doubts_and_sure_ones_not_at_all(database: Database, now: datetime) -> None:
    await keep(database, "sure", [("faq_visa", 0.9)], "faq_visa", now)
    wrong = await keep(database, "wrong", [("faq_cost", 0.9)], "faq_cost", now)
    async with database.transaction() as session:
        await understanding.note_unhelpful(session, AMINA, wrong)
    await keep(database, "unsure", UNSURE, "faq_visa", now + timedelta(minutes=1))
    assert [message.text for message in await weakest(database)] == ["wrong", "unsure"]


async def test_a_message_is_labelled_once(database: Database, now: datetime) -> None:
    await keep(database, "unsure", UNSURE, "faq_visa", now)
    [message] = await weakest(database)
    async with database.transaction() as session:
        await understanding.label(session, message.id, "faq_cost", by="Dana", at=now)
    with pytest.raises(understanding.MessageAlreadyLabelled):
        async with database.transaction() as session:
            await understanding.label(session, message.id, "faq_visa", by="Omar", at=now)
    with pytest.raises(understanding.MessageNotFound):
        async with database.transaction() as session:
            await understanding.label(session, 999, "faq_visa", by="Omar", at=now)
    assert await weakest(database) == []


async def test_labelled_ones_become_training_examples_with_author_and_day(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    for text in ("how [much](cost)", "is it\nfree"):
        await keep(database, text, UNSURE, "faq_visa", now)
    for message in await weakest(database):
        async with database.transaction() as session:
            await understanding.label(session, message.id, "faq_cost", by="Dana", at=now)
    url = database.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, encryption_keys=SecretStr(new_key()))
    file = tmp_path / "reviewed.yml"
    assert await learning.review(settings, file, at=now) == 2
    assert await learning.review(settings, file, at=now) == 0, "each once"
    [entry] = yaml.safe_load(file.read_text("utf-8"))["nlu"]
    assert entry["intent"] == "faq_cost"
    assert sorted(entry["examples"].splitlines()) == ["- how much (cost)", "- is it free"]
    assert f"labelled by Dana on {now.date()}" in file.read_text("utf-8")


async def test_messages_are_replayed_until_they_are_forgotten(database: Database, now: datetime) -> None:
    await keep(database, "old", UNSURE, "faq_visa", now - timedelta(days=91))
    await keep(database, "new", UNSURE, "faq_visa", now)
    async with database.transaction() as session:
        await understanding.forget(session, before=now - timedelta(days=90))
        assert await understanding.since(session, now - timedelta(days=365)) == ["new"]


async def test_only_who_wrote_a_message_can_say_that_its_answer_did_not_help(
    database: Database, now: datetime
) -> None:
    number = await keep(database, "mine", [("faq_cost", 0.9)], "faq_cost", now)
    async with database.transaction() as session:
        await understanding.note_unhelpful(session, AMINA + 1, number)
    assert await weakest(database) == []


async def test_none_of_what_was_offered_is_noted_on_the_message_that_was_not_understood(
    database: Database, now: datetime
) -> None:
    await keep(database, "unclear", UNSURE, "nlu_fallback", now)
    await keep(database, "clear", [("faq_cost", 0.9)], "faq_cost", now)
    async with database.transaction() as session:
        await understanding.note_something_else(session, AMINA)
    [message] = await weakest(database)
    assert (message.text, message.weakness) == ("unclear", Weakness.SOMETHING_ELSE)


@pytest.mark.parametrize(
    ("before", "minutes", "weakness"),
    [
        ("faq_timeline", 9, Weakness.HANDOFF_AFTER),
        ("faq_timeline", 11, None),
        ("faq_cost", 1, None),  # its answer offers a person itself
        ("greet", 1, None),
    ],
)
async def test_who_writes_for_a_person_right_after_an_answer_was_not_helped_by_it(
    database: Database, now: datetime, before: str, minutes: int, weakness: Weakness | None
) -> None:
    async with database.transaction() as session:
        await answers.load(session, answers.read_answers(Settings.model_fields["answers_file"].default))
    number = await keep(database, "before", [(before, 0.9)], before, now)
    await keep(database, "human pls", [("handoff", 0.9)], "handoff", now + timedelta(minutes=minutes))
    async with database.reading() as session:
        assert (await understanding.get(session, number)).weakness is weakness


async def test_staff_are_asked_once_a_day_and_about_ten_at_most(database: Database, now: datetime) -> None:
    for number in range(12):
        await keep(database, f"unclear {number}", UNSURE, "nlu_fallback", now)
    assert await ask_staff(database, TUESDAY_NINE - timedelta(minutes=1)) == 0, "the office is closed"
    assert await ask_staff(database, TUESDAY_NINE) == 10
    assert await ask_staff(database, TUESDAY_NINE + timedelta(hours=6)) == 0
    await keep(database, "of today", UNSURE, "nlu_fallback", TUESDAY_NINE)
    assert await ask_staff(database, TUESDAY_NINE + timedelta(days=1)) == 3, (
        "the two that are left, and the new one"
    )
    assert await ask_staff(database, TUESDAY_NINE + timedelta(days=2)) == 0, "each once"
    async with database.reading() as session:
        waiting = await notifications.listed(session, states=[State.WAITING], limit=99)
    assert len({notification.about for notification in waiting}) == 13


async def test_where_nothing_is_weak_nobody_is_asked(database: Database, now: datetime) -> None:
    await keep(database, "sure", [("faq_visa", 0.9)], "faq_visa", now)
    assert await ask_staff(database, TUESDAY_NINE) == 0
