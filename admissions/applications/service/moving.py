"""How an applicant's own hand is told from another program's: the database's triggers read it with the status."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm.attributes import flag_modified

from admissions.applications.models import Application, ApplicationStatus

AS_APPLICANT: Final = "applicant"
"""As `placements.Role` has it, which stands above this subject."""


def move(application: Application, status: ApplicationStatus, *, at: datetime) -> None:
    """Give an application a status on its applicant's behalf."""
    application.status = status
    application.moved_as, application.moved_at = AS_APPLICANT, at
    for written in ("moved_as", "moved_at"):
        flag_modified(application, written)  # the triggers cleared them, which the session does not know
