"""All parts of this Telegram together."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.chats import Person
from bot.sandbox.faults import Faults
from bot.sandbox.limits import RateLimits
from bot.sandbox.live import Live
from bot.sandbox.profile import Profile
from bot.sandbox.queries import CallbackQueries
from bot.sandbox.updates import UpdateIds, UpdateQueue, first_update_id
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World, build_world

DEFAULT_TOKEN = "7000000000:local-telegram-of-this-machine-only"  # noqa: S105
BOT_NAME = "HMC Assistant"
BOT_USERNAME = "hmc_local_bot"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One bot's Telegram."""

    token: str
    world: World
    updates: UpdateQueue
    limits: RateLimits
    faults: Faults
    queries: CallbackQueries
    profile: Profile
    webhook: Webhook
    live: Live

    def close(self) -> None:
        """Let go of everyone who waits, so that the server can stop at once."""
        self.webhook.stop()
        self.live.close()
        self.updates.news.close()
        for chat in self.world.chats.values():
            chat.news.close()


def build_state(
    token: str = DEFAULT_TOKEN,
    *,
    rate_limits: bool = True,
    webhook_pause: float = 1.0,
    state_path: Path | None = None,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
) -> Sandbox:
    """Build everything, with its people and the staff group.

    Args:
        token: The only token that is accepted.
        rate_limits: False for load measurements.
        webhook_pause: Seconds before a failed delivery is tried again for the first time.
        state_path: A file that remembers the last update's number beyond a restart.
        now: Seconds since 1970.
        clock: Seconds that only grow.
    """
    live = Live()
    faults = Faults()
    bot = Person(int(token.split(":")[0]), BOT_NAME, username=BOT_USERNAME, is_bot=True)
    ids = UpdateIds(first_update_id(datetime.fromtimestamp(now(), UTC)), state_path)
    updates = UpdateQueue(ids, faults.take_duplicate)
    return Sandbox(
        token=token,
        world=build_world(bot, live, now),
        updates=updates,
        limits=RateLimits(clock, enabled=rate_limits),
        faults=faults,
        queries=CallbackQueries(clock),
        profile=Profile(),
        webhook=Webhook(updates, faults.take_duplicate, now, webhook_pause),
        live=live,
    )
