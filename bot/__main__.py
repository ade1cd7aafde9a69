"""Run the bot with its scheduler: `python -m bot`; one of both: `python -m bot --only updates|jobs`."""

import asyncio
import logging
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import httpx
import uvicorn
from telegram.error import Conflict, InvalidToken, TelegramError
from typing_extensions import override

from admissions import answers, documents, handoffs, privacy, schema, staff
from admissions.database import Database
from admissions.health import Health
from admissions.logs import keep_private
from admissions.notifications import Daytime
from admissions.settings import Settings, SettingsInvalid, load_settings
from bot.app import ALLOWED_UPDATES, build_app, introduce
from bot.context import App, Services
from bot.dialogue import Dialogue
from bot.inbox import ChatByChat, InboxQueue
from bot.jobs import lead
from bot.mailing import Mailer
from bot.turns import SharedTurns, Turns
from bot.watching import Watch, Watched, why_silent
from bot.web import WEBHOOK_PATH, build_web

logger = logging.getLogger("bot")

TURNS_END_WITHIN = 20.0
"""Seconds: more than Rasa and Telegram may take together; whoever stops us gives us some more."""

FILES_INVALID = (
    answers.AnswersInvalid,
    documents.DocumentsInvalid,
    handoffs.WordsInvalid,
    staff.DeskInvalid,
    staff.RolesInvalid,
)
"""Files that people edit cannot be used; each names its problems."""


class Work(StrEnum):
    """What a process does."""

    UPDATES = "updates"
    JOBS = "jobs"


async def run(settings: Settings, token: str, work: Collection[Work]) -> None:
    """Run the bot until a signal ends it; turns in flight are finished first.

    Args:
        settings: Its settings.
        token: The bot's token.
        work: What it does.

    Raises:
        SchemaOutdated: The database lacks migrations.
        AnswersInvalid: The answers file cannot be used.
        DocumentsInvalid: The file of documents cannot be used.
        RolesInvalid: The roles file cannot be used.
        WordsInvalid: The file of words at which a person takes over cannot be used.
        DeskInvalid: The file of the staff's desk cannot be used.
        InvalidToken: Telegram does not know the token.
    """
    database = Database(settings.database_url, settings.keyring())
    conversations = privacy.Conversations(Database(settings.conversations_url))
    shared_token = settings.shared_token.get_secret_value() if settings.shared_token else None
    dialogue = Dialogue(settings.rasa_address, timeout=settings.rasa_timeout, token=shared_token)
    turns = SharedTurns(settings.redis_url.get_secret_value()) if settings.redis_url else Turns()
    services = Services(
        database,
        dialogue,
        lambda: datetime.now(UTC),
        settings.staff_chat_id,
        documents.Store(settings.document_store, settings.keyring()),
        documents.read_documents(),
        Daytime(*settings.daytime),
        timedelta(hours=settings.consultation_change_hours),
        timedelta(days=settings.messages_kept_days),
        _mailer(settings),
        answers_file=answers.read_answers(settings.answers_file),
        roles=staff.read_roles(),
        conversations=conversations,
        keeping=privacy.Keeping(
            drafts=timedelta(settings.drafts_kept_days),
            closed=timedelta(settings.closed_kept_days),
            warned_before=timedelta(settings.warned_days_before),
        ),
    )
    try:
        await schema.require_current(database)
        await _serve(settings, services, build_app(settings, services, token, turns), work)
    finally:
        await turns.close()
        await dialogue.close()
        await conversations.close()
        await database.close()


def _mailer(settings: Settings) -> Mailer | None:
    url = settings.smtp_url
    return Mailer(url.get_secret_value(), settings.smtp_from) if url and settings.smtp_from else None


class Server(uvicorn.Server):
    """A server that leaves signals to us: uvicorn raises them again once it is done, and we are not."""

    @contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(settings: Settings, services: Services, app: App, work: Collection[Work]) -> None:
    secret = settings.webhook_secret if settings.webhook_url and Work.UPDATES in work else None
    client = httpx.AsyncClient(trust_env=False)
    web = build_web(app, secret.get_secret_value() if secret else None, _health(settings, services, app, client))
    port = settings.bot_port if Work.UPDATES in work else settings.worker_port
    server = Server(uvicorn.Config(web, host=settings.listen_host, port=port, log_config=None))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, setattr, server, "should_exit", True)
    async with app:
        await app.start()
        tasks = [asyncio.create_task(Watch(app.bot, services, _watched(settings)).run())]
        try:
            if Work.JOBS in work:
                tasks.append(asyncio.create_task(lead(app, services)))
            if Work.UPDATES in work:
                await introduce(app)
                tasks.append(asyncio.create_task(_queue(app).keep_recalling()))
                await _listen(app, settings)
            await server.serve()
        finally:
            await _stop(app, tasks)
            await client.aclose()


def _health(settings: Settings, services: Services, app: App, client: httpx.AsyncClient) -> Health:
    async def runs() -> str | None:
        return None if app.running else "not running"

    return Health(
        needs={
            "bot": runs,
            "database": lambda: schema.why_unready(services.database),
            "outbox": services.leading.why_stuck,
        },
        wishes={"rasa": lambda: why_silent(client, f"{settings.rasa_address}/readyz")},
        metrics_token=settings.metrics_secret,
        is_public=settings.webhook_url is not None,
    )


def _watched(settings: Settings) -> Watched:
    return Watched(
        rasa=f"{settings.rasa_address}/readyz",
        actions=f"{settings.actions_address}/healthz",
        folder=settings.var_folder,
        after=timedelta(seconds=settings.alarm_after),
    )


async def _listen(app: App, settings: Settings) -> None:
    if settings.webhook_url and settings.webhook_secret:
        await app.bot.set_webhook(
            settings.webhook_url + WEBHOOK_PATH,
            secret_token=settings.webhook_secret.get_secret_value(),
            allowed_updates=ALLOWED_UPDATES,
        )
    else:
        assert app.updater is not None, "the builder made it"
        await app.updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=_note_polling_error
        )


async def _stop(app: App, tasks: "Sequence[asyncio.Task[None]]") -> None:
    """Take nothing new, finish the turns and the messages in flight, hand the lead back, stop."""
    if app.updater and app.updater.running:
        await app.updater.stop()
    _queue(app).leave_the_rest()
    await asyncio.gather(_turns(app).stop(TURNS_END_WITHIN), _end(*reversed(tasks)))
    await app.stop()
    logger.info("stopped")


async def _end(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _turns(app: App) -> ChatByChat:
    assert isinstance(app.update_processor, ChatByChat), "build_app gave it"
    return app.update_processor


def _queue(app: App) -> InboxQueue:
    assert isinstance(app.update_queue, InboxQueue), "build_app gave it"
    return app.update_queue


def _note_polling_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        logger.error("another program polls with this token: stop it, or take another token (%s)", error)
    else:
        logger.warning("Telegram could not be polled, trying again: %s", error)


def main() -> int:
    """Run the bot as the settings say; a plain line for what an operator can mend."""
    parser = ArgumentParser(prog="python -m bot")
    parser.add_argument("--only", type=Work, choices=[*Work], help="do only this")
    only = parser.parse_args().only
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    if settings.telegram_bot_token is None:
        print("TELEGRAM_BOT_TOKEN: is not set; `make run` brings a local Telegram", file=sys.stderr)
        return 2
    token = settings.telegram_bot_token.get_secret_value()
    keep_private(token, part="bot", as_json=settings.log_format == "json")
    try:
        asyncio.run(run(settings, token, [only] if only else [*Work]))
    except InvalidToken:
        print("TELEGRAM_BOT_TOKEN: Telegram does not know this token", file=sys.stderr)
        return 2
    except FILES_INVALID as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    except schema.SchemaOutdated:
        print("DATABASE_URL: the database lacks migrations: run `clerkship db upgrade`", file=sys.stderr)
        return 2
    except TelegramError as error:
        print(f"TELEGRAM_API_URL: Telegram cannot be reached: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
