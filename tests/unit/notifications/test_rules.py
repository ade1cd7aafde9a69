"""When a notification goes out, and what follows from how that went."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.notifications import (
    DAYTIME,
    POLICIES,
    Daytime,
    Dead,
    Dropped,
    Failure,
    Kind,
    Later,
    Policy,
    Reason,
)
from admissions.notifications.rules import (
    LAST_TRY,
    LONGEST_PAUSE,
    Circumstances,
    after_failure,
    into_daytime,
    obstacle,
    pause_after,
)

KARACHI, BOGOTA, HOUSTON = ZoneInfo("Asia/Karachi"), ZoneInfo("America/Bogota"), ZoneInfo("America/Chicago")
LONDON, LORD_HOWE, KATHMANDU = (
    ZoneInfo("Europe/London"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Asia/Kathmandu"),
)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
URGENT, MUTABLE = Policy(is_urgent=True), Policy(is_urgent=False, may_be_muted=True)
AWAKE = Circumstances(UTC)


def keeps(
    policy: Policy, circumstances: Circumstances = AWAKE, *, stale_at: datetime | None = None, at: datetime = NOON
) -> Later | Dropped | None:
    return obstacle(policy, circumstances, stale_at=stale_at, daytime=DAYTIME, at=at)


def local(zone: ZoneInfo, *moment: int) -> datetime:
    year, month, day, hour, minute = moment
    return datetime(year, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_policy(kind: Kind) -> None:
    assert kind in POLICIES


@pytest.mark.parametrize(
    ("at", "goes_at"),
    [
        (local(KARACHI, 2026, 11, 23, 8, 59), local(KARACHI, 2026, 11, 23, 9, 0)),
        (local(KARACHI, 2026, 11, 23, 9, 0), local(KARACHI, 2026, 11, 23, 9, 0)),
        (local(KARACHI, 2026, 11, 23, 19, 59), local(KARACHI, 2026, 11, 23, 19, 59)),
        (local(KARACHI, 2026, 11, 23, 20, 0), local(KARACHI, 2026, 11, 24, 9, 0)),
        (local(KATHMANDU, 2026, 11, 23, 3, 0), local(KATHMANDU, 2026, 11, 23, 9, 0)),
        (local(LORD_HOWE, 2026, 10, 3, 23, 30), local(LORD_HOWE, 2026, 10, 4, 9, 0)),
        (local(LONDON, 2026, 10, 24, 22, 0), local(LONDON, 2026, 10, 25, 9, 0)),
        (local(HOUSTON, 2027, 3, 13, 22, 0), local(HOUSTON, 2027, 3, 14, 9, 0)),
        (local(HOUSTON, 2026, 12, 31, 22, 0), local(HOUSTON, 2027, 1, 1, 9, 0)),
    ],
)
def test_it_waits_for_nine_oclock_by_their_own_clock(at: datetime, goes_at: datetime) -> None:
    assert into_daytime(at.astimezone(UTC), at.tzinfo or UTC, DAYTIME) == goes_at.astimezone(UTC)


@pytest.mark.parametrize(
    ("evening", "hours"),
    [
        (local(LONDON, 2026, 10, 24, 22, 0), 12),
        (local(LONDON, 2026, 3, 28, 22, 0), 10),
        (local(LORD_HOWE, 2026, 10, 3, 22, 0), 10.5),
        (local(KARACHI, 2026, 10, 24, 22, 0), 11),
    ],
)
def test_the_night_in_which_clocks_change_is_longer_or_shorter(evening: datetime, hours: float) -> None:
    at = evening.astimezone(UTC)
    assert into_daytime(at, evening.tzinfo or UTC, DAYTIME) - at == timedelta(hours=hours)


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from([KARACHI, BOGOTA, HOUSTON, LONDON, LORD_HOWE, KATHMANDU]),
)
def test_in_every_zone_it_is_daytime_and_soon_enough(at: datetime, zone: ZoneInfo) -> None:
    goes_at = into_daytime(at, zone, DAYTIME)
    assert DAYTIME.begins <= goes_at.astimezone(zone).time() < DAYTIME.ends
    assert timedelta(0) <= goes_at - at <= timedelta(hours=14)
    assert into_daytime(goes_at, zone, DAYTIME) == goes_at


def test_with_no_night_nothing_waits() -> None:
    midnight = datetime.combine(date(2026, 11, 23), time(), UTC)
    assert into_daytime(midnight, UTC, Daytime(time.min, time.max)) == midnight


@pytest.mark.parametrize("policy", [URGENT, MUTABLE])
def test_by_day_nothing_keeps_it(policy: Policy) -> None:
    assert keeps(policy) is None


def test_at_night_only_the_urgent_goes_out() -> None:
    asleep = Circumstances(KARACHI)
    assert keeps(URGENT, asleep, at=NOON + timedelta(hours=6)) is None
    assert keeps(MUTABLE, asleep, at=NOON + timedelta(hours=6)) == Later(datetime(2026, 11, 24, 4, tzinfo=UTC))


def test_what_is_muted_is_dropped_unless_it_may_not_be() -> None:
    assert keeps(MUTABLE, Circumstances(UTC, is_muted=True)) == Dropped(Reason.MUTED)
    assert keeps(URGENT, Circumstances(UTC, is_muted=True)) is None


def test_what_is_stale_is_dropped_at_that_very_moment() -> None:
    assert keeps(URGENT, stale_at=NOON) == Dropped(Reason.STALE)
    assert keeps(URGENT, stale_at=NOON + timedelta(seconds=1)) is None


def test_who_cannot_be_reached_is_told_nothing() -> None:
    assert keeps(URGENT, Circumstances(UTC, is_unreachable=True)) == Dropped(Reason.UNREACHABLE)


def outcome(
    failure: Failure, *, is_urgent: bool = False, attempts: int = 1, retry_after: timedelta | None = None
) -> Later | Dropped | Dead:
    return after_failure(
        failure,
        is_urgent=is_urgent,
        attempts=attempts,
        problem="ReadTimeout",
        at=NOON,
        chance=1,
        retry_after=retry_after,
    )


@pytest.mark.parametrize("is_urgent", [True, False])
def test_a_known_failure_is_tried_again_until_the_last_try(*, is_urgent: bool) -> None:
    assert outcome(Failure.KNOWN, is_urgent=is_urgent) == Later(NOON + timedelta(seconds=2), "ReadTimeout")
    assert outcome(Failure.KNOWN, is_urgent=is_urgent, attempts=LAST_TRY) == Dead("ReadTimeout")


def test_an_unknown_outcome_is_repeated_only_where_it_is_urgent() -> None:
    assert outcome(Failure.UNKNOWN) == Dropped(Reason.UNKNOWN_OUTCOME, "ReadTimeout")
    assert isinstance(outcome(Failure.UNKNOWN, is_urgent=True), Later)
    assert outcome(Failure.UNKNOWN, is_urgent=True, attempts=LAST_TRY) == Dead("ReadTimeout")


def test_what_is_refused_is_dead_at_once() -> None:
    assert outcome(Failure.REFUSED) == Dead("ReadTimeout")


def test_a_closed_door_is_tried_again_for_ever() -> None:
    assert outcome(Failure.CLOSED, attempts=1000) == Later(NOON + timedelta(minutes=1), "ReadTimeout")


def test_telegrams_own_word_on_when_to_try_again_counts() -> None:
    assert outcome(Failure.KNOWN, retry_after=timedelta(seconds=35)) == Later(
        NOON + timedelta(seconds=35), "ReadTimeout"
    )


@given(attempts=st.integers(1, LAST_TRY), chance=st.floats(0, 1))
def test_pauses_grow_to_a_limit_and_are_not_all_alike(attempts: int, chance: float) -> None:
    longest = min(timedelta(seconds=2**attempts), LONGEST_PAUSE)
    assert longest / 2 <= pause_after(attempts, chance) <= longest


def test_it_is_given_up_after_more_than_two_hours_of_trying() -> None:
    assert sum((pause_after(each, 0.5) for each in range(1, LAST_TRY)), timedelta()) > timedelta(hours=1.9)
