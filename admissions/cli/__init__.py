"""The operator's door: `clerkship run | train | doctor | answers | db upgrade`.

It starts the other doors as processes and imports neither.
"""

import asyncio
from collections.abc import Callable
from functools import wraps

import typer

from admissions.answers import AnswersInvalid
from admissions.cli import checks, preparing, running, training
from admissions.cli.console import fail, say
from admissions.cli.listing import list_answers
from admissions.settings import SettingsInvalid, load_settings

app = typer.Typer(
    help="The applicant assistant of Houston Medical Clerkship.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")


def _explaining(command: Callable[[], None]) -> Callable[[], None]:
    """End a command with a plain line where an operator can mend what is wrong."""

    @wraps(command)
    def explained() -> None:
        try:
            command()
        except SettingsInvalid as error:
            fail("Some settings cannot be used:", *error.problems, code=2)
        except (preparing.NotReady, AnswersInvalid) as error:
            fail(*error.problems)

    return explained


@app.command()
@_explaining
def run() -> None:
    """Start everything, and keep it running until Ctrl-C."""
    asyncio.run(running.run(load_settings()))


@app.command()
@_explaining
def train() -> None:
    """Train Rasa's model, if anything it is made of changed."""
    training.train(load_settings())


@app.command()
@_explaining
def doctor() -> None:
    """Check each part; say what is wrong and how to mend it."""
    if not checks.examine():
        raise typer.Exit(1)


@app.command()
@_explaining
def answers() -> None:
    """List the answers with their facts, source and day, and where HMC's sources disagree."""
    for line in list_answers(load_settings()):
        say(line)


@db.command()
@_explaining
def upgrade() -> None:
    """Bring the database to the newest schema and load the answers file into it."""
    asyncio.run(preparing.prepare_database(load_settings()))
    say("the database is up to date")
