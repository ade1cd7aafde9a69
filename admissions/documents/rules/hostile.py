"""Files from anyone: a reader that fails at one means that the file is broken, however it fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from admissions.documents.errors import FileBroken, FileRefusal


@contextmanager
def broken_if_unreadable() -> Iterator[None]:
    """Turn whatever a hostile file makes a reader raise into a refusal.

    Raises:
        FileBroken: The reader failed; a refusal of our own passes as it is.
    """
    try:
        yield
    except FileRefusal:
        raise
    except Exception as error:
        raise FileBroken from error
