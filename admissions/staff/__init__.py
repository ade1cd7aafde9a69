"""The staff desk: who may do what there, what was done, and what somebody has begun."""

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
from admissions.staff.models import AuditEntry, Errand, ErrandKind
from admissions.staff.rules import PERMISSIONS, check_words, may, require, role_of
from admissions.staff.service import errands
from admissions.staff.service.auditing import listed, record, record_refused
from admissions.staff.values import Actor, Deed, Permission, Role, Standing

__all__ = [
    "PERMISSIONS",
    "Actor",
    "AuditEntry",
    "Deed",
    "Errand",
    "ErrandKind",
    "ErrandNotFound",
    "ErrandOfAnother",
    "NotOnStaff",
    "NotPermitted",
    "Permission",
    "Role",
    "RolesFile",
    "RolesInvalid",
    "StaffRefusal",
    "Standing",
    "WordsMissing",
    "WordsTooLong",
    "check_words",
    "errands",
    "listed",
    "may",
    "read_roles",
    "record",
    "record_refused",
    "require",
    "role_of",
]
