"""Database, conversations and files in one archive, consistent with each other; and back from it."""

from admissions.backups.archive import Manifest
from admissions.backups.errors import BackupImpossible, RestoreImpossible
from admissions.backups.making import back_up, forget_old, name_of
from admissions.backups.place import Place
from admissions.backups.restoring import Restored, restore

__all__ = [
    "BackupImpossible",
    "Manifest",
    "Place",
    "RestoreImpossible",
    "Restored",
    "back_up",
    "forget_old",
    "name_of",
    "restore",
]
