"""The figures of a report counted a second time: by SQL over the record, without the index and without our readers."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from diembao.core.names import country_name, language_name
from diembao.pipeline.wiring import Installation
from diembao.reports.figures import Counted, Figure, Narrowed, Slice
from diembao.reports.official import OFFICIAL_WORDS
from diembao.reports.period import Period
from diembao.reports.weekly import STANCES

# A person's labels before a machine's; each article of the period that is about the province.
_BASE = """
CREATE TEMP TABLE standing AS SELECT article_id, kind, key, about, by_person FROM labels AS l WHERE ended_at IS NULL AND
    (by_person OR NOT EXISTS (SELECT 1 FROM labels AS p WHERE p.article_id = l.article_id AND p.kind = l.kind
    AND p.about = l.about AND p.by_person AND p.ended_at IS NULL));
CREATE INDEX temp.by_article ON standing (article_id, kind);
"""
_WEEK = """
CREATE TEMP TABLE week AS SELECT a.id, a.outlet, a.revision, a.language, r.title, r.lead, r.text FROM articles AS a
    JOIN revisions AS r ON r.article_id = a.id AND r.number = a.revision WHERE a.sorted_at >= ? AND a.sorted_at < ?
    AND EXISTS (SELECT 1 FROM standing AS s WHERE s.article_id = a.id AND s.kind = 'relevance' AND s.about = ?
    AND s.key IN ('yes', 'part'))
"""


class Truth:
    """Of the record in one file, for the coverage of one province."""

    def __init__(self, house: Installation, province: str = "gia-lai") -> None:
        self.house, self.province = house, province
        self.own = house.profile.id
        self.connection = sqlite3.connect(f"file:{Path(house.settings.home) / 'diembao.db'}?mode=ro", uri=True)
        self.connection.executescript(_BASE)
        self.countries = {outlet.id: outlet.country for outlet in house.outlets.values()}

    def wrong(self, figures: tuple[Figure, ...], zone: str) -> list[str]:
        """Figures that SQL counts otherwise, in this period or one before."""
        found = []
        for first, last in sorted({(x.first, x.last) for figure in figures for x in (figure.now, *figure.before)}):
            self._take(Period(first, last, zone))
            asked = [(figure, x) for figure in figures for x in (figure.now, *figure.before) if x.first == first]
            counts = [(figure.name, x.count, self._counted(figure, x)) for figure, x in asked]
            found += [f"{name} {first}: {n}, not {true}" for name, n, true in counts if true not in {None, n}]
        return found

    def _take(self, span: Period) -> None:
        self.connection.execute("DROP TABLE IF EXISTS temp.week")
        self.connection.execute(_WEEK, (_said(span.start), _said(span.end), self.province))

    def _counted(self, figure: Figure, each: Slice) -> int | None:
        """None: it is of cases or requests."""
        if not figure.counted.asked or figure.narrowed is Narrowed.OF_CASES:
            return None
        ids = set(self._ids(figure, each))
        if figure.counted is Counted.ARTICLES:
            return len(ids)
        if figure.counted is Counted.OUTLETS:
            return len({outlet for its, outlet in self.connection.execute("SELECT id, outlet FROM week") if its in ids})
        asked = "SELECT article_id, key FROM standing WHERE kind = 'story'"
        return len({story for its, story in self.connection.execute(asked) if its in ids})

    def _ids(self, figure: Figure, each: Slice) -> Iterator[str]:
        name = figure.name
        match name.partition(": "):
            case ("Thái độ", _, "chưa xét"):
                return self._without("stance", self.own, tuple(STANCES))
            case ("Thái độ", _, stance):
                return self._with("stance", self.own, next(key for key, said in STANCES.items() if said == stance))
            case ("Chủ đề", _, theme):
                key = next(x.id for x in self.house.profile.themes.values() if x.vi == theme)
                return self._with("theme", self.own, key)
            case ("Chuyện", ": ", _):
                (story,) = {part.partition("story:")[2].split(")")[0].split(" ")[0].strip('"') for part in [each.query]}
                return self._with("story", "", story)
        asked = self._named().get(name)
        return asked() if asked else self._by_place_or_language(name.removeprefix("Theo "))

    def _named(self) -> dict[str, Callable[[], Iterator[str]]]:
        own, themes = self.own, tuple(self.house.profile.themes)
        return {
            "Bài về tỉnh": self._all,
            "Nguồn có bài": self._all,
            "Chuyện": self._all,
            "Văn bản khác nhau (không kể bài đăng lại)": lambda: self._without("role", "", ("copy",)),
            "Bài của báo chí nước ngoài": lambda: self._of(lambda country: country not in {"VN", ""}),
            "Nguồn nước ngoài": lambda: self._of(lambda country: country not in {"VN", ""}),
            "Nguồn trong nước": lambda: self._of(lambda country: country == "VN"),
            "Nguồn không rõ nước": lambda: self._of(lambda country: not country),
            "Bài phê phán": lambda: self._with("stance", own, "critical"),
            "Bài phê phán do người xác định": lambda: self._rows(_BY_PERSON, own),
            "Không thuộc chủ đề nào": lambda: self._without("theme", own, themes),
            "Bài đính chính": lambda: self._with("role", "", "correction"),
            "Bài được báo sửa sau khi đăng": lambda: self._rows("SELECT id FROM week WHERE revision > 1"),
            "Bài bị báo gỡ": lambda: self._rows(_TAKEN_DOWN),
            "Bài dẫn thông tin chính thức": lambda: self._saying(OFFICIAL_WORDS),
        }

    def _by_place_or_language(self, named: str) -> Iterator[str]:
        codes = {country_name(code, "vi"): code for code in self.countries.values() if code}
        if named in codes:
            return self._of(lambda country: country == codes[named])
        pairs = self.connection.execute(_LANGUAGE).fetchall()
        return iter([its for its, code in pairs if language_name(code, "vi") == named])

    def _all(self) -> Iterator[str]:
        return self._rows("SELECT id FROM week")

    def _with(self, kind: str, about: str, key: str) -> Iterator[str]:
        return self._rows(_HAS, kind, about, key)

    def _without(self, kind: str, about: str, keys: tuple[str, ...]) -> Iterator[str]:
        having = {its for key in keys for its in self._with(kind, about, key)}
        return iter([its for its in self._all() if its not in having])

    def _of(self, wanted: Callable[[str], bool]) -> Iterator[str]:
        rows = self.connection.execute("SELECT id, outlet FROM week").fetchall()
        return iter([its for its, outlet in rows if wanted(self.countries.get(outlet, ""))])

    def _saying(self, phrases: tuple[str, ...]) -> Iterator[str]:
        for its, *told in self.connection.execute("SELECT id, title, lead, text FROM week").fetchall():
            texts = [" ".join(unicodedata.normalize("NFC", each).lower().split()) for each in told]
            if any(phrase in text for phrase in phrases for text in texts):
                yield its

    def _rows(self, asked: str, *values: str) -> Iterator[str]:
        return iter([row[0] for row in self.connection.execute(asked, values).fetchall()])


_HAS = """SELECT w.id FROM week AS w WHERE EXISTS
    (SELECT 1 FROM standing AS s WHERE s.article_id = w.id AND s.kind = ? AND s.about = ? AND s.key = ?)"""
_BY_PERSON = """SELECT w.id FROM week AS w JOIN standing AS s ON s.article_id = w.id
    WHERE s.kind = 'stance' AND s.about = ? AND s.key = 'critical' AND s.by_person"""
_LANGUAGE = """SELECT w.id, COALESCE((SELECT s.key FROM standing AS s
    WHERE s.article_id = w.id AND s.kind = 'language'), w.language) FROM week AS w"""
_TAKEN_DOWN = "SELECT id FROM week WHERE id IN (SELECT article_id FROM withdrawals WHERE returned_at IS NULL)"


def _said(moment: datetime) -> str:
    """As SQLite keeps it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
