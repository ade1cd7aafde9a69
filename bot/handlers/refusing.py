"""A refusal that a handler meets is explained where it was asked."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from admissions.errors import Refusal
from bot import refusals
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import answer

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def explaining(handler: Handler) -> Handler:
    """Explain a refusal in the chat that it came up in, the staff's group too."""

    @wraps(handler)
    async def explained(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except Refusal as refusal:
            await answer(update, context, Bubble(refusals.explain(refusal)))

    return explained
