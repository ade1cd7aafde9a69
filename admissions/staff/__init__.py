"""The staff: who may do what, what was done, when they are in the office, and who is on duty."""

from admissions.staff.desk import Colleague, DeskFile, DeskInvalid, read_desk
from admissions.staff.errors import (
    ErrandNotFound,
    ErrandOfAnother,
    NotOnStaff,
    NotPermitted,
    RolesInvalid,
    StaffRefusal,
    WordsMissing,
    WordsTooLong,
)
from admissions.staff.file import RolesFile, read_roles
from admissions.staff.hours import OfficeHours, is_open, opens_at, worked
from admissions.staff.models import AuditEntry, Errand, ErrandKind
from admissions.staff.rules import PERMISSIONS, check_words, may, require, role_of
from admissions.staff.service import errands
from admissions.staff.service.auditing import listed, record, record_refused
from admissions.staff.service.clearing import cleared, note_said, to_clear
from admissions.staff.values import Actor, Deed, Permission, Role, Standing

__all__ = [
    "PERMISSIONS",
    "Actor",
    "AuditEntry",
    "Colleague",
    "Deed",
    "DeskFile",
    "DeskInvalid",
    "Errand",
    "ErrandKind",
    "ErrandNotFound",
    "ErrandOfAnother",
    "NotOnStaff",
    "NotPermitted",
    "OfficeHours",
    "Permission",
    "Role",
    "RolesFile",
    "RolesInvalid",
    "StaffRefusal",
    "Standing",
    "WordsMissing",
    "WordsTooLong",
    "check_words",
    "cleared",
    "errands",
    "is_open",
    "listed",
    "may",
    "note_said",
    "opens_at",
    "read_desk",
    "read_roles",
    "record",
    "record_refused",
    "require",
    "role_of",
    "to_clear",
    "worked",
]
