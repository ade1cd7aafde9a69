"""How the bot gets its updates."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.methods.parameters import Flag, Integer, Parameters
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.updates import LONGEST_POLL, MOST_AT_ONCE, Update
from bot.sandbox.webhook import MOST_CONNECTIONS, Target

SECRET_LIMIT = 256

_SECRET = re.compile(r"[A-Za-z0-9_-]*")


class Described(dict[str, Any]):
    """A result with a description beside it, as the webhook methods give one."""


class GetUpdates(Parameters):
    """Parameters of getUpdates."""

    offset: Integer = 0
    limit: Integer = MOST_AT_ONCE
    timeout: Integer = 0
    allowed_updates: str | None = None


class SetWebhook(Parameters):
    """Parameters of setWebhook; deleteWebhook has the last of them."""

    url: str = ""
    secret_token: str = ""
    max_connections: Integer = MOST_CONNECTIONS
    allowed_updates: str | None = None
    drop_pending_updates: Flag = False


async def get_updates(sandbox: Sandbox, call: GetUpdates) -> list[Update]:
    """Wait for updates."""
    if sandbox.webhook.is_set:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _allow(sandbox, call.allowed_updates)
    limit = call.limit if 0 < call.limit <= MOST_AT_ONCE else MOST_AT_ONCE
    timeout = min(max(call.timeout, 0), LONGEST_POLL)
    return await sandbox.updates.poll(call.offset, limit, timeout)


async def set_webhook(sandbox: Sandbox, call: SetWebhook) -> Described:
    """Have updates delivered; an empty address ends that."""
    if not call.url:
        return await delete_webhook(sandbox, call)
    target = Target(
        _checked_url(call.url), _checked_secret(call.secret_token), _checked_connections(call.max_connections)
    )
    _allow(sandbox, call.allowed_updates)
    if call.drop_pending_updates:
        sandbox.updates.clear()
    sandbox.updates.end_poll("terminated by setWebhook request")
    is_new = sandbox.webhook.start(target)
    return Described(result=True, description="Webhook was set" if is_new else "Webhook is already set")


async def delete_webhook(sandbox: Sandbox, call: SetWebhook) -> Described:
    """Have updates fetched with getUpdates again."""
    if call.drop_pending_updates:
        sandbox.updates.clear()
    was_set = sandbox.webhook.stop()
    return Described(result=True, description="Webhook was deleted" if was_set else "Webhook is already deleted")


def get_webhook_info(sandbox: Sandbox, _call: Parameters) -> dict[str, Any]:
    """How delivery goes."""
    return sandbox.webhook.info()


def _allow(sandbox: Sandbox, raw: str | None) -> None:
    if raw is None:
        return
    try:
        kinds = json.loads(raw or "[]")
    except ValueError:
        raise bad_request("can't parse allowed updates JSON object") from None
    if not isinstance(kinds, list):
        raise bad_request("expected an Array of String as allowed updates")
    sandbox.updates.allow([str(kind) for kind in kinds])


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    return url


def _checked_secret(secret: str) -> str:
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _checked_connections(count: int) -> int:
    return min(max(count, 1), 100)
