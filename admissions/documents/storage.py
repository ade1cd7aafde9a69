"""Where the files are kept: a private folder, or any store that fsspec knows by its URL."""

import asyncio
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import UnsupportedOperation
from pathlib import Path

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from admissions.sealing import FILE_MARK, ID_LENGTH, Keyring

NAME = re.compile(r"[A-Za-z0-9_-]{43}")
PRIVATE = 0o700
MARK_LENGTH = len(FILE_MARK) + ID_LENGTH


@dataclass(frozen=True)
class StoredFile:
    """A file in the store, and when it was last written (aware, by the store's own clock)."""

    name: str
    written_at: datetime


class Store:
    """The files, each under a random name that nobody chose.

    fsspec works synchronously: every call runs in a thread, so that the event loop stays free.

    Args:
        url: An fsspec URL such as `file:///srv/documents`, `s3://bucket/documents` or `memory://documents`.
        keyring: What seals the files; without one they are written as they are.
    """

    def __init__(self, url: str, keyring: Keyring | None = None) -> None:
        self._keyring = keyring
        self._files, self._root = url_to_fs(url)
        if isinstance(self._files, LocalFileSystem):
            folder = Path(self._root)
            folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            folder.chmod(PRIVATE)

    async def save(self, content: bytes) -> str:
        """Write a file, durably where the store can, and return the name it was given."""
        name = secrets.token_urlsafe(32)
        await asyncio.to_thread(self._write, name, content)
        return name

    async def read(self, name: str) -> bytes:
        """Return what a file holds.

        Raises:
            FileNotFoundError: There is no such file.
            KeyUnknown: It was sealed with none of our keys.
        """
        return await asyncio.to_thread(self._read, name)

    async def seal_anew(self, name: str) -> bool:
        """Seal a file with the newest key, unless it is; tell whether it was done.

        Raises:
            FileNotFoundError: There is no such file.
            KeyUnknown: It was sealed with none of our keys.
        """
        return await asyncio.to_thread(self._seal_anew, name)

    async def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError):
            await asyncio.to_thread(self._files.rm_file, self._path(name))

    async def list(self) -> list[StoredFile]:
        """Return every file of ours; what else lies in the folder is left out."""
        return await asyncio.to_thread(lambda: list(self._listed()))

    def copy_out(self, name: str) -> bytes:
        """Return a file as it lies in the store, for a backup; it blocks.

        Raises:
            FileNotFoundError: There is no such file.
        """
        content: bytes = self._files.cat_file(self._path(name))
        return content

    def put_back(self, name: str, content: bytes) -> None:
        """Write a file of a backup as it lay in the store, under its name; it blocks."""
        self._write(name, content)

    def is_empty(self) -> bool:
        """Tell whether there is no file of ours yet; it blocks."""
        return next(self._listed(), None) is None

    def _path(self, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError("not a name of the store's own")
        return f"{self._root}/{name}"

    def _read(self, name: str) -> bytes:
        stored: bytes = self._files.cat_file(self._path(name))
        return self._keyring.open_file(stored) if self._keyring else stored

    def _seal_anew(self, name: str) -> bool:
        assert self._keyring is not None, "who rotates keys has some"
        path = self._path(name)
        if self._files.cat_file(path, end=MARK_LENGTH) == self._keyring.newest_file_mark:
            return False
        fresh = secrets.token_urlsafe(32)
        self._write(fresh, self._read(name))
        self._files.mv(self._path(fresh), path)  # a crash before leaves the old file, and one without a row
        return True

    def _write(self, name: str, content: bytes) -> None:
        self._files.makedirs(self._root, exist_ok=True)
        with self._files.open(self._path(name), "wb") as file:
            file.write(self._keyring.seal_file(content) if self._keyring else content)
            file.flush()
            with suppress(
                AttributeError, UnsupportedOperation
            ):  # a row must not outlive its file through a power cut
                os.fsync(file.fileno())

    def _listed(self) -> Iterator[StoredFile]:
        if not self._files.exists(self._root):
            return
        for path in self._files.ls(self._root, detail=False):
            name = str(path).rpartition("/")[2]
            if NAME.fullmatch(name):
                with suppress(FileNotFoundError):
                    yield StoredFile(name, _aware(self._files.modified(path)))


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
