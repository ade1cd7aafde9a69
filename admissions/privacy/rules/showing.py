"""What of the database somebody is given of themselves, and what is the staff's or a secret."""

from collections.abc import Mapping
from typing import Final

OF_STAFF: Final = frozenset({"audit_entries", "errands", "handoff_topics", "holds", "notes", "refused_moves"})
"""Tables in which staff write for staff: who wants them asks a person, who looks what they say of others."""

HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "applications": frozenset({"applicant_id", "moved_as", "moved_by", "moved_at", "taken_by"}),
    "consultations": frozenset({"note", "ended_by"}),
    "document_changes": frozenset({"by"}),
    "handoffs": frozenset({"taken_by", "taken_by_name", "resolved_by", "digest_id"}),
    "open_items": frozenset({"opened_by", "closed_by"}),
    "placements": frozenset({"moved_as", "moved_by", "moved_at"}),
    "referee_links": frozenset({"token_hash", "redeemed_by"}),
    "status_changes": frozenset({"by", "told_at"}),
    "status_claims": frozenset({"code"}),
    "understood_messages": frozenset({"label", "labelled_by", "labelled_at", "exported_at"}),
    "uploads": frozenset({"stored_as"}),
}
"""Columns that name staff or others, hold a secret, or say where a file lies."""
