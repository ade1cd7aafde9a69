"""The bot, built in one visible place."""

import logging
from typing import Any, cast

from telegram import BotCommand, BotCommandScopeChat, Update
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
from bot import keyboards, picks, texts
from bot.api import Client, UpdatesRequest, readable
from bot.context import App, Context, Services
from bot.desk import setup as desk
from bot.desk import texts as desk_texts
from bot.handlers import (
    advising,
    applying,
    asking,
    booking,
    choosing,
    claiming,
    commanding,
    deciding,
    exporting,
    failing,
    flooding,
    forgetting,
    meeting,
    muting,
    placing,
    receiving,
    referring,
    sorting,
    starting,
    tapping,
    uploading,
)
from bot.inbox import ChatByChat, InboxQueue
from bot.limits import SendingLimits
from bot.outages import Outages
from bot.turns import Turns

logger = logging.getLogger(__name__)

CONNECTIONS = 256
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "chat_member"]


def build_app(settings: Settings, services: Services, token: str, turns: Turns | None = None) -> App:
    """Build the bot with its handlers; nothing is started yet.

    Args:
        settings: Where Telegram is.
        services: What the handlers work with.
        token: The bot's token.
        turns: Whose turn a chat is, where others take its updates too.
    """

    async def handle(payload: dict[str, Any]) -> None:
        await app.process_update(Update.de_json(readable(payload), client))

    client = Client(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=CONNECTIONS),
        get_updates_request=UpdatesRequest(),
        rate_limiter=SendingLimits(settings.group_messages_a_minute, settings.messages_a_second),
    )
    outages = Outages(client)
    chats = ChatByChat(services.database, services.now, handle, turns or Turns(), outages)
    app: App = (
        Application.builder()
        .bot(client)
        .context_types(ContextTypes(context=Context, bot_data=cast("type[Services]", lambda: services)))
        .update_queue(InboxQueue(services.database, services.now, outages))
        .concurrent_updates(chats)
        .job_queue(None)
        .build()
    )
    add_handlers(app, services.staff_chat)
    return app


def add_handlers(app: App, staff_chat: int | None) -> None:
    """Add every handler, in the order in which they are tried."""
    private, is_file = filters.ChatType.PRIVATE, filters.Document.ALL | filters.PHOTO
    advisors = private | filters.Chat(staff_chat) if staff_chat else private
    app.add_handler(TypeHandler(Update, meeting.meet), group=-5)
    desk.add_handlers(app, staff_chat)
    typed = private & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(typed, flooding.pass_over), group=-2)
    app.add_handler(CallbackQueryHandler(tapping.acknowledge), group=-1)
    app.add_handler(MessageHandler(typed, choosing.take_typed), group=-1)

    commanding.add_commands(app, staff_chat)
    app.add_handler(CommandHandler("start", referring.open_link, private & filters.Regex(referring.OPENS_LINK)))
    app.add_handler(CommandHandler("start", starting.start, private))
    app.add_handler(CommandHandler("help", starting.show_help, private))
    app.add_handler(CommandHandler("privacy", starting.show_privacy, private))
    app.add_handler(CommandHandler("mydata", exporting.send_data, private))
    app.add_handler(CommandHandler("forget", forgetting.explain, private))
    app.add_handler(CommandHandler("ask", asking.show_topics, private))
    app.add_handler(CommandHandler("notifications", muting.show, private))
    app.add_handler(CommandHandler("documents", uploading.show_checklist, private))
    app.add_handler(CommandHandler([*asking.COMMAND_INTENTS], asking.choose, private))
    app.add_handler(CommandHandler("timezone", placing.set_clock, private))
    app.add_handler(CommandHandler("away", advising.go_away, advisors))
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
        (f"{picks.DAYS}$", booking.go_to_days),
        (f"{picks.ADVISORS}$", booking.choose_advisor),
        (picks.ADVISOR, booking.take_advisor),
        (picks.DAY, booking.choose_day),
        (picks.TIME, booking.choose_topic),
        (picks.TOPIC, booking.choose_medium),
        (picks.SHIFT, booking.ask_to_shift),
        (picks.BOOK, booking.book),
        (picks.CANCEL, booking.cancel),
        (picks.KEEP_TALK, booking.keep),
        (f"{picks.WAIT}$", booking.wait),
        (picks.STOP_WAITING, booking.stop_waiting),
        (picks.TAKE_OFFER, booking.take_offer),
        (f"({picks.COMING}|{picks.LATE})", booking.reply),
        (f"({picks.PLACE}|{picks.ZONE})", placing.take),
        (picks.OTHER_PLACE, placing.ask),
        (f"({picks.HELD}|{picks.NO_SHOW})", advising.conclude),
        (picks.NEXT_STEP, advising.choose_next_step),
        (picks.ASK_TO_MOVE, advising.ask_to_move),
        (keyboards.ASK_ACCEPT, deciding.ask_accept),
        (keyboards.ASK_DECLINE, deciding.ask_decline),
        (keyboards.ACCEPT, deciding.accept),
        (keyboards.DECLINE, deciding.decline),
        (keyboards.KEEP_OFFER, deciding.keep),
        (f"{keyboards.CLAIM}$", claiming.begin),
        (keyboards.STOP_CLAIM, claiming.stop),
        (advising.COME_BACK, advising.come_back),
        (f"{keyboards.FORGET}$", forgetting.ask_again),
        (keyboards.FORGET_SURE, forgetting.forget),
        (f"{keyboards.KEEP_DATA}$", forgetting.keep),
        (keyboards.MUTE, muting.stop_reminders),
        (keyboards.NOTIFY, muting.toggle),
        (rf"{keyboards.UNHELPFUL}\d+$", asking.note_unhelpful),
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
    commanding.add_unknown(app, staff_chat)
    app.add_handler(CallbackQueryHandler(tapping.refuse))
    app.add_handler(MessageHandler(advisors & filters.TEXT & advising.AnswersTalk(), advising.write_next_step))
    app.add_handler(MessageHandler(private & filters.TEXT, asking.ask))
    app.add_handler(MessageHandler(private & filters.LOCATION, placing.share))
    app.add_handler(MessageHandler(private & filters.CONTACT, applying.share_phone))
    app.add_handler(MessageHandler(private & is_file, referring.receive_file))
    app.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, receiving.receive_other))
    app.add_error_handler(failing.apologise)


async def introduce(app: App) -> None:
    """Tell Telegram the commands and what the bot is; a server that cannot take them does not stop us."""
    commands = [BotCommand(name, what) for name, what in texts.COMMANDS.items()]
    for_staff = [BotCommand(name, what) for name, (what, _) in desk_texts.COMMANDS.items()]
    staff_chat = app.bot_data.staff_chat
    of_staff = [app.bot.set_my_commands(for_staff, BotCommandScopeChat(staff_chat))] if staff_chat else []
    for tell in (
        app.bot.set_my_commands(commands),
        *of_staff,
        app.bot.set_my_description(texts.DESCRIPTION),
        app.bot.set_my_short_description(texts.SHORT_DESCRIPTION),
    ):
        try:
            await tell
        except TelegramError as error:
            logger.warning("Telegram did not take the bot's commands or description: %s", error)
