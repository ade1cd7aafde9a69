"""Every tap on a button: acknowledged at once, and refused unless the button is really there."""

from contextlib import suppress

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import cards
from bot.handlers.chats import answer, tap_of


async def acknowledge(update: Update, context: Context) -> None:
    """Let only taps through whose data a button of that very message carries now.

    A modified client can send any data, and an old message can show buttons that mean nothing any more.

    Raises:
        ApplicationHandlerStop: The tap was forged or is stale, and the applicant was told.
    """
    query, data = tap_of(update)
    is_genuine = data in _buttons(query.message if isinstance(query.message, Message) else None)
    if is_genuine and data.startswith(cards.STAFF_BUTTONS):
        return  # answered once it is known what came of it
    with suppress(TelegramError):  # it forgets a tap after a while; what the tap asks for can still be done
        await query.answer(None if is_genuine else texts.BUTTON_TOO_OLD)
    if not is_genuine:
        await refuse(update, context)
        raise ApplicationHandlerStop


async def refuse(update: Update, context: Context) -> None:
    """Say that a button is no longer valid, and show the menu."""
    if update.effective_chat and update.effective_chat.type == "private":
        await answer(update, context, Bubble(texts.BUTTON_TOO_OLD_MENU, keyboard=keyboards.menu()))


def _buttons(message: Message | None) -> set[object]:
    keyboard = message.reply_markup if message else None
    return {button.callback_data for row in keyboard.inline_keyboard for button in row} if keyboard else set()
