"""Rasa's own lock store on Redis, told by one URL where that is."""

from __future__ import annotations

from rasa.core.lock_store import DEFAULT_REDIS_LOCK_STORE_KEY_PREFIX, LockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig
from redis import Redis

ANSWERS_WITHIN = 5.0
"""Seconds; Rasa waits for Redis without doing anything else."""


class UrlLockStore(RedisLockStore):
    """Keeps the turns of a conversation in order among several Rasas.

    Rasa takes host, port, user, password and encryption one by one, and makes a text of each that comes from the
    environment; a URL holds them all.
    """

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        """Prepares the connection; it is opened at the first message."""
        self.red = Redis.from_url(endpoint_config.url, socket_timeout=ANSWERS_WITHIN)
        self.key_prefix = DEFAULT_REDIS_LOCK_STORE_KEY_PREFIX
        LockStore.__init__(self)
