"""`clerkship backup` and `clerkship restore`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from admissions import backups
from admissions.backups import BackupImpossible, Manifest, Place, RestoreImpossible
from admissions.cli.preparing import NotReady
from admissions.settings import Settings


def back_up(settings: Settings, to: Path | None, keep: int | None, *, at: datetime) -> Sequence[str]:
    """Make a backup, and remove old ones of its folder where that is asked for.

    Raises:
        NotReady: It could not be made; or documents were missing, and it has all the others.
    """
    place = to or settings.var_folder / "backups"
    file = place if place.suffix == ".zip" else place / backups.name_of(at)
    try:
        manifest = backups.back_up(Place.of(settings), file, at=at)
    except BackupImpossible as error:
        raise NotReady(str(error)) from error
    removed = backups.forget_old(file.parent, keep=keep) if keep else []
    if manifest.missing:
        raise NotReady(
            f"{file} was written, but the store lacks {len(manifest.missing)} documents that the database names:",
            *manifest.missing,
        )
    return [f"{file}: {_contents(manifest)}", *(f"removed {each}" for each in removed)]


async def restore(settings: Settings, file: Path, *, replace: bool, at: datetime) -> Sequence[str]:
    """Bring everything back from an archive.

    Raises:
        NotReady: It was not restored.
    """
    copies = settings.var_folder / "backups"
    try:
        restored = await backups.restore(Place.of(settings), file, replace=replace, copies=copies, at=at)
    except (BackupImpossible, RestoreImpossible) as error:
        raise NotReady(str(error)) from error
    except OSError as error:
        raise NotReady(f"{error.filename or file} cannot be used: {error.strerror or error}") from error
    lines = [f"restored as of {restored.manifest.made_at:%Y-%m-%d %H:%M:%S} UTC: {_contents(restored.manifest)}"]
    if restored.safety_copy:
        lines.append(f"what was there before is in {restored.safety_copy}")
    if restored.left_out:
        lines.append(
            f"{restored.left_out} messages are left out, as they may have been sent after the backup:"
            " see `clerkship outbox list --state dropped`"
        )
    return lines


def _contents(manifest: Manifest) -> str:
    rows = sum(manifest.rows.values())
    return f"{rows} rows in {len(manifest.rows)} tables, {len(manifest.documents)} documents"
