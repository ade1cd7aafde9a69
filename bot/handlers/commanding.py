"""The staff's commands: one table of them, each with what it needs; the gate is put before every one here."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from telegram import Update
from telegram.ext import ApplicationHandlerStop, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from admissions import staff
from admissions.staff import Actor, ErrandKind, Permission, Role, errands
from bot.bubbles import Bubble
from bot.context import App, Context
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers import (
    advising,
    editing_answers,
    finding,
    holding,
    labelling,
    noting,
    offering,
    reporting,
    reviewing,
    staging,
    telling,
)
from bot.handlers.chats import chat_of, tap_of, text_of
from bot.handlers.permitting import StaffHandler, actor_of, note_refused, permitted, say, show

LOOK, MOVE, OFFER = Permission.LOOK, Permission.MOVE, Permission.OFFER
REVIEW, LABEL, EDIT = Permission.REVIEW_DOCUMENTS, Permission.LABEL_MESSAGES, Permission.EDIT_ANSWERS


class Command(NamedTuple):
    """A command of the staff.

    Attributes:
        handler: None for one that is registered beside those of applicants.
    """

    permission: Permission
    handler: StaffHandler | None


async def show_help(update: Update, context: Context, actor: Actor) -> None:
    """List the commands that somebody of this role may use."""
    lines = []
    for name, command in COMMANDS.items():
        if staff.may(actor.role, command.permission):
            what, how = desk_texts.COMMANDS[name]
            lines.append(desk_texts.HELP_LINE.format(how=how.partition(",")[0].partition("\n")[0], what=what))
    title = desk_texts.HELP_TITLE.format(role=desk_texts.ROLES[actor.role or Role.VIEWER])
    await say(update, context, Bubble("\n".join([*lines, "", desk_texts.HELP_END]), title))


async def say_unknown(update: Update, context: Context, _actor: Actor) -> None:
    """Say that there is no such command."""
    command, *_ = text_of(update).split(maxsplit=1)
    await say(update, context, Bubble(desk_texts.UNKNOWN_COMMAND.format(command=command)))


async def drop(update: Update, context: Context, actor: Actor) -> None:
    """Drop what was begun."""
    _, data = tap_of(update)
    services = context.services
    async with services.database.transaction() as session:
        errand = await errands.drop(session, int(data.removeprefix(desk_keys.DROP)), actor, at=services.now())
    is_answer = errand.kind is ErrandKind.ANSWER
    await show(update, context, Bubble(desk_texts.EDIT_DROPPED if is_answer else desk_texts.OFFER_DROPPED))


async def leave_as_shown(_update: Update, _context: Context, _actor: Actor) -> None:
    """Do nothing: the button shows what applicants see."""


COMMANDS: Final[Mapping[str, Command]] = {
    "queue": Command(LOOK, finding.show_queue),
    "find": Command(LOOK, finding.find),
    "applicant": Command(LOOK, finding.show_applicant),
    "docs": Command(LOOK, reviewing.show_documents),
    "stage": Command(MOVE, staging.stage),
    "offer": Command(OFFER, offering.offer),
    "place": Command(LOOK, offering.place),
    "slots": Command(LOOK, advising.show_slots),
    "away": Command(Permission.PLAN_ABSENCES, None),
    "unclear": Command(LABEL, labelling.ask),
    "stats": Command(LOOK, reporting.show_stats),
    "answers": Command(EDIT, editing_answers.show_answers),
    "hold": Command(Permission.HOLD, holding.hold),
    "release": Command(Permission.HOLD, holding.release),
    "help": Command(LOOK, show_help),
}
"""In the order in which /help lists them."""

TAPS: Final[Mapping[str, tuple[Permission, StaffHandler]]] = {
    desk_keys.QUEUE: (LOOK, finding.show_queue),
    desk_keys.CARD: (LOOK, finding.open_card),
    desk_keys.ANSWERS: (LOOK, finding.show_answers),
    desk_keys.HISTORY: (LOOK, finding.show_history),
    desk_keys.TALK: (Permission.CONCLUDE_TALKS, finding.show_talk),
    desk_keys.NOTE: (Permission.NOTE, noting.ask_note),
    desk_keys.DOCUMENTS: (LOOK, reviewing.show_next),
    desk_keys.APPROVE: (REVIEW, reviewing.approve),
    desk_keys.REJECT: (REVIEW, reviewing.ask_reason),
    desk_keys.REASON: (REVIEW, reviewing.reject),
    desk_keys.OTHER_REASON: (REVIEW, reviewing.ask_other_reason),
    desk_keys.STAGE: (MOVE, staging.choose_move),
    desk_keys.MOVE: (MOVE, staging.move),
    desk_keys.OFFER: (OFFER, offering.begin),
    desk_keys.OFFER_PICK: (OFFER, offering.pick),
    desk_keys.OFFER_ANEW: (OFFER, offering.begin_anew),
    desk_keys.OFFER_MAKE: (OFFER, offering.make),
    desk_keys.DROP: (LOOK, drop),
    desk_keys.TELL: (Permission.TALK, telling.tell),
    desk_keys.KEEP_QUIET: (Permission.TALK, telling.keep_quiet),
    desk_keys.REWORD: (Permission.TALK, telling.ask_words),
    desk_keys.SLOTS: (LOOK, advising.show_slots_of),
    desk_keys.STATS: (LOOK, reporting.show_days),
    desk_keys.TOPIC: (EDIT, editing_answers.show_topic),
    desk_keys.ANSWER: (EDIT, editing_answers.show_answer),
    desk_keys.EDIT_TEXT: (EDIT, editing_answers.ask_text),
    desk_keys.EDIT_SOURCE: (EDIT, editing_answers.ask_source),
    desk_keys.EDIT_HISTORY: (EDIT, editing_answers.show_history),
    desk_keys.EDIT_KEEP: (EDIT, editing_answers.keep),
    desk_keys.REVERT: (EDIT, editing_answers.revert),
    desk_keys.PUBLISH: (EDIT, editing_answers.publish),
    desk_keys.LABEL: (LABEL, labelling.label),
    desk_keys.LABEL_TOPICS: (LABEL, labelling.show_topics),
    desk_keys.LABEL_TOPIC: (LABEL, labelling.show_topic),
    desk_keys.LABEL_BACK: (LABEL, labelling.show_message),
    desk_keys.SHOWN_ONLY: (LOOK, leave_as_shown),
}

REPLIES: Final = {
    ErrandKind.TELL: (Permission.TALK, telling.take_words),
    ErrandKind.REJECT: (REVIEW, reviewing.take_reason),
    ErrandKind.NOTE: (Permission.NOTE, noting.take_note),
    ErrandKind.OFFER: (OFFER, offering.take_field),
    ErrandKind.ANSWER: (EDIT, editing_answers.take),
}
"""Who takes a reply to a question of ours."""


def add_commands(app: App, staff_chat: int | None) -> None:
    """Add the staff's commands, buttons and replies; in other chats the commands are declined."""
    if staff_chat is None:
        return
    desk = filters.Chat(staff_chat)
    app.add_handler(MessageHandler(desk & filters.REPLY & filters.TEXT & ~filters.COMMAND, take_reply), group=-1)
    for name, command in COMMANDS.items():
        if command.handler:
            app.add_handler(CommandHandler(name, permitted(command.permission)(command.handler), desk))
    for begins, (permission, handler) in TAPS.items():
        app.add_handler(CallbackQueryHandler(permitted(permission)(handler), f"^{begins}"))
    for_staff = [name for name, command in COMMANDS.items() if command.handler and name != "help"]
    app.add_handler(CommandHandler(for_staff, decline, filters.ChatType.PRIVATE))


def add_unknown(app: App, staff_chat: int | None) -> None:
    """Add what answers to all other commands in the staff's group: after every other command."""
    if staff_chat is not None:
        desk = filters.Chat(staff_chat)
        app.add_handler(MessageHandler(desk & filters.COMMAND, permitted(LOOK)(say_unknown)))


async def take_reply(update: Update, context: Context) -> None:
    """Take a reply to a question of ours; all other replies go their way.

    Raises:
        ApplicationHandlerStop: It was taken.
    """
    message = update.effective_message
    asked = message.reply_to_message if message else None
    if asked is None or asked.from_user is None or asked.from_user.id != context.bot.id:
        return
    async with context.services.database.reading() as session:
        errand = await errands.find_asked(session, asked.message_id)
    if errand is None:
        return
    permission, take = REPLIES[errand.kind]

    async def taking(update: Update, context: Context, actor: Actor) -> None:
        await take(update, context, actor, errand.id, text_of(update))

    await permitted(permission)(taking)(update, context)
    raise ApplicationHandlerStop


async def decline(update: Update, context: Context) -> None:
    """Say that a command of the staff works in their group only, and write the attempt down."""
    command = text_of(update).split(maxsplit=1)[0].removeprefix("/").partition("@")[0].lower()
    assert chat_of(update) != context.services.staff_chat, "registered for private chats"
    await note_refused(update, context, await actor_of(update, context), COMMANDS[command].permission)
    await say(update, context, Bubble(desk_texts.STAFF_ONLY))
