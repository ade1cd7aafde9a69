"""What of a status an applicant is shown, and the timeline at every stage."""

from datetime import UTC, date, datetime

import pytest

from admissions.applications import ApplicationStatus
from admissions.placements import Mark, Place, PlacementStatus, Role, Shown, Stage, is_news, shown_as
from admissions.placements.rules.showing import APPLICATIONS_SHOWN, PLACEMENTS_SHOWN, Talk, timeline

SENT = date(2026, 11, 23)
PLACE = Place(
    1,
    "Bayou City Clinic",
    "Surgery",
    date(2027, 3, 1),
    date(2027, 4, 23),
    datetime(2026, 12, 1, tzinfo=UTC),
    None,
    None,
)
HELD, BOOKED = Talk(date(2026, 11, 25), is_over=True), Talk(date(2026, 12, 9), is_over=False)


def marks(status: Shown, *, submitted: date | None = SENT, talk: Talk | None = None, today: date = SENT) -> str:
    place = PLACE if status in (Shown.OFFERED, Shown.CONFIRMED, Shown.IN_PROGRESS, Shown.COMPLETED) else None
    steps = timeline(status, submitted=submitted, talk=talk, place=place, today=today)
    assert [step.stage for step in steps] == [*Stage]
    signs = {Mark.DONE: "d", Mark.NOW: "N", Mark.NEXT: ".", Mark.LEFT_OUT: "-", Mark.ENDED: "x"}
    return "".join(signs[step.mark] for step in steps)


def test_every_status_is_mapped_to_what_is_shown() -> None:
    assert set(APPLICATIONS_SHOWN) == {*ApplicationStatus}
    assert set(PLACEMENTS_SHOWN) == {*PlacementStatus}


def test_a_match_is_internal() -> None:
    assert shown_as(ApplicationStatus.MATCHED) is shown_as(ApplicationStatus.IN_REVIEW)
    assert not any(is_news(ApplicationStatus.MATCHED, role) for role in Role)


@pytest.mark.parametrize("status", [*ApplicationStatus, *PlacementStatus], ids=repr)
def test_nobody_is_told_of_what_they_did_themselves(status: ApplicationStatus | PlacementStatus) -> None:
    assert not is_news(status, Role.APPLICANT)


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        (Shown.DRAFT, {"submitted": None}, "N....."),
        (Shown.SUBMITTED, {}, "dN...."),
        (Shown.IN_REVIEW, {"talk": BOOKED}, "dN...."),
        (Shown.IN_REVIEW, {"talk": HELD}, "ddN..."),
        (Shown.INTERVIEW, {"talk": HELD}, "ddN..."),
        (Shown.OFFERED, {}, "d-N..."),
        (Shown.OFFERED, {"talk": BOOKED}, "d-N..."),
        (Shown.CONFIRMED, {"talk": HELD}, "dddN.."),
        (Shown.IN_PROGRESS, {"talk": HELD, "today": PLACE.first_day}, "ddddN."),
        (Shown.IN_PROGRESS, {"talk": HELD, "today": date(2027, 3, 2)}, "dddddN"),
        (Shown.COMPLETED, {"talk": HELD, "today": date(2027, 5, 1)}, "dddddd"),
        (Shown.NOT_PLACED, {"talk": HELD}, "ddx---"),
        (Shown.WITHDRAWN, {}, "dx----"),
        (Shown.WITHDRAWN, {"submitted": None}, "x-----"),
    ],
)
def test_the_timeline_has_what_is_done_now_and_next(status: Shown, more: dict[str, object], expected: str) -> None:
    assert marks(status, **more) == expected  # type: ignore[arg-type]


def test_the_timeline_has_its_dates() -> None:
    steps = timeline(Shown.CONFIRMED, submitted=SENT, talk=HELD, place=PLACE, today=SENT)
    assert [(step.first, step.last) for step in steps] == [
        (SENT, None),
        (HELD.day, None),
        (None, None),
        (None, None),
        (PLACE.first_day, None),
        (PLACE.first_day, PLACE.last_day),
    ]
