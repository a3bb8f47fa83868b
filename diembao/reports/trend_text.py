"""A trend in words, as a table, and as JSON. Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from diembao.core.names import country_name, language_name
from diembao.paper.sheet import Cell, Sheet
from diembao.plan.reader import themes
from diembao.reports.columns import aligned
from diembao.reports.trend_numbers import Interval
from diembao.reports.trends import By, Change, Row, Trend
from diembao.reports.weekly import STANCES

LANGUAGES: Final = ("vi", "en")
_STANCES_EN: Final = {"positive": "positive", "neutral": "neutral", "critical": "critical", "abstain": "unclear"}
WORDS: Final[dict[str, tuple[str, str]]] = {
    "all": ("Tất cả", "All"),
    "by.country": ("Nước", "Country"),
    "by.language": ("Ngôn ngữ", "Language"),
    "by.theme": ("Chủ đề", "Theme"),
    "by.stance": ("Thái độ (gợi ý)", "Stance (suggested)"),
    "articles": ("Số bài", "Articles"),
    "stories": ("Số sự việc", "Stories"),
    "steady": ("Của nguồn có suốt", "Of steady outlets"),
    "before": ("Kỳ trước", "Before"),
    "times": ("Gấp", "Times"),
    "low": ("{what}, từ", "{what}, from"),
    "high": ("{what}, đến", "{what}, to"),
    "reach": ("{what} (từ–đến)", "{what} (from–to)"),
    "share": ("Tỷ lệ", "Share"),
    "share_before": ("Tỷ lệ kỳ trước", "Share before"),
    "verdict": ("Nhận xét", "Verdict"),
    "verdict.more": ("nhiều hơn", "more"),
    "verdict.less": ("ít hơn", "less"),
    "verdict.unclear": ("chưa rõ", "unclear"),
    "verdict.few": ("quá ít để nói", "too few to say"),
    "verdict.unknown": ("kỳ trước chưa theo dõi", "the period before was not watched"),
    "outlet": ("Nguồn", "Outlet"),
    "came": ("Có từ", "Since"),
    "went": ("Đến", "Until"),
    "sheet": ("Xu hướng", "Trends"),
    "sheet.outlets": ("Nguồn không so sánh", "Outlets not compared"),
    "panel": (
        "{n} nguồn nước ngoài có suốt cả hai kỳ được so sánh.",
        "{n} outlets abroad, there in both periods, are compared.",
    ),
}


def say(key: str, language: str, **values: object) -> str:
    text = WORDS[key][LANGUAGES.index(language)]
    return text.format(**values) if values else text


def name_of(value: str, by: By, language: str) -> str:
    """Of a row: a country, a language, a theme or a stance."""
    if not value:
        return say("all", language)
    if by is By.COUNTRY:
        return country_name(value, language)
    if by is By.LANGUAGE:
        return language_name(value, language)
    if by is By.THEME:
        theme = themes().get(value)
        return value if theme is None else (theme.vi if language == "vi" else theme.en)
    return (STANCES if language == "vi" else _STANCES_EN).get(value, value)


# -- as a table ---------------------------------------------------------------------------------------


def sheets(trend: Trend, language: str, names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The rows, and the outlets that are not compared. ``names`` are those of outlets, by id."""
    head, rows = table(trend, language)
    outlets = [say(key, language) for key in ("outlet", "by.country", "came", "went", "articles")]
    changes = [_change(each, language, names) for each in trend.changes]
    return Sheet(say("sheet", language), head, rows), Sheet(say("sheet.outlets", language), outlets, changes)


def table(trend: Trend, language: str) -> tuple[list[str], list[list[Cell]]]:
    head = [
        say(f"by.{trend.by}", language),
        *(f"{month.first:%m/%Y}" for month in trend.whole.months),
        say("articles", language),
        *_heads("steady", language),
        say("before", language),
        *_heads("times", language),
        *([say("share", language), say("share_before", language)] if trend.by is By.STANCE else []),
        say("verdict", language),
    ]
    return head, [_line(trend, row, language) for row in (trend.whole, *trend.rows)]


def _heads(what: str, language: str) -> list[str]:
    """Of a number and the ends of its interval."""
    name = say(what, language)
    return [name, *(say(end, language, what=name) for end in ("low", "high"))]


def _line(trend: Trend, row: Row, language: str) -> list[Cell]:
    shares = [_value(row.share), _value(row.share_before)] if trend.by is By.STANCE else []
    return [
        name_of(row.value, trend.by, language),
        *(month.articles for month in row.months),
        row.articles,
        *_three(row.now),
        _value(row.before),
        *_three(row.ratio),
        *shares,
        say(f"verdict.{row.verdict}", language),
    ]


def _three(given: Interval | None) -> tuple[Cell, Cell, Cell]:
    return ("", "", "") if given is None else (_rounded(given.value), _rounded(given.low), _rounded(given.high))


def _value(given: Interval | None) -> Cell:
    return "" if given is None else _rounded(given.value)


def _rounded(number: float) -> Cell:
    return int(number) if number == int(number) else round(number, 2)


def _change(each: Change, language: str, names: Mapping[str, str]) -> list[Cell]:
    name = names.get(each.outlet, each.outlet)
    return [name, country_name(each.country, language), each.came or "", each.went or "", each.articles]


# -- as lines and as JSON -----------------------------------------------------------------------------


def lines(trend: Trend, language: str = "vi", names: Mapping[str, str] | None = None) -> list[str]:
    """For a terminal. ``names`` are those of outlets, by id."""
    span = f"{trend.period.first:%m/%Y}–{trend.period.last:%m/%Y}"
    told = [f"{span}: {say('panel', language, n=len(trend.panel))}", *_rows(trend, language)]
    if trend.changes:
        head = [say(key, language) for key in ("outlet", "by.country", "came", "went", "articles")]
        changes = [_change_line(each, language, names or {}) for each in trend.changes]
        told += ["", f"{say('sheet.outlets', language)}:", *aligned(head, changes, "llllr")]
    return told


def _rows(trend: Trend, language: str) -> list[str]:
    """A number and its interval are one cell."""
    head = [
        say(f"by.{trend.by}", language),
        *(f"{month.first:%m/%Y}" for month in trend.whole.months),
        say("articles", language),
        say("reach", language, what=say("steady", language)),
        say("before", language),
        say("reach", language, what=say("times", language)),
        *([say("share", language), say("share_before", language)] if trend.by is By.STANCE else []),
        say("verdict", language),
    ]
    rows = [
        [
            name_of(row.value, trend.by, language),
            *(str(month.articles) for month in row.months),
            str(row.articles),
            _reach(row.now, language),
            str(_value(row.before)) or "–",
            _reach(row.ratio, language),
            *([_percent(row.share), _percent(row.share_before)] if trend.by is By.STANCE else []),
            say(f"verdict.{row.verdict}", language),
        ]
        for row in (trend.whole, *trend.rows)
    ]
    return aligned(head, rows, "l" + "r" * (len(head) - 2) + "l")


def _reach(given: Interval | None, language: str) -> str:
    """12 (8,35–17,2)."""
    if given is None:
        return "–"
    value, low, high = (f"{_rounded(each)}" for each in (given.value, given.low, given.high))
    text = f"{value} ({low}–{high})"
    return text.replace(".", ",") if language == "vi" else text


def _percent(given: Interval | None) -> str:
    return "–" if given is None else f"{100 * given.value:.0f}%"


def _change_line(each: Change, language: str, names: Mapping[str, str]) -> list[str]:
    days = (f"{day:%d/%m/%Y}" if day else "–" for day in (each.came, each.went))
    return [names.get(each.outlet, each.outlet), country_name(each.country, language), *days, str(each.articles)]


def as_json(trend: Trend) -> dict[str, Any]:
    return {
        "province": trend.province,
        "by": trend.by.value,
        "from": trend.period.first.isoformat(),
        "to": trend.period.last.isoformat(),
        "before_from": trend.before.first.isoformat(),
        "before_to": trend.before.last.isoformat(),
        "made": trend.made.isoformat(),
        "panel": list(trend.panel),
        "unplaced": trend.unplaced,
        "all": _row(trend.whole),
        "rows": [_row(each) for each in trend.rows],
        "changes": [_told(each) for each in trend.changes],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "value": row.value,
        "articles": row.articles,
        "stories": row.stories,
        "now": _interval(row.now),
        "before": _interval(row.before),
        "ratio": _interval(row.ratio),
        "verdict": row.verdict.value,
        "share": _interval(row.share),
        "share_before": _interval(row.share_before),
        "months": [
            {
                "month": f"{each.first:%Y-%m}",
                "articles": each.articles,
                "stories": each.stories,
                "steady": _interval(each.steady),
                "share": _interval(each.share),
            }
            for each in row.months
        ],
    }


def _interval(given: Interval | None) -> dict[str, float] | None:
    return None if given is None else {name: round(getattr(given, name), 4) for name in ("value", "low", "high")}


def _told(each: Change) -> dict[str, Any]:
    days = {name: day.isoformat() if day else None for name, day in (("came", each.came), ("went", each.went))}
    return {"outlet": each.outlet, "country": each.country, **days, "articles": each.articles}
