"""The timeline as a picture, at every stage."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from admissions.placements import Mark, Place, Shown
from admissions.placements.rules.showing import PLACE_SHOWN, Talk, timeline
from bot import status_bubbles, timelines

SENT = date(2026, 11, 23)
PLACE = Place(
    1,
    "Bayou City Clinic",
    "Surgery",
    date(2027, 12, 6),
    date(2028, 1, 28),
    datetime(2026, 12, 1, tzinfo=UTC),
    None,
    None,
)


def rows_of(status: Shown) -> list[timelines.Row]:
    place = PLACE if status in PLACE_SHOWN else None
    talk = Talk(date(2026, 12, 9), is_over=True)
    return status_bubbles.rows(timeline(status, submitted=SENT, talk=talk, place=place, today=SENT))


@pytest.mark.parametrize("status", Shown)
def test_it_is_drawn_at_every_stage(status: Shown) -> None:
    drawn = timelines.draw("Application 7K4M-WQ3X", rows_of(status))
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    assert picture.format is None  # it was read as a whole
    assert picture.width == timelines.WIDTH
    assert len(drawn) < 100_000  # bytes: it goes to a phone
    colors: Any = {color for _, color in picture.getcolors(64) or ()}
    for row in rows_of(status):
        if row.mark in (Mark.DONE, Mark.NOW, Mark.ENDED):
            wanted = bytes.fromhex(timelines.COLORS[row.mark].removeprefix("#"))
            assert any(max(abs(a - b) for a, b in zip(color, wanted, strict=True)) < 12 for color in colors)


def test_stages_are_drawn_differently() -> None:
    drawn = {
        timelines.draw("Application 7K4M-WQ3X", rows_of(status)) for status in (Shown.SUBMITTED, Shown.OFFERED)
    }
    assert len(drawn) == 2


@pytest.mark.parametrize("status", Shown)
def test_no_word_runs_out_of_the_picture_or_into_another(status: Shown) -> None:
    from PIL import ImageFont

    for row in rows_of(status):
        title = ImageFont.load_default(50).getlength(row.title)
        days = ImageFont.load_default(36).getlength(row.days)
        assert timelines.TEXT_FROM + title < timelines.WIDTH - timelines.MARGIN - days
