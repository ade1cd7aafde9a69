"""The bot's own HTTP server: health, metrics, and in webhook mode Telegram's updates."""

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.error import NetworkError

from admissions.health import Health, routes_of
from bot.api import readable
from bot.context import App

WEBHOOK_PATH = "/webhook"


def build_web(app: App, webhook_secret: str | None, health: Health) -> Starlette:
    """Build the server.

    Args:
        app: The bot that takes the updates.
        webhook_secret: What Telegram sends in its secret-token header; None when the bot polls.
        health: What the bot needs.
    """

    async def webhook(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode()
        if not secrets.compare_digest(given, (webhook_secret or "").encode()):
            return PlainTextResponse("wrong secret token", 403)
        try:
            update = Update.de_json(readable(await request.json()), app.bot)
        except ValueError:
            return PlainTextResponse("not an update", 400)
        try:
            await app.update_queue.put(update)
        except NetworkError:
            return PlainTextResponse("not stored; send it again", 503)
        return Response()

    routes = routes_of(health)
    if webhook_secret:
        routes.append(Route(WEBHOOK_PATH, webhook, methods=["POST"]))
    return Starlette(routes=routes)
