"""The gate of the staff desk: who somebody is there, and whether they may; what is refused is written down."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Final

from telegram import Message, Update
from telegram.constants import ParseMode

from admissions import consultations, placements, staff
from admissions.errors import Refusal
from admissions.staff import Actor, Permission, Role
from bot import living, refusals
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import chat_of, readable, text_of
from bot.handlers.membership import role_of, standing_of
from bot.handlers.refusing import Handler

StaffHandler = Callable[[Update, Context, Actor], Coroutine[Any, Any, None]]

AUDITED: Final = (staff.NotOnStaff, staff.NotPermitted, placements.MoveNotAllowed)
"""Refusals that are written down as attempts."""
LONGEST_TRIED: Final = 64
"""Characters of a refused command or button that the audit log keeps."""


def permitted(permission: Permission, *, in_private: bool = False) -> Callable[[StaffHandler], Handler]:
    """Let a handler run for those alone who may, and explain every refusal where it was asked.

    Args:
        permission: What the handler does.
        in_private: Whether an advisor may do it in their own chat with the assistant too.
    """

    def guard(handler: StaffHandler) -> Handler:
        @wraps(handler)
        async def guarded(update: Update, context: Context) -> None:
            if chat_of(update) != context.services.staff_chat and not in_private:
                return
            actor = await actor_of(update, context)
            try:
                staff.require(actor, permission)
                await handler(update, context, actor)
            except AUDITED as refusal:
                await note_refused(update, context, actor, getattr(refusal, "permission", permission))
                await say(update, context, Bubble(refusals.explain(refusal)))
            except Refusal as refusal:
                await say(update, context, Bubble(refusals.explain(refusal)))

        return guarded

    return guard


async def actor_of(update: Update, context: Context) -> Actor:
    """Return who acts, with the role that they have this moment: Telegram is asked each time.

    In a private chat there is no group to be a member of: advisors are known by their own id there, and all others
    have no role.
    """
    person, services = update.effective_user, context.services
    assert person is not None, "somebody writes or taps"
    name = readable(person.full_name) or str(person.id)
    if chat_of(update) == services.staff_chat:
        standing = await standing_of(context, person.id)
        return Actor(person.id, name, await role_of(context, person.id, standing))
    async with services.database.reading() as session:
        advisor = await consultations.find_by_telegram(session, person.id)
    return Actor(person.id, name, Role.ADVISOR if advisor and advisor.is_active else None)


async def note_refused(update: Update, context: Context, actor: Actor, permission: Permission) -> None:
    """Write down what somebody tried."""
    services = context.services
    tried = update.callback_query.data if update.callback_query else text_of(update).partition(" ")[0]
    async with services.database.transaction() as session:
        await staff.record_refused(
            session, actor, permission, about=(tried or "")[:LONGEST_TRIED], at=services.now()
        )


async def say(update: Update, context: Context, bubble: Bubble) -> Message:
    """Say something at the desk, in the topic in which it was asked; return the message that has the buttons."""
    asked = update.effective_message
    thread = asked.message_thread_id if asked and asked.is_topic_message else None
    *first, last = bubble.pages()
    for page in first:
        sent = await context.bot.send_message(
            chat_of(update), page, message_thread_id=thread, parse_mode=ParseMode.HTML
        )
        await note_said(update, context, sent)
    sent = await context.bot.send_message(
        chat_of(update), last, message_thread_id=thread, parse_mode=ParseMode.HTML, reply_markup=bubble.keyboard
    )
    await note_said(update, context, sent)
    return sent


async def note_said(update: Update, context: Context, sent: Message) -> None:
    """Note that a command in the staff's group, and its answer, go after a while; a topic goes as a whole."""
    services, asked = context.services, update.effective_message
    if chat_of(update) != services.staff_chat or sent.is_topic_message:
        return
    said = [sent.message_id, *([asked.message_id] if asked else [])]
    async with services.database.transaction() as session:
        await staff.note_said(session, said, at=services.now())


async def show(update: Update, context: Context, bubble: Bubble) -> None:
    """Show something in place of the message whose button was tapped; below everything where that cannot be."""
    query = update.callback_query
    message = query.message if query else None
    is_text = isinstance(message, Message) and message.text is not None
    fits = len(bubble.pages()) == 1 and bubble.keyboard == bubble.inline_keyboard
    if not (
        message
        and is_text
        and fits
        and await living.edit(context.bot, chat_of(update), message.message_id, bubble)
    ):
        await say(update, context, bubble)
