"""The archive: a ZIP with a manifest that names every file in it with its SHA-256."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from pydantic import BaseModel, ValidationError

from admissions.backups.errors import RestoreImpossible

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DOCUMENTS: Final = "documents/"
PRIVATE: Final = 0o600
CHUNK: Final = 1 << 20


class Entry(BaseModel):
    """A file of the archive."""

    sha256: str
    size: int


class Manifest(BaseModel):
    """What an archive holds.

    Attributes:
        format: Of the archive.
        made_at: The moment it shows, aware.
        database: sqlite or postgresql.
        schema_version: The newest migration that the database had.
        rows: How many each table had.
        files: Every file in the archive but this one.
        missing: Documents that a row named and the store did not have, even before.
    """

    format: int = FORMAT
    made_at: datetime
    database: str
    schema_version: str | None
    rows: dict[str, int]
    files: dict[str, Entry]
    missing: list[str] = []

    @property
    def documents(self) -> list[str]:
        """The names of the documents in it."""
        return [path.removeprefix(DOCUMENTS) for path in self.files if path.startswith(DOCUMENTS)]


class Writer:
    """An archive that is being written."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, Entry] = {}

    def add_file(self, path: str, source: Path) -> None:
        """Add a file from disk, compressed."""
        digest = hashlib.sha256()
        with source.open("rb") as content, self._archive.open(path, "w", force_zip64=True) as entry:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                entry.write(chunk)
        self.files[path] = Entry(sha256=digest.hexdigest(), size=source.stat().st_size)

    def add_document(self, name: str, content: bytes) -> None:
        """Add a document as it is: PDFs and pictures are compressed already."""
        path = DOCUMENTS + name
        self._archive.writestr(path, content, ZIP_STORED)
        self.files[path] = Entry(sha256=hashlib.sha256(content).hexdigest(), size=len(content))

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest; nothing comes after it."""
        self._archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """Write an archive that appears under its name whole, for this account only, or not at all."""
    partial = file.with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        descriptor = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
        with os.fdopen(descriptor, "wb") as stream:
            with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
                yield Writer(archive)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
        _sync_folder(file.parent)
    finally:
        partial.unlink(missing_ok=True)


class Reader:
    """An archive whose manifest can be read."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.manifest = self._read_manifest()

    def verify(self) -> None:
        """Check every file against the manifest, and that there is none besides.

        Raises:
            RestoreImpossible: One differs, is missing, or nobody knows of it.
        """
        named, there = {*self.manifest.files}, {*self._archive.namelist()} - {MANIFEST}
        if named != there:
            raise RestoreImpossible(f"The archive is damaged: {len(named ^ there)} files too few or too many.")
        for path, expected in self.manifest.files.items():
            if self._digest(path) != expected.sha256:
                raise RestoreImpossible(f"The archive is damaged: {path} is not what it was.")

    def extract(self, path: str, folder: Path) -> None:
        """Write one file of the archive into a folder."""
        with self._open(path) as entry, (folder / path).open("wb") as target:
            shutil.copyfileobj(entry, target, CHUNK)
            target.flush()
            os.fsync(target.fileno())

    def document(self, name: str) -> bytes:
        """Return what a document holds."""
        with self._open(DOCUMENTS + name) as entry:
            return entry.read()

    def _digest(self, path: str) -> str:
        digest = hashlib.sha256()
        with self._open(path) as entry:
            while chunk := entry.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def _open(self, path: str) -> IO[bytes]:
        return self._archive.open(path)

    def _read_manifest(self) -> Manifest:
        try:
            manifest = Manifest.model_validate_json(self._archive.read(MANIFEST))
        except (KeyError, ValidationError) as error:
            raise RestoreImpossible("This is no backup: it has no manifest that can be read.") from error
        if manifest.format > FORMAT:
            raise RestoreImpossible("A newer assistant made this backup: restore it with that version or later.")
        return manifest


@contextmanager
def reading(file: Path) -> Iterator[Reader]:
    """Open an archive.

    Raises:
        RestoreImpossible: It cannot be read, is damaged, or is none.
    """
    try:
        with ZipFile(file) as archive:
            yield Reader(archive)
    except BadZipFile as error:
        raise RestoreImpossible(f"{file} is damaged, or no backup: {error}") from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
