"""A spike, and a silence, as they are told: a sentence with its numbers, and the chart beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Enclosed
from diembao.paper.picture import Bar, Chart, png
from diembao.reports.silence import Fall
from diembao.reports.spikes import Point, Spike
from diembao.reports.usual import A_WEEK, HISTORY, HOUR

PICTURE: Final = "bieu-do.png"
SHOWN: Final = 48  # hours of the chart
_EVERY: Final = 6  # hours between two labels
RAREST: Final = 1e-6  # nothing is said of what is rarer: no model is right so far out
_LANGUAGES: Final = ("vi", "en")

WORDS: Final[dict[str, tuple[str, str]]] = {
    "spike.subject": (
        "Tăng đột biến: {name}: {seen} bài trong {window} giờ",
        "Spike: {name}: {seen} articles in {window} h",
    ),
    "spike.grown.subject": ("Tăng gấp mười: {name}: nay {articles} bài", "Tenfold: {name}: {articles} articles now"),
    "spike.ended.subject": ("Đã trở lại bình thường: {name}", "Back to usual: {name}"),
    "spike.seen": (
        "{seen} bài từ {since} đến {found}; giờ này mọi khi khoảng {expected} bài: gấp {times} lần.",
        "{seen} articles from {since} to {found}; about {expected} are usual at this time: {times} times as many.",
    ),
    "spike.since": (
        "Từ {since} đến nay có {articles} bài, mọi khi khoảng {usual}.",
        "{articles} articles since {since}, where about {usual} are usual.",
    ),
    "spike.over": (
        "Từ {since} đến {until} có {articles} bài, mọi khi khoảng {usual}. Từ đó số bài trở lại như mọi khi.",
        "{articles} articles from {since} to {until}, where about {usual} are usual. Since then it has been as usual.",
    ),
    "spike.why": (
        "Vì sao có thư này: câu tìm {query} có nhiều bài hơn hẳn chính nó {weeks} tuần qua, theo giờ, thứ, ngày lễ.",
        "Why you get this: {query} has far more than it had itself in {weeks} weeks, by hour, weekday and holidays.",
    ),
    "spike.odds": (
        "Riêng ngẫu nhiên thì nhiều nhất một trong {odds} lần xem mới có nhiều như vậy.",
        "Chance alone brings so many in one of {odds} looks at most.",
    ),
    "silence.subject": ("Im ắng bất thường: {name}", "Unusually silent: {name}"),
    "silence.seen": (
        "{seen} bài từ {since} đến nay; mọi khi khoảng {expected} bài.",
        "{seen} articles since {since}; about {expected} are usual.",
    ),
    "silence.why": (
        "Vì sao có thư này: câu tìm {query} có ít bài hơn hẳn so với chính nó trong tám tuần trước.",
        "Why you get this: {query} has far less than it had itself in the eight weeks before.",
    ),
    "silence.check": (
        "Có thể không ai viết nữa, cũng có thể nguồn tin bị đứt: xem trang Nguồn tin.",
        "Perhaps nobody writes of it any more, perhaps a source has broken off: see the page of sources.",
    ),
    "chart.title": ("Số bài mỗi giờ, {hours} giờ đến {found}", "Articles an hour, {hours} hours up to {found}"),
    "chart.names": (
        "số bài|đợt tăng|mọi khi|thường nằm trong khoảng này",
        "articles|the spike|usual|nine hours of ten",
    ),
}


@dataclass(frozen=True, slots=True)
class Watched:
    """What a subscription watches, as it is told: its name, its query, the reader's language and the clock."""

    name: str
    query: str
    zone: str
    language: str = "vi"

    def say(self, key: str, **values: object) -> str:
        return WORDS[key][_LANGUAGES.index(self.language)].format(**values)

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.zone)):%H:%M %d/%m}"

    def number(self, count: float) -> str:
        """1.234; of what is less than ten one decimal."""
        told = f"{count:,.1f}" if count < 10 and count != round(count) else f"{count:,.0f}"
        return told if self.language == "en" else told.translate(str.maketrans(",.", ".,"))


@dataclass(frozen=True, slots=True)
class Letter:
    """``text`` has a blank line between paragraphs. ``html`` shows the picture that is ``enclosed``."""

    subject: str
    text: str
    html: str = ""
    enclosed: tuple[Enclosed, ...] = ()


# -- a spike ------------------------------------------------------------------------------------------


def alarm(watched: Watched, spike: Spike) -> Letter:
    """The first alarm in words."""
    subject, paragraphs = _alarm(watched, spike)
    return Letter(subject, "\n\n".join([subject, *paragraphs]))


def found(watched: Watched, spike: Spike, points: Sequence[Point], *, place: str) -> Letter:
    """The first alarm with its chart. ``place`` is where the button to the dashboard stands in the HTML."""
    subject, paragraphs = _alarm(watched, spike)
    text, picture = "\n\n".join([subject, *paragraphs]), drawn(watched, spike, points)
    return Letter(subject, text, _html(watched, subject, paragraphs, place), (Enclosed(PICTURE, "image/png", picture),))


def _alarm(watched: Watched, spike: Spike) -> tuple[str, list[str]]:
    subject = watched.say("spike.subject", name=watched.name, seen=watched.number(spike.seen), window=spike.window)
    odds = round(1 / max(spike.likelihood, RAREST))
    return subject, [
        watched.say(
            "spike.seen",
            seen=watched.number(spike.seen),
            since=watched.time(spike.since),
            found=watched.time(spike.found),
            expected=watched.number(spike.expected),
            times=watched.number(round(spike.times, 1)),
        ),
        *([_since(watched, spike)] if spike.articles > spike.seen else []),
        watched.say("spike.why", query=watched.query, weeks=HISTORY // A_WEEK),
        watched.say("spike.odds", odds=watched.number(odds)),
    ]


def grown(watched: Watched, spike: Spike) -> Letter:
    """It has grown tenfold since the first alarm."""
    subject = watched.say("spike.grown.subject", name=watched.name, articles=watched.number(spike.articles))
    return Letter(subject, f"{subject}\n\n{_since(watched, spike)}")


def ended(watched: Watched, spike: Spike) -> Letter:
    """``spike`` is over."""
    subject = watched.say("spike.ended.subject", name=watched.name)
    told = watched.say(
        "spike.over",
        since=watched.time(spike.since),
        until=watched.time(spike.until or spike.found),
        articles=watched.number(spike.articles),
        usual=watched.number(spike.usual),
    )
    return Letter(subject, f"{subject}\n\n{told}")


def _since(watched: Watched, spike: Spike) -> str:
    return watched.say(
        "spike.since",
        since=watched.time(spike.since),
        articles=watched.number(spike.articles),
        usual=watched.number(spike.usual),
    )


def drawn(watched: Watched, spike: Spike, points: Sequence[Point]) -> bytes:
    """The last hours before the alarm as a PNG."""
    title = watched.say("chart.title", hours=len(points), found=watched.time(points[-1].at + HOUR))
    one, loud, line, band = watched.say("chart.names").split("|")
    bars = [
        Bar(each.seen, each.expected, each.low, each.high, _label(watched, each.at, n), loud=each.at >= spike.since)
        for n, each in enumerate(points)
    ]
    return png(Chart(title, (one, loud, line, band), bars))


def _label(watched: Watched, at: datetime, number: int) -> str:
    """Under every sixth bar the hour; where a day begins, its date."""
    here = at.astimezone(ZoneInfo(watched.zone))
    if here.hour % _EVERY and number:
        return ""
    if number and here.hour == 0:
        return f"{here:%d/%m}"
    return f"{here:%H}h" if here.hour % _EVERY == 0 else ""


def _html(watched: Watched, subject: str, paragraphs: Sequence[str], place: str) -> str:
    first, *others = [f"<p style='margin:0 0 12px'>{escape(each)}</p>" for each in paragraphs]
    return (
        f'<!doctype html>\n<html lang="{watched.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        '<body style="margin:0;padding:8px;background:#eef1f5;font-family:Arial,Helvetica,sans-serif;font-size:16px;'
        'line-height:1.5;color:#1b2430">\n<div style="max-width:600px;margin:0 auto;padding:16px;background:#ffffff;'
        'border-top:4px solid #1d4f8c">\n'
        f'<p style="margin:0 0 12px"><strong>{escape(subject)}</strong></p>\n{first}\n'
        f'<img src="cid:{PICTURE}" width="480" style="width:100%;max-width:480px;height:auto" '
        f'alt="{escape(paragraphs[0])}">\n' + "\n".join([*others, place]) + "\n</div>\n</body></html>\n"
    )


# -- a silence ----------------------------------------------------------------------------------------


def silent(watched: Watched, fall: Fall) -> Letter:
    subject = watched.say("silence.subject", name=watched.name)
    numbers = {
        "seen": watched.number(fall.seen),
        "since": watched.time(fall.since),
        "expected": watched.number(fall.expected),
    }
    paragraphs = [
        watched.say("silence.seen", **numbers),
        watched.say("silence.why", query=watched.query),
        watched.say("silence.check"),
    ]
    return Letter(subject, "\n\n".join([subject, *paragraphs]))
