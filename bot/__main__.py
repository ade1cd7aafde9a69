"""Run the bot: `python -m bot`."""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import uvicorn
from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from typing_extensions import override

from admissions import answers, documents, handoffs, privacy, schema, staff
from admissions.database import Database
from admissions.logs import keep_private
from admissions.notifications import Daytime
from admissions.settings import Settings, SettingsInvalid, load_settings
from bot.app import ALLOWED_UPDATES, build_app, introduce
from bot.context import App, Services
from bot.dialogue import Dialogue
from bot.inbox import InboxQueue
from bot.jobs import lead
from bot.mailing import Mailer
from bot.web import WEBHOOK_PATH, build_web

logger = logging.getLogger("bot")

FILES_INVALID = (
    answers.AnswersInvalid,
    documents.DocumentsInvalid,
    handoffs.WordsInvalid,
    staff.DeskInvalid,
    staff.RolesInvalid,
)
"""Files that people edit cannot be used; each names its problems."""


async def run(settings: Settings, token: str) -> None:
    """Run the bot until a signal ends it; turns in flight are finished first.

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
    dialogue = Dialogue(settings.rasa_url, timeout=settings.rasa_timeout)
    services = Services(
        database,
        dialogue,
        lambda: datetime.now(UTC),
        settings.staff_chat_id,
        documents.Store(settings.document_store, settings.keyring()),
        documents.read_documents(),
        Daytime(*settings.daytime),
        timedelta(hours=settings.consultation_change_hours),
        _mailer(settings),
        answers_file=answers.read_answers(settings.answers_file),
        roles=staff.read_roles(),
        conversations=conversations,
        keeping=privacy.Keeping(
            drafts=timedelta(settings.drafts_kept_days),
            closed=timedelta(settings.closed_kept_days),
            warned_before=timedelta(settings.warned_days_before),
        ),
        messages_kept=timedelta(settings.messages_kept_days),
    )
    try:
        await schema.require_current(database)
        await _serve(settings, services, build_app(settings, services, token))
    finally:
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


async def _serve(settings: Settings, services: Services, app: App) -> None:
    secret = settings.webhook_secret if settings.webhook_url else None
    web = build_web(app, secret.get_secret_value() if secret else None)
    server = Server(uvicorn.Config(web, host="127.0.0.1", port=settings.bot_port, log_config=None))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, setattr, server, "should_exit", True)
    async with app:
        await introduce(app)
        await _queue(app).recall(lambda payload: Update.de_json(payload, app.bot))
        await app.start()
        leading = asyncio.create_task(lead(app, services))
        try:
            await _listen(app, settings)
            await server.serve()
        finally:
            await _stop(app, leading)


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


async def _stop(app: App, leading: "asyncio.Task[None]") -> None:
    """Take nothing new, finish the turns and the messages in flight, stop."""
    leading.cancel()
    with suppress(asyncio.CancelledError):
        await leading
    if app.updater and app.updater.running:
        await app.updater.stop()
    await app.stop()
    logger.info("stopped")


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
    try:
        settings = load_settings()
    except SettingsInvalid as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 2
    if settings.telegram_bot_token is None:
        print("TELEGRAM_BOT_TOKEN: is not set; `make run` brings a local Telegram", file=sys.stderr)
        return 2
    token = settings.telegram_bot_token.get_secret_value()
    keep_private(token)
    try:
        asyncio.run(run(settings, token))
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
