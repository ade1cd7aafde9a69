"""Draws shares as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

ROW, NAME, BAR, NOTE = 18, 250, 400, 80
"""Pixels."""
COLOUR, OTHER_COLOUR = "#2a7de1", "#9aa5b1"


@dataclass(frozen=True)
class Bar:
    """A share of something.

    Attributes:
        name: What stands before the bar.
        share: From 0 to 1.
        note: What stands behind it.
        is_ours: Whether it is drawn in the colour that catches the eye.
    """

    name: str
    share: float
    note: str
    is_ours: bool = True


def chart(parts: Mapping[str, Sequence[Bar]]) -> str:
    """Draws the bars of each part under its title, as SVG."""
    lines: list[str] = []
    for title, bars in parts.items():
        lines.append(f'<text x="{NAME}" y="{_top(lines) + 13}" font-weight="bold">{escape(title)}</text>')
        for bar in bars:
            lines.append(_drawn(bar, _top(lines)))
    height = _top(lines) + 5
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{NAME + BAR + NOTE}" height="{height}">',
            "<style>text { font: 12px sans-serif }</style>",
            '<rect width="100%" height="100%" fill="#fff"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


def _top(lines: Sequence[str]) -> int:
    return 5 + len(lines) * ROW


def _drawn(bar: Bar, top: int) -> str:
    colour = COLOUR if bar.is_ours else OTHER_COLOUR
    return (
        f'<text x="{NAME - 8}" y="{top + 13}" text-anchor="end">{escape(bar.name)}</text>'
        f'<rect x="{NAME}" y="{top + 2}" width="{BAR}" height="{ROW - 4}" fill="#eee"/>'
        f'<rect x="{NAME}" y="{top + 2}" width="{BAR * bar.share:.0f}" height="{ROW - 4}" fill="{colour}"/>'
        f'<text x="{NAME + BAR + 8}" y="{top + 13}">{escape(bar.note)}</text>'
    )
