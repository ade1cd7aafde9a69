"""Which engine a place has."""

from admissions.backups.place import Engine, Place
from admissions.backups.postgres import PostgresEngine
from admissions.backups.sqlite import SqliteEngine


def engine_of(place: Place) -> Engine:
    """Return the engine of a place's database."""
    return PostgresEngine(place) if place.kind == "postgresql" else SqliteEngine(place)
