"""The figures of the desk as a picture, readable on a phone, and the same as text.

Drawn as the timeline is: at twice its size, then made smaller, which smooths its edges.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from admissions.reports import Figures, Stage, Wait
from bot import texts
from bot.desk import texts as words

if TYPE_CHECKING:  # drawing is seldom, and a bot should start at once
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FILE_NAME: Final = "figures.png"
LONGEST: Final = 980
"""Characters of the text, which stands below the picture, with room for its title."""
LONGEST_QUOTE: Final = 60
"""Characters of what was not understood."""

WIDTH: Final = 1080
SCALE: Final = 2
COLORS_KEPT: Final = 64
MARGIN: Final = 60
BAR_FROM: Final = 430
BAR_TO: Final = 800
ROW: Final = 64
BAR: Final = 40
HEADING: Final = 96
TITLE: Final = 120
TILE: Final = 170
BOTTOM: Final = 40

GROUND: Final = "#14293d"
TRACK: Final = "#223d57"
BRIGHT: Final = "#ffffff"
FAINT: Final = "#a9bccd"
GREEN: Final = "#35b07b"
YELLOW: Final = "#f2b33d"


class Bar(NamedTuple):
    """A line with a bar: what it is called, how long the bar is, and what is written at its end."""

    title: str
    value: int
    label: str


class Tile(NamedTuple):
    """A number by itself, what it is, and of what it was counted."""

    number: str
    title: str
    detail: str


def write(figures: Figures) -> str:
    """Write the figures as text: all that the picture shows, in one message below it."""
    lines = [
        words.STATS_FUNNEL,
        *(f"• {bar.title}: {bar.label}" for bar in funnel(figures)),
        "",
        *_stops_written(figures),
        "",
        *(f"{tile.title}: {tile.number} ({tile.detail})" for tile in tiles(figures)),
    ]
    text = "\n".join(lines)
    for quote in figures.newest_unanswered:
        line = f"• {quote[:LONGEST_QUOTE]}"
        lead = f"\n\n{words.STATS_NEWEST}" if words.STATS_NEWEST not in text else ""
        if len(text) + len(lead) + len(line) + 1 > LONGEST:
            break
        text = f"{text}{lead}\n{line}"
    return text


def draw(title: str, figures: Figures) -> bytes:
    """Draw the figures as a PNG; it takes a while, so do it in a thread."""
    from PIL import Image, ImageDraw, ImageFont

    stages, questions, numbers = funnel(figures), stops(figures), tiles(figures)
    rows_of_tiles = (len(numbers) + 1) // 2
    height = TITLE + 2 * HEADING + ROW * (len(stages) + len(questions)) + TILE * rows_of_tiles + BOTTOM
    picture = Image.new("RGB", (WIDTH * SCALE, height * SCALE), GROUND)
    canvas = ImageDraw.Draw(picture)

    def font(size: int) -> "FreeTypeFont":
        made = ImageFont.load_default(size * SCALE)
        assert isinstance(made, ImageFont.FreeTypeFont), "Pillow comes with FreeType"
        return made

    _write(canvas, (MARGIN, TITLE / 2 + 10), title, font(52), BRIGHT)
    top = _bars(canvas, TITLE, words.STATS_FUNNEL, stages, GREEN, font)
    top = _bars(canvas, top, words.STATS_STOPS, questions, YELLOW, font)
    for place, tile in enumerate(numbers):
        left = MARGIN + (place % 2) * (WIDTH - 2 * MARGIN) / 2
        middle = top + (place // 2) * TILE + 60
        _write(canvas, (left, middle), tile.number, font(56), BRIGHT)
        _write(canvas, (left, middle + 48), tile.title, font(32), FAINT)
        _write(canvas, (left, middle + 84), tile.detail, font(26), FAINT)
    out = BytesIO()
    smooth = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    smooth.quantize(COLORS_KEPT).save(out, "PNG", optimize=True)
    return out.getvalue()


def funnel(figures: Figures) -> list[Bar]:
    """Return how many came how far; the share is of those who pressed Start."""
    started = figures.funnel[Stage.STARTED]
    return [
        Bar(words.STATS_STAGES[stage], count, f"{count} ({share(count, started)} %)" if started else str(count))
        for stage, count in figures.funnel.items()
    ]


def stops(figures: Figures) -> list[Bar]:
    """Return how many drafts were left alone at each question."""
    return [
        Bar(
            texts.QUESTIONS[stop.question].name,
            stop.left,
            words.STATS_STOP.format(left=stop.left, reached=stop.reached),
        )
        for stop in figures.stops
    ]


def tiles(figures: Figures) -> list[Tile]:
    """Return the numbers that stand by themselves."""
    return [
        _wait(figures.wait),
        _share(words.STATS_ALONE, figures.askers_alone, figures.askers),
        _share(words.STATS_OUT_OF_HOURS, figures.out_of_hours, figures.messages),
        _share(words.STATS_UNANSWERED, figures.unanswered, figures.messages),
    ]


def share(part: int, whole: int) -> int:
    """Return a share in hundredths, rounded."""
    return round(100 * part / whole)


def duration(time: timedelta) -> str:
    """Write how long something took: "12 min", "3 h", "2 days"."""
    minutes = round(time.total_seconds() / 60)
    if minutes < 60:
        return words.MINUTES.format(count=minutes)
    hours = round(minutes / 60)
    return words.HOURS.format(count=hours) if hours < 48 else words.DAYS.format(count=round(hours / 24))


def _share(title: str, part: int, whole: int) -> Tile:
    if not whole:
        return Tile("-", title, words.STATS_NOTHING)
    return Tile(f"{share(part, whole)} %", title, words.STATS_PART.format(part=part, whole=whole))


def _wait(wait: Wait) -> Tile:
    if wait.median is None or wait.longest is None:
        return Tile("-", words.STATS_WAIT, words.STATS_NO_WAIT.format(open=wait.open, asked=wait.asked))
    detail = words.STATS_WAIT_LINE.format(longest=duration(wait.longest), open=wait.open, asked=wait.asked)
    return Tile(duration(wait.median), words.STATS_WAIT, detail)


def _stops_written(figures: Figures) -> list[str]:
    if not any(stop.left for stop in figures.stops):
        return [words.STATS_NO_STOPS]
    listed = "; ".join(f"{bar.title} {bar.label}" for bar in stops(figures) if bar.value)
    return [words.STATS_STOPS, f"{listed}"]


def _bars(
    canvas: "ImageDraw",
    top: float,
    heading: str,
    bars: Sequence[Bar],
    color: str,
    font: "Callable[[int], FreeTypeFont]",
) -> float:
    _write(canvas, (MARGIN, top + HEADING / 2), heading, font(40), BRIGHT)
    longest = max((bar.value for bar in bars), default=0) or 1
    for place, bar in enumerate(bars):
        middle = top + HEADING + ROW * place + ROW / 2
        _write(canvas, (MARGIN, middle), bar.title, font(32), BRIGHT if bar.value else FAINT)
        _bar(canvas, middle, BAR_TO, TRACK)
        if bar.value:
            _bar(
                canvas,
                middle,
                max(BAR_FROM + BAR / 2, BAR_FROM + (BAR_TO - BAR_FROM) * bar.value / longest),
                color,
            )
        _write(canvas, (WIDTH - MARGIN, middle), bar.label, font(30), BRIGHT if bar.value else FAINT, "rm")
    return top + HEADING + ROW * len(bars)


def _bar(canvas: "ImageDraw", middle: float, to: float, color: str) -> None:
    box = (BAR_FROM, middle - BAR / 2, to, middle + BAR / 2)
    canvas.rounded_rectangle([edge * SCALE for edge in box], 10 * SCALE, color)


def _write(
    canvas: "ImageDraw",
    at: tuple[float, float],
    written: str,
    font: "FreeTypeFont",
    color: str,
    anchor: str = "lm",
) -> None:
    canvas.text((at[0] * SCALE, at[1] * SCALE), written, color, font, anchor)
