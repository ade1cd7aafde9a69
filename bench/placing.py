"""Where somebody is: how long it takes to find out, and what it takes to know."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import median

import psutil

from admissions import places
from admissions.places.file import atlas

AT = datetime(2026, 11, 24, 16, 14, tzinfo=UTC)
ROUNDS = 20
TYPED = ("lahore", "i am in karachi now", "san jose", "Karchi", "delhi india", "UTC-5", "it is 21:14 here", "usa")


def finding() -> None:
    """Print the time and memory of the snapshot, and the time that a question takes."""
    resident = psutil.Process().memory_info().rss
    began = time.perf_counter()
    atlas()
    print(f"cities loaded     {_since(began):.0f} ms, {_grown(resident)} MB (asked: 150, 40)")
    for text in TYPED:
        _measure(text, partial(places.find_places, text, at=AT))
    _measure("a location", partial(places.place_at, 31.55, 74.34))
    print(f"with the zone map {_grown(resident)} MB")


def _measure(name: str, find: Callable[[], object]) -> None:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        find()
        times.append(_since(began))
    print(f"  {name:<22} {times[0]:6.1f} ms the first time, then {median(times[1:]):.2f} ms (asked: 5)")


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _grown(resident: int) -> int:
    return round((psutil.Process().memory_info().rss - resident) / 2**20)
