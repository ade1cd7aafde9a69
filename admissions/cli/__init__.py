"""The operator's door: `clerkship run`, its parts alone, `train | doctor | answers`, and groups of commands.

It starts the other doors as processes and imports neither.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from admissions.answers import AnswersInvalid
from admissions.cli import (
    advising,
    auditing,
    backing_up,
    checks,
    keys,
    language,
    learning,
    preparing,
    roles,
    running,
    sending,
    tabling,
    training,
)
from admissions.cli.console import fail, say
from admissions.cli.listing import list_answers, list_unsettled
from admissions.notifications import State
from admissions.sealing import new_key as make_key
from admissions.settings import SettingsInvalid, load_settings

app = typer.Typer(
    help="The applicant assistant of Houston Medical Clerkship.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
advisors = typer.Typer(help="Who talks to applicants, and when.", no_args_is_help=True)
db = typer.Typer(help="The database.", no_args_is_help=True)
nlu = typer.Typer(help="The language understanding.", no_args_is_help=True)
placements = typer.Typer(help="Places at sites: what is offered, and what became of it.", no_args_is_help=True)
outbox = typer.Typer(help="What is to be told to people, and what became of it.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(advisors, name="advisors")
app.add_typer(nlu, name="nlu")
app.add_typer(placements, name="placements")
app.add_typer(outbox, name="outbox")
sealing = typer.Typer(help="The keys that seal personal data.", no_args_is_help=True)
app.add_typer(sealing, name="keys")

Choices = ParamSpec("Choices")


def _explaining(command: Callable[Choices, None]) -> Callable[Choices, None]:
    """End a command with a plain line where an operator can mend what is wrong."""

    @wraps(command)
    def explained(*args: Choices.args, **choices: Choices.kwargs) -> None:
        try:
            command(*args, **choices)
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
def bot() -> None:
    """Run the bot alone: it takes what Telegram brings. Any number of them, with WEBHOOK_URL and REDIS_URL."""
    roles.bot(load_settings())


@app.command()
@_explaining
def worker() -> None:
    """Run the scheduler alone: it sends what is due. Any number of them; one leads, another takes over."""
    roles.worker(load_settings())


@app.command()
@_explaining
def actions() -> None:
    """Run the action server alone. Any number of them, behind ACTIONS_URL."""
    roles.actions(load_settings())


@app.command()
@_explaining
def rasa() -> None:
    """Run Rasa alone. Any number of them, behind RASA_URL and with REDIS_URL."""
    roles.rasa(load_settings())


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
    settings = load_settings()
    for line in [*list_answers(settings), *asyncio.run(list_unsettled(settings))]:
        say(line)


@app.command()
@_explaining
def audit(
    applicant: Annotated[int | None, typer.Option(help="only what concerns this Telegram id")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="only what was tried and refused")] = False,
    limit: Annotated[int, typer.Option(min=1, help="how many at most, the newest last")] = 50,
) -> None:
    """List what was done at the staff desk: who, as what, what, about what, before and after."""
    for line in asyncio.run(auditing.list_audit(load_settings(), limit, applicant, refused=refused)):
        say(line)


@app.command()
@_explaining
def backup(
    to: Annotated[
        Path | None, typer.Argument(help="a folder, or a file that ends in .zip; var/backups unless given")
    ] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="remove all but so many backups of the folder")] = None,
) -> None:
    """Write database, conversations and documents into one archive, while the assistant runs."""
    for line in backing_up.back_up(load_settings(), to, keep, at=datetime.now(UTC)):
        say(line)


@app.command()
@_explaining
def restore(
    file: Annotated[Path, typer.Argument(help="an archive that backup wrote")],
    replace: Annotated[
        bool, typer.Option("--replace", help="replace what is there; a copy is made first")
    ] = False,
) -> None:
    """Bring everything back from an archive, into an empty place unless told otherwise."""
    for line in asyncio.run(backing_up.restore(load_settings(), file, replace=replace, at=datetime.now(UTC))):
        say(line)


@advisors.command("import")
@_explaining
def import_advisors(
    file: Annotated[Path, typer.Argument(help="such as admissions/consultations/advisors.example.yml")],
) -> None:
    """Make the advisors those of a file; nothing is changed if anything in it is wrong."""
    imported = asyncio.run(advising.import_advisors(load_settings(), file))
    say(f"advisors: {imported.added} added, {imported.changed} changed, {imported.left} take no new talks")


@placements.command("import")
@_explaining
def import_placements(
    file: Annotated[Path, typer.Argument(help="a CSV file, as export writes it")],
    write: Annotated[
        bool, typer.Option("--write", help="do it; without this, only see what would be done")
    ] = False,
) -> None:
    """Offer, change and move placements as a file says; nothing is changed if anything in it is wrong."""
    for line in asyncio.run(tabling.import_placements(load_settings(), file, write=write)):
        say(line)


@placements.command("export")
@_explaining
def export_placements() -> None:
    """Write the placement of every application as CSV."""
    typer.echo(asyncio.run(tabling.export_placements(load_settings())), nl=False)


@outbox.command("list")
@_explaining
def list_outbox(
    state: Annotated[list[State] | None, typer.Option(help="only in this state; may be given again")] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many at most, the newest first")] = 50,
) -> None:
    """List what waits, failed or was told: by numbers alone, without names and words."""
    for line in asyncio.run(sending.list_outbox(load_settings(), state or [*State], limit)):
        say(line)


@outbox.command()
@_explaining
def replay(
    ids: Annotated[list[int] | None, typer.Argument(help="their numbers; all dead ones, unless given")] = None,
) -> None:
    """Have what could not be sent tried again; by its number also what perhaps arrived."""
    for line in asyncio.run(sending.replay(load_settings(), ids)):
        say(line)


@db.command()
@_explaining
def upgrade() -> None:
    """Bring the database to the newest schema and load the answers file into it."""
    asyncio.run(preparing.prepare_database(load_settings()))
    say("the database is up to date")


@sealing.command("new")
def new_key() -> None:
    """Make a key for ENCRYPTION_KEYS; put it before the ones that are there."""
    typer.echo(make_key())


@sealing.command("rotate")
@_explaining
def rotate_keys() -> None:
    """Seal everything with the newest key, while the assistant runs; after that the older ones can go."""
    rows, files = asyncio.run(keys.rotate(load_settings()))
    say(f"sealed anew: {rows} values, {files} files")


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


@nlu.command()
@_explaining
def review() -> None:
    """Make training examples of the messages that staff labelled."""
    number = asyncio.run(learning.review(load_settings(), at=datetime.now(UTC)))
    say(f"{number} examples added to {learning.REVIEWED.name}" if number else "nothing new was labelled")


@nlu.command()
@_explaining
def check() -> None:
    """Train, compare with the model before, show what changes, and promote the new one unless it is worse."""
    learning.check(load_settings())
