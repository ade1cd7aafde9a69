"""What the bot and its scheduler count and time; /metrics shows it.

No figure is about one person, and no label holds what a person wrote or is called.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from prometheus_client import Counter, Gauge, Histogram
from telegram.error import BadRequest, Forbidden, RetryAfter

from admissions.errors import Refusal
from admissions.handoffs import Handoff, HandoffRequest

SECONDS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 15, 30)
HOURS_IN_SECONDS: Final = (60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 259200)

turns: Final = Histogram(
    "clerkship_turn_seconds", "From an update's arrival until it is answered", ["kind"], buckets=SECONDS
)
rasa: Final = Histogram(
    "clerkship_rasa_seconds",
    "What a call of Rasa takes, without the wait for a place",
    ["outcome"],
    buckets=SECONDS,
)
messages: Final = Counter("clerkship_messages", "Typed messages, by how they were answered", ["outcome"])
calls: Final = Counter(
    "clerkship_telegram_calls",
    "Calls of Telegram, each try by itself: ok, limited, refused, failed",
    ["method", "outcome"],
)
notified: Final = Counter("clerkship_notifications", "What became of notifications", ["outcome"])
uploads: Final = Counter("clerkship_uploads", "Files: kept, failed, or why one was refused", ["outcome"])
taken_after: Final = Histogram(
    "clerkship_handoff_taken_seconds",
    "From the request for a person until somebody takes it",
    buckets=HOURS_IN_SECONDS,
)
scheduler_lag: Final = Histogram(
    "clerkship_scheduler_lag_seconds", "How late the scheduler begins its jobs", buckets=SECONDS
)
job_failures: Final = Counter("clerkship_job_failures", "Jobs of the scheduler that met an error", ["job"])
leads: Final = Gauge("clerkship_leads", "1 in the process that leads, 0 elsewhere")

inbox_depth: Final = Gauge("clerkship_inbox_depth", "Updates that are not answered yet")
inbox_oldest: Final = Gauge("clerkship_inbox_oldest_seconds", "For how long the oldest of them has been here")
outbox_depth: Final = Gauge("clerkship_outbox_depth", "Notifications that are due and not sent")
outbox_lag: Final = Gauge("clerkship_outbox_lag_seconds", "For how long the first of them has been due")
outbox_dead: Final = Gauge("clerkship_outbox_dead", "Notifications that an operator has to look at")
handoffs_waiting: Final = Gauge("clerkship_handoffs_waiting", "Applicants who wait for a person")
handoffs_oldest: Final = Gauge("clerkship_handoff_oldest_seconds", "For how long the first of them has waited")
database_seconds: Final = Gauge("clerkship_database_seconds", "What the last look at the database took")
disk_free: Final = Gauge("clerkship_disk_free_bytes", "What is free on the disk of var/")
troubles: Final = Gauge("clerkship_trouble", "1 while staff are alarmed about it", ["trouble"])

OF_ALL: Final = (
    inbox_depth,
    inbox_oldest,
    outbox_depth,
    outbox_lag,
    outbox_dead,
    handoffs_waiting,
    handoffs_oldest,
    disk_free,
)
"""Gauges of what all processes share; the one that leads knows them."""
UNKNOWN: Final = float("nan")

Waiting = tuple[int, timedelta]
"""How many wait, and for how long the first of them has."""


def kind_of(update: Mapping[str, Any]) -> str:
    """Return what kind of turn an update begins."""
    if "callback_query" in update:
        return "tap"
    message = update.get("message") or update.get("edited_message")
    if message is None:
        return "other"
    return "file" if message.keys() & {"document", "photo"} else "message"


@contextmanager
def counting_upload() -> Iterator[None]:
    """Count how keeping a file comes out."""
    outcome = "failed"
    try:
        yield
        outcome = "kept"
    except Refusal as refusal:
        outcome = type(refusal).__name__
        raise
    finally:
        uploads.labels(outcome).inc()


@contextmanager
def counting_call(method: str) -> Iterator[None]:
    """Count how one try of a call of Telegram comes out."""
    outcome = "failed"
    try:
        yield
        outcome = "ok"
    except RetryAfter:
        outcome = "limited"
        raise
    except (BadRequest, Forbidden):
        outcome = "refused"
        raise
    finally:
        calls.labels(method, outcome).inc()


@contextmanager
def timing_rasa() -> Iterator[None]:
    """Time a call of Rasa."""
    began, outcome = time.perf_counter(), "failed"
    try:
        yield
        outcome = "ok"
    finally:
        rasa.labels(outcome).observe(time.perf_counter() - began)


def note_taken(handoff: Handoff, asked: Sequence[HandoffRequest], *, at: datetime) -> None:
    """Note how long an applicant waited, if somebody has taken their handoff at this moment."""
    if handoff.taken_at == at and asked:
        taken_after.observe((at - asked[-1].requested_at) / timedelta(seconds=1))


def show_queues(*, inbox: Waiting, outbox: Waiting, dead: int, handoffs: Waiting) -> None:
    """Show how much waits, and for how long what waits longest."""
    for (count, longest), depth, age in (
        (inbox, inbox_depth, inbox_oldest),
        (outbox, outbox_depth, outbox_lag),
        (handoffs, handoffs_waiting, handoffs_oldest),
    ):
        depth.set(count)
        age.set(longest.total_seconds())
    outbox_dead.set(dead)


def forget_all() -> None:
    """Tell no more of what all processes share: another one leads."""
    leads.set(0)
    for gauge in OF_ALL:
        gauge.set(UNKNOWN)
