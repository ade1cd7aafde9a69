"""Whom a command of the staff is about."""

from admissions import applications
from admissions.applications import Found
from admissions.database import Session


def key_of(found: Found) -> str:
    """Return what the desk's buttons call somebody: by their application, else by their account."""
    return f"a{found.application.id}" if found.application else f"p{found.applicant_id}"


async def by_key(session: Session, key: str) -> Found:
    """Return whom a button is about.

    Raises:
        ApplicationNotFound: They are gone.
    """
    number = int(key[1:])
    if key.startswith("a"):
        return await applications.known_by_application(session, number)
    return await applications.known_by_applicant(session, number)
