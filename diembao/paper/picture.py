"""A chart for a mail: bars of what came, over the band of what is usual. A PNG of 960 pixels, shown 480 wide at most:
on a telephone of 360, where 310 are left for it, its smallest words are 11 pixels high.

Drawn with Pillow and the house's own typeface, so that neither a browser nor a plotting library is needed. Whoever
cannot see it has the same in the words of `Chart.title` and of the message around it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 960, 640  # pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 16, 204, 84
_TITLE, _SMALL = 38, 34  # sizes of letters
_ROW: Final = 52  # of the names
_PAPER, _INK, _FAINT, _GRID = "#FFFFFF", "#1C2430", "#5B6672", "#E6E2D9"
_BAND, _USUAL, _BAR, _LOUD = "#D3E3EA", "#0B5E7E", "#8A97A5", "#C2571A"
_TICKS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """``label`` stands under it, where it has one; ``loud`` bars are the ones it is about."""

    seen: int
    expected: float
    low: float
    high: float
    label: str = ""
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """``names`` are those of a bar, of a loud bar, of the line and of the band, in the reader's language."""

    title: str
    names: tuple[str, str, str, str]
    bars: Sequence[Bar]


def png(chart: Chart) -> bytes:
    """At least one bar."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    plot = _Plot(chart, draw)
    plot.scale()
    plot.band()
    plot.columns()
    plot.usual()
    plot.words()
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Plot:
    def __init__(self, chart: Chart, draw: ImageDraw) -> None:
        self.chart, self.draw = chart, draw
        self.wide = (WIDTH - _LEFT - _RIGHT) / len(chart.bars)
        highest = max(max(bar.seen, bar.high) for bar in chart.bars)
        self.step = _step(highest)
        self.most = self.step * max(1, math.ceil(highest / self.step))

    def x(self, number: float) -> float:
        return _LEFT + number * self.wide

    def y(self, count: float) -> float:
        return HEIGHT - _BOTTOM - count / self.most * (HEIGHT - _TOP - _BOTTOM)

    def scale(self) -> None:
        for n in range(round(self.most / self.step) + 1):
            high = self.y(n * self.step)
            self.draw.line([(_LEFT, high), (WIDTH - _RIGHT, high)], fill=_GRID, width=2)
            told = f"{n * self.step:,}".replace(",", ".")
            self.draw.text((_LEFT - 14, high), told, font=_font(_SMALL), fill=_FAINT, anchor="rm")
        for n, bar in enumerate(self.chart.bars):
            if bar.label:
                at = self.x(n + 0.5), HEIGHT - _BOTTOM + 16
                self.draw.text(at, bar.label, font=_font(_SMALL), fill=_FAINT, anchor="ma")

    def band(self) -> None:
        for n, bar in enumerate(self.chart.bars):
            self.draw.rectangle([self.x(n), self.y(bar.high), self.x(n + 1) - 1, self.y(bar.low)], fill=_BAND)

    def columns(self) -> None:
        gap = min(4.0, self.wide / 5)
        for n, bar in enumerate(self.chart.bars):
            if bar.seen:
                box = [self.x(n) + gap, self.y(bar.seen), self.x(n + 1) - gap, self.y(0)]
                self.draw.rectangle(box, fill=_LOUD if bar.loud else _BAR)

    def usual(self) -> None:
        line = [(self.x(n + side), self.y(bar.expected)) for n, bar in enumerate(self.chart.bars) for side in (0, 1)]
        self.draw.line(line, fill=_USUAL, width=4)

    def words(self) -> None:
        self.draw.text((16, 12), self.chart.title, font=_font(_TITLE, bold=True), fill=_INK)
        at, top = 16.0, 72.0
        for name, colour in zip(self.chart.names, (_BAR, _LOUD, _USUAL, _BAND), strict=True):
            wide = 40 + self.draw.textlength(name, font=_font(_SMALL))
            if at + wide > WIDTH - _RIGHT:
                at, top = 16.0, top + _ROW
            self.draw.rectangle([at, top + 10, at + 28, top + 34], fill=colour)
            self.draw.text((at + 40, top + 22), name, font=_font(_SMALL), fill=_INK, anchor="lm")
            at += wide + 28


def _step(highest: float) -> int:
    """Of the scale: 1, 2 or 5 times a power of ten, so that there are at most five."""
    power = 1
    while True:
        for tick in _TICKS:
            if highest <= 5 * tick * power:
                return tick * power
        power *= 10


@lru_cache(maxsize=8)
def _font(size: int, *, bold: bool = False) -> FreeTypeFont:
    import fontpkg_be_vietnam_pro
    from PIL import ImageFont

    name = f"BeVietnamPro-{'SemiBold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(Path(fontpkg_be_vietnam_pro.ROOT) / "files" / name, size)
