"""The operator's door: `clerkship run | train | doctor | answers | db upgrade | nlu`.

It starts the other doors as processes and imports neither.
"""

import asyncio
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from admissions.answers import AnswersInvalid
from admissions.cli import checks, language, preparing, running, training
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
nlu = typer.Typer(help="The language understanding.", no_args_is_help=True)
app.add_typer(nlu, name="nlu")

Parameters = ParamSpec("Parameters")


def _explaining(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """End a command with a plain line where an operator can mend what is wrong."""

    @wraps(command)
    def explained(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            command(*args, **kwargs)
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


@nlu.command(name="eval")
@_explaining
def evaluate(
    file: Annotated[Path, typer.Argument(help='Lines such as {"text": "...", "intents": ["..."]}')],
) -> None:
    """Tell how well a file of messages is understood: the wrong ones, then the figures as one JSON object."""
    language.evaluate(load_settings(), file)


@nlu.command()
@_explaining
def report() -> None:
    """Measure on the training data and the held-out messages, and write docs/nlu-report.md."""
    language.report(load_settings())
