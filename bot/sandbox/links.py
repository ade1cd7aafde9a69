"""Links as Telegram checks them before it keeps one."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit

_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


def checked_link(url: str) -> str | None:
    """Complete a link as Telegram does (scheme, lower-case host, path).

    Args:
        url: What the bot wrote.

    Returns:
        The link Telegram keeps, or None where it finds none.
    """
    try:
        parts = urlsplit(url if ":" in url.split("/")[0].split(".")[0] else f"http://{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme in ("tg", "ton"):
        return url if parts.netloc or parts.path else None
    if parts.scheme not in _SCHEMES or not _is_host(host):
        return None
    place = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, parts.fragment))


def is_reachable_by_people(url: str) -> bool:
    """Whether a button may lead there: Telegram's servers refuse this machine and private networks."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def _is_host(host: str) -> bool:
    return "." in host and not any(part == "" for part in host.split(".")) and " " not in host
