"""Every test runs on SQLite and on a real Postgres, which TEST_POSTGRES_URL names."""

import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.components.tracker_store import RollingSQLTrackerStore

MAX_EVENTS = 100
SENDER = "5012"
MAPPINGS = "{type: custom}"
DOMAIN = Domain.from_yaml(f"""
version: "3.1"
intents: [greet]
slots:
  name: {{type: text, influence_conversation: false, mappings: [{MAPPINGS}]}}
  weeks: {{type: float, influence_conversation: false, mappings: [{MAPPINGS}]}}
  specialties: {{type: list, influence_conversation: false, mappings: [{MAPPINGS}]}}
  address: {{type: any, influence_conversation: false, mappings: [{MAPPINGS}]}}
  consent: {{type: bool, influence_conversation: false, mappings: [{MAPPINGS}]}}
forms:
  application_form: {{required_slots: [name]}}
responses:
  utter_greet: [{{text: Hello}}]
""")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A database of these tests' own on the server that TEST_POSTGRES_URL names."""
    server = sa.engine.make_url(os.environ["TEST_POSTGRES_URL"]).set(drivername="postgresql")
    database = f"nlu_{uuid.uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {database}"))
        # Not to wait for the disk at each of thousands of commits.
        fast = server.update_query_dict({"options": "-c synchronous_commit=off"})
        yield fast.set(database=database).render_as_string(hide_password=False)
        connection.execute(sa.text(f"DROP DATABASE {database} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/conversations.db"
        return
    url = request.getfixturevalue("postgres")
    yield url
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS events"))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[RollingSQLTrackerStore]:
    store = RollingSQLTrackerStore(domain=DOMAIN, host=url, max_events=MAX_EVENTS)
    yield store
    store.engine.dispose()


async def take_turn(store: SQLTrackerStore, *middle: Event, text: str = "hello") -> int:
    """One message and its answer, as the processor stores them.

    Returns:
        How many events had to be loaded for it.
    """
    tracker = await store.get_or_create_tracker(SENDER, append_action_listen=False)
    loaded = len(tracker.events)
    if not loaded:
        tracker.update(ActionExecuted("action_session_start"))
        tracker.update(SessionStarted())
        tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered(text, {"name": "greet", "confidence": 1.0}))
    for event in (*middle, ActionExecuted("utter_greet"), BotUttered("Hello"), ActionExecuted("action_listen")):
        event.timestamp = time.time()  # not when the test wrote it down
        tracker.update(event)
    await store.save(tracker)
    return loaded


async def reloaded(store: SQLTrackerStore) -> DialogueStateTracker:
    tracker = await store.retrieve(SENDER)
    assert tracker is not None
    return tracker


async def talk_past_the_boundary(store: SQLTrackerStore, events: int = MAX_EVENTS) -> DialogueStateTracker:
    for _ in range(events // 4 + 2):
        await take_turn(store)
    return await reloaded(store)


def stored(store: SQLTrackerStore) -> list[SQLTrackerStore.SQLEvent]:
    with store.session_scope() as session:
        return session.query(SQLTrackerStore.SQLEvent).order_by(SQLTrackerStore.SQLEvent.id).all()


async def test_short_conversation_is_stored_as_rasa_does(store: RollingSQLTrackerStore) -> None:
    await take_turn(store, SlotSet("name", "Adaeze"))
    await take_turn(store)
    tracker = await reloaded(store)
    assert [event.type_name for event in tracker.events] == [
        *("session_started", "action"),
        *("user", "slot", "action", "bot", "action"),
        *("user", "action", "bot", "action"),
    ]


async def test_slots_of_every_type_are_carried_over(store: RollingSQLTrackerStore) -> None:
    values = {
        "name": "Adaeze Ōkafor 😀",
        "weeks": 4.0,
        "specialties": ["Surgery", "Psychiatry"],
        "address": {"city": "Lagos", "lines": [1, None]},
        "consent": False,
    }
    await take_turn(store, *[SlotSet(name, value) for name, value in values.items()])
    tracker = await talk_past_the_boundary(store)
    assert len(tracker.events) < MAX_EVENTS
    assert tracker.current_slot_values() == values | {
        "requested_slot": None,
        "session_started_metadata": None,
    }


async def test_slot_set_to_nothing_stays_so(store: RollingSQLTrackerStore) -> None:
    await take_turn(store, SlotSet("name", "Adaeze"))
    await take_turn(store, SlotSet("name", None))
    tracker = await talk_past_the_boundary(store)
    assert tracker.get_slot("name") is None


async def test_bot_is_listening_after_the_boundary(store: RollingSQLTrackerStore) -> None:
    tracker = await talk_past_the_boundary(store)
    assert tracker.latest_action_name == "action_listen"
    assert not tracker.is_paused()
    assert tracker.active_loop_name is None


async def test_form_survives_the_boundary(store: RollingSQLTrackerStore) -> None:
    await take_turn(store, ActiveLoop("application_form"), SlotSet("requested_slot", "name"))
    tracker = await talk_past_the_boundary(store, 2 * MAX_EVENTS)
    assert len(tracker.events) < MAX_EVENTS
    assert tracker.active_loop_name == "application_form"
    assert tracker.get_slot("requested_slot") == "name"


async def test_form_is_left_to_finish_first(store: RollingSQLTrackerStore) -> None:
    await take_turn(store, ActiveLoop("application_form"))
    tracker = await talk_past_the_boundary(store)
    assert len(tracker.events) > MAX_EVENTS
    await take_turn(store, ActiveLoop(None))
    tracker = await reloaded(store)
    assert len(tracker.events) < MAX_EVENTS
    assert tracker.active_loop_name is None


async def test_restart_forgets_what_was_before(store: RollingSQLTrackerStore) -> None:
    await take_turn(store, SlotSet("name", "Adaeze"))
    await take_turn(store, Restarted())
    tracker = await talk_past_the_boundary(store)
    assert tracker.get_slot("name") is None
    assert len(tracker.events) < MAX_EVENTS


async def test_pause_survives_the_boundary(store: RollingSQLTrackerStore) -> None:
    await take_turn(store, ConversationPaused())
    tracker = await talk_past_the_boundary(store)
    assert len(tracker.events) < MAX_EVENTS
    assert tracker.is_paused()
    await take_turn(store, ConversationResumed())
    tracker = await reloaded(store)
    assert not tracker.is_paused()


async def test_conversation_does_not_roll_in_the_middle_of_a_turn(store: RollingSQLTrackerStore) -> None:
    tracker = await store.get_or_create_tracker(SENDER, append_action_listen=False)
    for _ in range(MAX_EVENTS + 1):
        tracker.update(UserUttered("hello"))
    await store.save(tracker)
    assert len((await reloaded(store)).events) == MAX_EVENTS + 1


async def test_two_thousand_messages_load_no_more_than_a_few(store: RollingSQLTrackerStore) -> None:
    loaded = [await take_turn(store, text=f"message {number}") for number in range(2000)]
    assert max(loaded) <= MAX_EVENTS

    events = stored(store)
    texts = [event.data for event in events if event.type_name == "user"]
    assert len(texts) == 2000
    assert all(f'"message {number}"' in text for number, text in enumerate(texts))
    assert sum(event.type_name == "bot" for event in events) == 2000


async def test_full_conversation_can_be_read(store: RollingSQLTrackerStore) -> None:
    await talk_past_the_boundary(store)
    full = await store.retrieve_full_tracker(SENDER)
    assert full is not None
    assert len(full.events) == len(stored(store))


async def test_events_are_what_the_parent_reads(store: RollingSQLTrackerStore, url: str) -> None:
    ours = await talk_past_the_boundary(store)
    parent = SQLTrackerStore(domain=DOMAIN, host=url)
    theirs = await parent.retrieve(SENDER)
    parent.engine.dispose()
    assert theirs is not None
    assert list(ours.events) == list(theirs.events)


async def test_unknown_conversation_is_none(store: RollingSQLTrackerStore) -> None:
    assert await store.retrieve("nobody") is None


async def test_conversations_are_apart(store: RollingSQLTrackerStore) -> None:
    await talk_past_the_boundary(store)
    other = await store.get_or_create_tracker("other", append_action_listen=False)
    assert not other.events


async def test_store_opens_an_existing_database(store: RollingSQLTrackerStore, url: str) -> None:
    await take_turn(store, SlotSet("name", "Adaeze"))
    again = RollingSQLTrackerStore(domain=DOMAIN, host=url)
    assert (await reloaded(again)).get_slot("name") == "Adaeze"
    again.engine.dispose()


def test_search_for_the_latest_session_has_its_index(store: RollingSQLTrackerStore) -> None:
    indexes = {index["name"] for index in sa.inspect(store.engine).get_indexes("events")}
    assert "ix_events_sender_id_type_name_timestamp" in indexes


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    store = RollingSQLTrackerStore(domain=DOMAIN, host=f"sqlite:///{tmp_path}/conversations.db")
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(sa.text("PRAGMA busy_timeout")).scalar() == 5000
    store.engine.dispose()
