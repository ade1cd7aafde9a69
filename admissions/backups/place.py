"""Where the assistant keeps what it knows: its database, Rasa's conversations, and the files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import make_url

from admissions.documents import Store
from admissions.settings import Settings


@dataclass(frozen=True)
class Place:
    """All of it, whichever database it is.

    Attributes:
        database_url: As `Settings.database_url` has it.
        conversations_url: Rasa's tracker store; on Postgres the same database.
        store: The documents.
    """

    database_url: str
    conversations_url: str
    store: Store

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the place that the settings name."""
        return cls(settings.database_url, settings.tracker_store_url, Store(settings.document_store))

    @property
    def kind(self) -> str:
        """Which database it is: sqlite or postgresql."""
        return make_url(self.database_url).get_backend_name()


@dataclass(frozen=True)
class Dump:
    """A database as it was at one moment.

    Attributes:
        files: What to put into the archive: the name there, and the file on disk.
        version: Of the schema; None where it was never migrated.
        rows: How many each table has.
        documents: The names, in the store, of the files that its rows name.
    """

    files: dict[str, Path]
    version: str | None
    rows: dict[str, int]
    documents: list[str]


class Engine(Protocol):
    """What is done differently on SQLite and on Postgres."""

    def dump(self, folder: Path) -> Dump:
        """Write down one moment of the database while others go on writing to it.

        Raises:
            BackupImpossible: A program is missing, or the database cannot be used.
        """

    def is_empty(self) -> bool:
        """Whether there is no table yet."""

    def load(self, folder: Path) -> None:
        """Make the database that of a dump, all of it or nothing.

        Raises:
            RestoreImpossible: A program is missing, or the database does not take it.
        """

    def count(self) -> dict[str, int]:
        """Return how many rows each table has."""
