"""Rate limits, on a clock that a test turns."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import RateLimits

PERSON, OTHER, GROUP = 700000001, 700000002, -1001000000001


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> RateLimits:
    return RateLimits(clock)


def send(limits: RateLimits, chat: int, count: int) -> None:
    for _ in range(count):
        limits.take(chat)


def test_a_private_chat_takes_a_burst_and_then_one_a_second(limits: RateLimits, clock: Clock) -> None:
    send(limits, PERSON, 20)

    with pytest.raises(ApiError) as refusal:
        limits.take(PERSON)
    assert refusal.value.description == "Too Many Requests: retry after 1"
    assert (refusal.value.code, refusal.value.retry_after) == (429, 1)

    clock.now += 1
    limits.take(PERSON)
    with pytest.raises(ApiError):
        limits.take(PERSON)


def test_a_group_takes_twenty_a_minute(limits: RateLimits, clock: Clock) -> None:
    send(limits, GROUP, 20)

    with pytest.raises(ApiError, match="retry after 3"):
        limits.take(GROUP)
    clock.now += 60
    send(limits, GROUP, 20)


def test_all_chats_together_take_thirty_a_second(limits: RateLimits, clock: Clock) -> None:
    send(limits, PERSON, 15)
    send(limits, OTHER, 15)

    with pytest.raises(ApiError, match="retry after 1"):
        limits.take(OTHER)
    clock.now += 0.5
    send(limits, OTHER, 5)


def test_a_refused_message_uses_nothing_up(limits: RateLimits) -> None:
    send(limits, PERSON, 20)
    for _ in range(50):
        with pytest.raises(ApiError):
            limits.take(PERSON)

    send(limits, OTHER, 10)


def test_an_album_counts_each_of_its_parts(limits: RateLimits) -> None:
    limits.take(GROUP, 10)
    limits.take(GROUP, 10)

    with pytest.raises(ApiError, match="retry after 30"):
        limits.take(GROUP, 10)


def test_without_limits_everything_passes(clock: Clock) -> None:
    send(RateLimits(clock, enabled=False), PERSON, 1000)
