"""Make a backup while the assistant runs."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from admissions.backups.archive import Manifest, Writer, writing
from admissions.backups.engines import engine_of
from admissions.backups.errors import BackupImpossible
from admissions.backups.place import Dump, Place

TRIES: Final = 3
NAMED: Final = "clerkship-*Z.zip"


class FileGone(Exception):
    """A file was removed between the moment of the database and our coming to it."""


def name_of(at: datetime) -> str:
    """Name a backup after its moment, so that names sort by age."""
    return f"clerkship-{at:%Y-%m-%dT%H%M%SZ}.zip"


def back_up(place: Place, file: Path, *, at: datetime) -> Manifest:
    """Write everything into one archive that only this account can read.

    A file is stored before its row is, so the files of every row of one moment are there afterwards; unless
    somebody was forgotten meanwhile, with their rows and files. Then the moment is taken anew.

    Args:
        place: What to back up.
        file: The archive; one of that name is replaced when the new one is whole.
        at: Now, aware.

    Raises:
        BackupImpossible: The database cannot be used, or the disk takes no more.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for tries_left in reversed(range(TRIES)):
            try:
                return _back_up(place, file, at, may_miss=not tries_left)
            except FileGone:
                continue
    except OSError as error:
        raise BackupImpossible(f"{file} cannot be written: {error.strerror or error}") from error
    raise AssertionError("the last try bears what is missing")


def forget_old(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest backups of a folder; return those removed. What has another name stays."""
    old = sorted(folder.glob(NAMED), reverse=True)[keep:]
    for each in old:
        each.unlink()
    return old


def _back_up(place: Place, file: Path, at: datetime, *, may_miss: bool) -> Manifest:
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        dump = engine_of(place).dump(Path(folder))
        with writing(file) as writer:
            for path, source in dump.files.items():
                writer.add_file(path, source)
            missing = _add_documents(place, dump, writer, may_miss=may_miss)
            manifest = Manifest(
                made_at=at,
                database=place.kind,
                schema_version=dump.version,
                rows=dump.rows,
                files=writer.files,
                missing=missing,
            )
            writer.finish(manifest)
    return manifest


def _add_documents(place: Place, dump: Dump, writer: Writer, *, may_miss: bool) -> list[str]:
    missing = []
    for name in dump.documents:
        try:
            writer.add_document(name, place.store.copy_out(name))
        except FileNotFoundError:
            if not may_miss:
                raise FileGone from None
            missing.append(name)
    return missing
