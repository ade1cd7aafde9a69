"""The floor: the least that a python-telegram-bot bot can do, echo a text."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Send a text back."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(api_url: str, token: str) -> None:
    """Run the echo bot against a Bot API server."""
    builder = Application.builder().token(token).base_url(f"{api_url}/bot")
    app = builder.concurrent_updates(True).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
