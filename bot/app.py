"""The bot, built in one visible place."""

import logging
from typing import cast

from telegram import BotCommand, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import HTTPXRequest

from admissions.settings import Settings
from bot import keyboards, texts
from bot.api import Client, UpdatesRequest
from bot.context import App, Context, Services
from bot.handlers import (
    applying,
    asking,
    failing,
    handing_off,
    meeting,
    receiving,
    referring,
    sorting,
    starting,
    tapping,
    uploading,
)
from bot.inbox import ChatByChat, InboxQueue
from bot.limits import SendingLimits

logger = logging.getLogger(__name__)

CONNECTIONS = 256
ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]


def build_app(settings: Settings, services: Services, token: str) -> App:
    """Build the bot with its handlers; nothing is started yet.

    Args:
        settings: Where Telegram is.
        services: What the handlers work with.
        token: The bot's token.
    """
    client = Client(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=CONNECTIONS),
        get_updates_request=UpdatesRequest(),
        rate_limiter=SendingLimits(),
    )
    app = (
        Application.builder()
        .bot(client)
        .context_types(ContextTypes(context=Context, bot_data=cast("type[Services]", lambda: services)))
        .update_queue(InboxQueue(services.database, services.now))
        .concurrent_updates(ChatByChat(services.database, services.now))
        .job_queue(None)
        .build()
    )
    add_handlers(app)
    return app


def add_handlers(app: App) -> None:
    """Add every handler, in the order in which they are tried."""
    private, is_file = filters.ChatType.PRIVATE, filters.Document.ALL | filters.PHOTO
    app.add_handler(TypeHandler(Update, meeting.meet), group=-2)
    app.add_handler(CallbackQueryHandler(tapping.acknowledge), group=-1)

    app.add_handler(CommandHandler("start", referring.open_link, private & filters.Regex(referring.OPENS_LINK)))
    app.add_handler(CommandHandler("start", starting.start, private))
    app.add_handler(CommandHandler("help", starting.show_help, private))
    app.add_handler(CommandHandler("privacy", starting.show_privacy, private))
    app.add_handler(CommandHandler("ask", asking.show_topics, private))
    app.add_handler(CommandHandler("documents", uploading.show_checklist, private))
    app.add_handler(CommandHandler([*asking.COMMAND_INTENTS], asking.choose, private))
    app.add_handler(CommandHandler("back", applying.go_back, private))
    app.add_handler(CommandHandler("skip", applying.skip, private))
    app.add_handler(CommandHandler("cancel", applying.cancel, private))
    for begins, handler in (
        (keyboards.SAY, applying.say_option),
        (keyboards.STANDING, applying.choose_standing),
        (keyboards.TOGGLE, applying.toggle),
        (keyboards.DONE, applying.choose),
        (keyboards.SKIP, applying.skip),
        (keyboards.EDIT, applying.edit),
        (keyboards.UNCHANGED, applying.leave),
        (keyboards.SUBMIT, applying.submit),
        (keyboards.WITHDRAW, applying.withdraw),
        (keyboards.CONFIRM, applying.confirm),
        (keyboards.DISCARD, applying.discard),
        (keyboards.MUTE, applying.mute),
    ):
        app.add_handler(CallbackQueryHandler(handler, f"^{begins}"))
    app.add_handler(CallbackQueryHandler(asking.show_topics, f"^({keyboards.TOPICS}|{keyboards.BACK})$"))
    app.add_handler(CallbackQueryHandler(asking.show_questions, f"^{keyboards.TOPIC}"))
    app.add_handler(CallbackQueryHandler(asking.choose, r"^/[a-z_]+$"))
    app.add_handler(CallbackQueryHandler(sorting.sort, rf"^{keyboards.SORT}\d+:[a-z_]+$"))
    app.add_handler(CallbackQueryHandler(sorting.keep, rf"^{keyboards.KEEP}\d+$"))
    app.add_handler(CallbackQueryHandler(sorting.change, rf"^({keyboards.CHANGE}|{keyboards.WHICH})\d+$"))
    app.add_handler(CallbackQueryHandler(sorting.merge, rf"^{keyboards.MERGE}\d+$"))
    app.add_handler(CallbackQueryHandler(sorting.set_apart, rf"^{keyboards.APART}\d+$"))
    app.add_handler(CallbackQueryHandler(referring.ask_referee, f"^{keyboards.ASK_REFEREE}$"))
    app.add_handler(CallbackQueryHandler(referring.send_on, rf"^({keyboards.LETTER}|{keyboards.PAGE})\d+:\d+$"))
    app.add_handler(CallbackQueryHandler(referring.keep_own, rf"^{keyboards.OWN}\d+$"))
    app.add_handler(CallbackQueryHandler(handing_off.resolve, rf"^{keyboards.RESOLVE}\d+$"))
    app.add_handler(CallbackQueryHandler(tapping.refuse))
    app.add_handler(MessageHandler(private & filters.TEXT, asking.ask))
    app.add_handler(MessageHandler(private & filters.CONTACT, applying.share_phone))
    app.add_handler(MessageHandler(private & is_file, referring.receive_file))
    app.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, receiving.receive_other))
    app.add_error_handler(failing.apologise)


async def introduce(app: App) -> None:
    """Tell Telegram the commands and what the bot is; a server that cannot take them does not stop us."""
    commands = [BotCommand(name, what) for name, what in texts.COMMANDS.items()]
    for tell in (
        app.bot.set_my_commands(commands),
        app.bot.set_my_description(texts.DESCRIPTION),
        app.bot.set_my_short_description(texts.SHORT_DESCRIPTION),
    ):
        try:
            await tell
        except TelegramError as error:
            logger.warning("Telegram did not take the bot's commands or description: %s", error)
