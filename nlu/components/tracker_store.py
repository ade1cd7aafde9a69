"""A tracker store whose cost for a message does not grow with the conversation."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from nlu.components.action_calls import validate_answers_once_built
from nlu.components.failed_actions import go_on_after_failures
from nlu.components.graph_runs import run_nodes_in_an_order_once_found
from nlu.components.logs import keep_private
from nlu.components.session_starts import session_start_of
from nlu.components.tracing import follow_messages
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

LOOKED_UP_BY = [("sender_id", "type_name", "timestamp"), ("sender_id", "timestamp")]
"""The latest session start of a conversation, and the events since then."""


class RollingSQLTrackerStore(SQLTrackerStore):
    """Rolls a long conversation over into a new session.

    Rasa loads and replays every event since the last session start at each message. A session ends after 60
    idle minutes only, so a lively conversation gets slower with each message. This store starts a new session in
    the books once more than `max_events` events are loaded and the bot is listening: it appends what Rasa's own
    session start logs, with everything that was set carried over. No action runs, the applicant sees nothing, and
    no event is lost.

    A conversation in a form, or in the two-stage fallback, which reads its last messages from the events, is left
    to finish first, unless that takes more than twice `max_events`.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        max_events: int = 100,
        **kwargs: Any,
    ) -> None:
        """Opens the database and makes what is missing in it.

        Args:
            domain: The domain of the loaded model.
            host: The database's host or, what endpoints.yml gives, its complete URL.
            event_broker: Where events are published as well, if anywhere.
            max_events: How many events a message may load before the conversation rolls over.
            **kwargs: As `SQLTrackerStore` takes them.
        """
        # Rasa has no place of its own for this; the store is built where calls are made, and nowhere else.
        validate_answers_once_built()
        go_on_after_failures()
        keep_private()
        run_nodes_in_an_order_once_found()
        follow_messages()

        super().__init__(domain=domain, host=host, event_broker=event_broker, **kwargs)
        self.max_events = max_events
        self._event_classes = {cls.type_name: cls for cls in all_subclasses(Event)}

        if self.engine.dialect.name == "sqlite" and self.engine.url.database not in {None, "", ":memory:"}:
            self._keep_sqlite_open()
        with self.engine.begin() as connection:
            for columns in LOOKED_UP_BY:
                name = "_".join(("ix_events", *columns))
                connection.execute(sa.text(f"CREATE INDEX IF NOT EXISTS {name} ON events ({', '.join(columns)})"))

    def _keep_sqlite_open(self) -> None:
        """Keeps connections; otherwise each is closed after use, and the last one to close tidies up the files."""
        self.engine.dispose()
        self.engine = sa.create_engine(
            self.engine.url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False}
        )
        sa.event.listen(self.engine, "connect", _set_up_sqlite)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the new events and, where it is time, a session start after them."""
        if self._is_due(tracker):
            for event in session_start_of(tracker):
                tracker.update(event)
        await super().save(tracker)

    def _is_due(self, tracker: DialogueStateTracker) -> bool:
        limit = self.max_events * 2 if tracker.active_loop_name else self.max_events
        return len(tracker.events) > limit and tracker.latest_action_name == ACTION_LISTEN_NAME

    def _event_query(
        self, session: sa.orm.Session, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> sa.orm.Query:
        """Selects the events of a conversation, all or those of its latest session.

        The parent asks for the session's start within the same query, and the database then reads every event of
        the conversation to find the latest.
        """
        events = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            started_at = (
                session.query(sa.func.max(self.SQLEvent.timestamp))
                .filter(self.SQLEvent.sender_id == sender_id, self.SQLEvent.type_name == SessionStarted.type_name)
                .scalar()
            )
            if started_at is not None:
                events = events.filter(self.SQLEvent.timestamp >= started_at)
        return events.order_by(self.SQLEvent.id)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        """Loads a conversation as the parent class does.

        The parent walks all classes of events for each event anew, which is half of its time.
        """
        with self.session_scope() as session:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions).all()
            stored = [json.loads(row.data) for row in rows]

        if self.domain is None or not stored:
            return None
        events = [self._event_classes[event["event"]]._from_parameters(event) for event in stored]  # noqa: SLF001
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Lets readers and a writer work side by side, and a second writer wait."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()
