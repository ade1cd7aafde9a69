"""`clerkship doctor`: each part, what is wrong, and how to mend it."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from sqlalchemy.exc import SQLAlchemyError

from admissions import answers, documents, handoffs, privacy, schema, staff
from admissions.cli import parts, supervisor, training
from admissions.cli.console import say
from admissions.cli.listing import conflicts, list_unsettled
from admissions.cli.preparing import NotReady
from admissions.database import Database
from admissions.sealing import Keyring
from admissions.settings import Settings, SettingsInvalid, load_settings

Check = Callable[[Settings], str]

RIGHTS = (
    ("can_manage_topics", "make topics"),
    ("can_pin_messages", "pin a message"),
    ("can_delete_messages", "take away what shows applicants"),
)
LATE = timedelta(hours=1)
RIGHT_MISSING = "make it an administrator with that right"
"""An administrator also hears who leaves the group."""


def examine() -> bool:
    """Run every check and print a line for each.

    Returns:
        Whether all is well.
    """
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        for problem in error.problems:
            say(f"✗ settings: {problem}")
        return False
    say("✓ settings")
    passed = [_passes(name, check, settings) for name, check in CHECKS.items()]
    return all(passed)


def _passes(name: str, check: Check, settings: Settings) -> bool:
    try:
        say(f"✓ {name}: {check(settings)}")
    except NotReady as error:
        for problem in error.problems:
            say(f"✗ {name}: {problem}")
        return False
    return True


def _database(settings: Settings) -> str:
    try:
        asyncio.run(_require_current(settings.database_url))
    except schema.SchemaOutdated:
        raise NotReady("it lacks migrations: run `clerkship db upgrade`") from None
    except (SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise NotReady(f"cannot be used ({reason}): check DATABASE_URL") from None
    return "reached, and of the newest schema"


async def _require_current(url: str) -> None:
    database = Database(url)
    try:
        await schema.require_current(database)
    finally:
        await database.close()


def _answers(settings: Settings) -> str:
    try:
        file = answers.read_answers(settings.answers_file)
    except answers.AnswersInvalid as error:
        raise NotReady(*error.problems) from None
    unsettled = len(asyncio.run(list_unsettled(settings)))
    oldest = min(answer.checked_on for answer in file.answers.values())
    return (
        f"{len(file.answers)} answers, the oldest checked on {oldest};"
        f" conflicts for staff to settle: {len(conflicts(file)) + unsettled} (see `clerkship answers`)"
    )


def _documents(settings: Settings) -> str:
    try:
        file = documents.read_documents()
        kept = asyncio.run(documents.Store(settings.document_store).list())
    except documents.DocumentsInvalid as error:
        raise NotReady(*error.problems) from None
    except (OSError, ImportError, ValueError) as error:
        raise NotReady(f"the store cannot be used ({type(error).__name__}): see DOCUMENT_STORE") from None
    return f"{len(file.documents)} kinds; files in the store: {len(kept)}"


def _personal_data(settings: Settings) -> str:
    try:
        keyring = settings.keyring()
        waiting = asyncio.run(_late_receipts(settings, keyring))
    except SettingsInvalid as error:
        raise NotReady(*error.problems) from None
    except (SQLAlchemyError, OSError):
        return "the database cannot be looked into"
    if waiting:
        raise NotReady(f"not wholly removed for an hour: {', '.join(waiting)}; var/log/bot.log says why")
    return "sealed with ENCRYPTION_KEYS" if settings.encryption_keys else f"sealed with {settings.keys_file}"


async def _late_receipts(settings: Settings, keyring: Keyring) -> list[str]:
    database = Database(settings.database_url, keyring)
    try:
        async with database.reading() as session:
            unfinished = await privacy.unfinished(session)
    finally:
        await database.close()
    return [each.receipt for each in unfinished if each.forgotten_at < datetime.now(UTC) - LATE]


def _roles(_settings: Settings) -> str:
    try:
        people = staff.read_roles().people
    except staff.RolesInvalid as error:
        raise NotReady(*error.problems) from None
    return f"roles given by the file: {len(people)}; all others follow from the staff's group"


def _model(settings: Settings) -> str:
    if not training.RASA.exists():
        raise NotReady("Rasa's environment is missing: run `make setup`")
    model, proven = training.model_file(settings), training.promoted(settings)
    if proven and proven != model:
        return "the promoted one; the examples changed since, and `clerkship nlu check` decides about them"
    if not model.exists():
        raise NotReady("there is none of today's training data: run `clerkship train`")
    return "trained on today's training data"


def _telegram(settings: Settings) -> str:
    if settings.telegram_bot_token is None:
        return "the local one, as TELEGRAM_BOT_TOKEN is not set"
    try:
        return f"the token is @{_ask(settings, 'getMe')['username']}'s"
    except HTTPError as error:
        raise NotReady(f"it refuses TELEGRAM_BOT_TOKEN ({error.code}): take the one @BotFather shows") from None
    except (URLError, OSError):
        raise NotReady(f"{settings.telegram_api_url} cannot be reached: check TELEGRAM_API_URL") from None


def _staff(settings: Settings) -> str:
    if settings.telegram_bot_token is None:
        return "the local one"
    if settings.staff_chat_id is None:
        raise NotReady("nobody is told of a handoff: set STAFF_CHAT_ID to the id of the staff's group")
    number = settings.telegram_bot_token.get_secret_value().partition(":")[0]
    try:
        group = _ask(settings, f"getChat?chat_id={settings.staff_chat_id}")
        itself = _ask(settings, f"getChatMember?chat_id={settings.staff_chat_id}&user_id={number}")
    except (HTTPError, URLError, OSError):
        raise NotReady("the bot does not see it: is STAFF_CHAT_ID right, and the bot a member?") from None
    problems = [] if group.get("is_forum") else ["it has no topics: switch them on in the group's settings"]
    problems += [f"the bot may not {doing}: {RIGHT_MISSING}" for right, doing in RIGHTS if not itself.get(right)]
    if problems:
        raise NotReady(*problems)
    return f"“{group['title']}”, with topics"


def _ask(settings: Settings, call: str) -> dict[str, Any]:
    assert settings.telegram_bot_token is not None, "asked for only with a token"
    url = f"{settings.telegram_api_url}/bot{settings.telegram_bot_token.get_secret_value()}/{call}"
    with urlopen(url, timeout=10) as response:  # noqa: S310 - http or https, as the settings check
        result: dict[str, Any] = json.load(response)["result"]
    return result


def _desk(_settings: Settings) -> str:
    try:
        words, desk = handoffs.read_words(), staff.read_desk()
    except (handoffs.WordsInvalid, staff.DeskInvalid) as error:
        raise NotReady(*error.problems) from None
    now = datetime.now(UTC)
    office = "open" if staff.is_open(desk.office_hours(now), now) else "closed"
    on_duty = desk.on_duty(now)
    return f"{office} now; on duty: {on_duty.name if on_duty else 'nobody'}; lists of words: {len(words.root)}"


def _running(settings: Settings) -> str:
    every = [parts.rasa(settings), parts.actions(settings), parts.bot(settings)]
    if settings.is_sandboxed:
        every.insert(0, parts.sandbox(settings))
    running = [part.name for part in every if supervisor.answers(part.ready_url)]
    silent = [part for part in every if part.name not in running]
    if not running:
        supervisor.require_free_ports(every)
        return "nothing runs now, and every port is free"
    if silent:
        names = ", ".join(part.name for part in silent)
        raise NotReady(f"{names}: not answering while the others run: see {settings.var_folder / 'log'}")
    return "all of them answer"


CHECKS: dict[str, Check] = {
    "database": _database,
    "answers": _answers,
    "documents": _documents,
    "personal data": _personal_data,
    "roles": _roles,
    "model": _model,
    "Telegram": _telegram,
    "staff group": _staff,
    "desk": _desk,
    "processes": _running,
}
