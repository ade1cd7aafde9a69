"""What must be there before anything starts: the schema, and the answers in it."""

from sqlalchemy.exc import SQLAlchemyError

from admissions import answers, consultations, schema
from admissions.cli import keys
from admissions.database import Database
from admissions.settings import Settings

ADVISORS_TO_TRY = consultations.EXAMPLE_FILE
"""Who can be booked in the local Telegram until others are imported."""


class NotReady(Exception):
    """Something must be mended first; `problems` has a line for each, with how."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


async def prepare_database(settings: Settings) -> None:
    """Migrate the database, seal what older versions left unsealed, and load the answers file into it.

    Raises:
        NotReady: The database cannot be reached, or the answers file cannot be used.
    """
    try:
        file = answers.read_answers(settings.answers_file)
    except answers.AnswersInvalid as error:
        raise NotReady("The answers file cannot be used:", *error.problems) from error
    keys.make_if_missing(settings)
    database = Database(settings.database_url, settings.keyring())
    try:
        await schema.upgrade(database)
        await keys.seal_rows(database, settings.keyring())
        async with database.transaction() as session:
            await answers.load(session, file)
            if settings.is_sandboxed and not await consultations.active_advisors(session):
                await consultations.import_advisors(session, consultations.read_advisors(ADVISORS_TO_TRY))
    except (SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise NotReady(f"DATABASE_URL: the database cannot be used: {reason}") from error
    finally:
        await database.close()
