"""The queue of updates."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox.updates import UpdateIds, UpdateQueue, first_update_id


def queue() -> UpdateQueue:
    return UpdateQueue(UpdateIds(100), lambda: False)


def ids(updates: list[dict[str, object]]) -> list[object]:
    return [update["update_id"] for update in updates]


async def test_updates_stay_until_they_are_acknowledged() -> None:
    updates = queue()
    for _ in range(3):
        updates.add("message", {})

    assert ids(await updates.poll(0, 100, 0)) == [100, 101, 102]
    assert ids(await updates.poll(0, 2, 0)) == [100, 101]
    assert ids(await updates.poll(101, 100, 0)) == [101, 102]
    assert ids(await updates.poll(103, 100, 0)) == []


async def test_a_negative_offset_keeps_only_the_newest() -> None:
    updates = queue()
    for _ in range(3):
        updates.add("message", {})

    assert ids(await updates.poll(-1, 100, 0)) == [102]
    assert ids(await updates.poll(0, 100, 0)) == [102]


async def test_only_the_kinds_asked_for_are_kept() -> None:
    updates = queue()
    updates.add("message_reaction", {})
    updates.allow(["callback_query"])
    updates.add("message", {})
    updates.add("callback_query", {})
    updates.allow([])
    updates.add("message", {})

    assert ids(await updates.poll(0, 100, 0)) == [100, 101]


async def test_a_duplicate_comes_although_it_was_acknowledged() -> None:
    duplicates = iter([True])
    updates = UpdateQueue(UpdateIds(100), lambda: next(duplicates, False))
    updates.add("message", {})

    assert ids(await updates.poll(0, 100, 0)) == [100]
    assert ids(await updates.poll(101, 100, 0)) == [100]
    assert ids(await updates.poll(101, 100, 0)) == []


def test_ids_begin_later_after_a_restart_and_fit_32_bits() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)

    assert first_update_id(now) < first_update_id(now + timedelta(seconds=1))
    assert 0 < first_update_id(now + timedelta(days=5 * 365)) < 2**31


def test_a_busy_run_is_remembered(tmp_path: Path) -> None:
    state = tmp_path / "var" / "updates"
    before = UpdateIds(100, state)
    given = [before.take() for _ in range(2500)]

    after = UpdateIds(200, state)

    assert given == list(range(100, 2600))
    assert after.take() > given[-1]


def test_an_unreadable_memory_is_no_memory(tmp_path: Path) -> None:
    state = tmp_path / "updates"
    state.write_text("what?")

    assert UpdateIds(200, state).take() == 200
