"""What is kept of somebody: shown, sent, held, warned of, forgotten."""

from admissions.privacy.conversations import Conversations, Line
from admissions.privacy.errors import (
    AskedTooOften,
    DataAlreadyHeld,
    DataHeld,
    DataNotHeld,
    NothingKept,
    PrivacyRefusal,
)
from admissions.privacy.models import Forgetting, Hold
from admissions.privacy.rules.expiring import Acquaintance, is_to_be_forgotten, is_to_be_warned, kept_until
from admissions.privacy.rules.packing import parts
from admissions.privacy.rules.showing import HIDDEN, OF_STAFF
from admissions.privacy.service.expiring import expire, expired, warn
from admissions.privacy.service.exporting import Kept, Words, archives, collect, note_sent
from admissions.privacy.service.forgetting import (
    SETTLES_AFTER,
    being_forgotten,
    find,
    finish,
    forget,
    let_go,
    unfinished,
)
from admissions.privacy.service.holding import hold, is_held, release
from admissions.privacy.service.reaching import rows_of
from admissions.privacy.values import Keeping, Leftovers, Occasion

__all__ = [
    "HIDDEN",
    "OF_STAFF",
    "SETTLES_AFTER",
    "Acquaintance",
    "AskedTooOften",
    "Conversations",
    "DataAlreadyHeld",
    "DataHeld",
    "DataNotHeld",
    "Forgetting",
    "Hold",
    "Keeping",
    "Kept",
    "Leftovers",
    "Line",
    "NothingKept",
    "Occasion",
    "PrivacyRefusal",
    "Words",
    "archives",
    "being_forgotten",
    "collect",
    "expire",
    "expired",
    "find",
    "finish",
    "forget",
    "hold",
    "is_held",
    "is_to_be_forgotten",
    "is_to_be_warned",
    "kept_until",
    "let_go",
    "note_sent",
    "parts",
    "release",
    "rows_of",
    "unfinished",
    "warn",
]
