"""The advisors: from a file into the database."""

from pathlib import Path

from admissions import consultations
from admissions.cli.preparing import NotReady
from admissions.consultations import AdvisorsFile, Imported
from admissions.database import Database
from admissions.settings import Settings


def read(file: Path) -> AdvisorsFile:
    """Read and check a file of advisors.

    Raises:
        NotReady: It cannot be used; each problem names its line and field.
    """
    try:
        return consultations.read_advisors(file)
    except consultations.AdvisorsInvalid as error:
        raise NotReady("The advisors cannot be imported:", *error.problems) from error


async def import_advisors(settings: Settings, file: Path) -> Imported:
    """Make the advisors those of a file.

    Raises:
        NotReady: The file cannot be used; nothing was changed.
    """
    content = read(file)
    database = Database(settings.database_url, settings.keyring())
    try:
        async with database.transaction() as session:
            return await consultations.import_advisors(session, content)
    finally:
        await database.close()
