"""The timeline as a picture: readable on a phone, in dark and in light mode.

It is drawn at twice its size and then made smaller, which smooths its edges.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from admissions.placements import Mark

if TYPE_CHECKING:  # drawing is seldom, and a bot should start at once
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH: Final = 1080
ROW: Final = 150
TOP: Final = 150
BOTTOM: Final = 50
SCALE: Final = 2
COLORS_KEPT: Final = 64
MIDDLE: Final = 100
"""Of the marks, from the left."""
RADIUS: Final = 32
TEXT_FROM: Final = 175
MARGIN: Final = 60

GROUND: Final = "#14293d"
LINE: Final = "#3d566e"
BRIGHT: Final = "#ffffff"
FAINT: Final = "#a9bccd"
COLORS: Final = {
    Mark.DONE: "#35b07b",
    Mark.NOW: "#f2b33d",
    Mark.NEXT: "#3d566e",
    Mark.LEFT_OUT: "#3d566e",
    Mark.ENDED: "#d96a5b",
}


class Row(NamedTuple):
    """A step in words: what it is called, how it stands, when it is."""

    mark: Mark
    title: str
    state: str
    days: str


def draw(title: str, rows: Sequence[Row]) -> bytes:
    """Draw a timeline as a PNG; it takes a while, so do it in a thread.

    Args:
        title: What stands above it.
        rows: Its steps, from the first to the last.
    """
    from PIL import Image, ImageDraw, ImageFont

    height = TOP + ROW * len(rows) + BOTTOM
    picture = Image.new("RGB", (WIDTH * SCALE, height * SCALE), GROUND)
    canvas = ImageDraw.Draw(picture)

    def font(size: int) -> "FreeTypeFont":
        made = ImageFont.load_default(size * SCALE)
        assert isinstance(made, ImageFont.FreeTypeFont), "Pillow comes with FreeType"
        return made

    large, medium, small = font(50), font(36), font(34)
    _write(canvas, (MARGIN, TOP / 2), title, large, BRIGHT)
    _line(canvas, [(MIDDLE, TOP + ROW / 2), (MIDDLE, TOP + ROW * (len(rows) - 0.5))], LINE, 6)
    for number, row in enumerate(rows):
        middle = TOP + ROW * (number + 0.5)
        is_bright = row.mark in (Mark.NOW, Mark.DONE, Mark.ENDED)
        _mark(canvas, row.mark, middle)
        _write(canvas, (TEXT_FROM, middle - 24), row.title, large, BRIGHT if is_bright else FAINT)
        _write(canvas, (TEXT_FROM, middle + 30), row.state, small, COLORS[row.mark] if is_bright else FAINT)
        _write(canvas, (WIDTH - MARGIN, middle - 24), row.days, medium, BRIGHT if is_bright else FAINT, "rm")
    out = BytesIO()
    smooth = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    smooth.quantize(COLORS_KEPT).save(out, "PNG", optimize=True)
    return out.getvalue()


def _mark(canvas: "ImageDraw", mark: Mark, middle: float) -> None:
    color = COLORS[mark]
    _circle(canvas, middle, RADIUS, color if mark in (Mark.DONE, Mark.NOW, Mark.ENDED) else GROUND, color)
    if mark is Mark.DONE:
        tick = [(MIDDLE - 15, middle), (MIDDLE - 4, middle + 12), (MIDDLE + 16, middle - 12)]
        _line(canvas, tick, BRIGHT, 7)
    elif mark is Mark.NOW:
        _circle(canvas, middle, RADIUS / 2.6, GROUND, GROUND)
    elif mark is Mark.LEFT_OUT:
        _line(canvas, [(MIDDLE - 13, middle), (MIDDLE + 13, middle)], FAINT, 6)
    elif mark is Mark.ENDED:
        for way in (1, -1):
            _line(canvas, [(MIDDLE - 12, middle - 12 * way), (MIDDLE + 12, middle + 12 * way)], BRIGHT, 7)


def _write(
    canvas: "ImageDraw",
    at: tuple[float, float],
    words: str,
    font: "FreeTypeFont",
    color: str,
    anchor: str = "lm",
) -> None:
    canvas.text((at[0] * SCALE, at[1] * SCALE), words, color, font, anchor)


def _line(canvas: "ImageDraw", points: Sequence[tuple[float, float]], color: str, width: int) -> None:
    canvas.line([(x * SCALE, y * SCALE) for x, y in points], color, width * SCALE, joint="curve")


def _circle(canvas: "ImageDraw", middle: float, radius: float, fill: str, outline: str) -> None:
    box = (MIDDLE - radius, middle - radius, MIDDLE + radius, middle + radius)
    canvas.ellipse([edge * SCALE for edge in box], fill, outline, 6 * SCALE)
