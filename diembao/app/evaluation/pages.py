"""`eval extract`: is the article taken out of its page whole, and nothing else with it?

The measure is that of article-extraction-benchmark: runs of four words (characters, where a script has no spaces) in
the true text and in ours; precision and recall are means over pages, F1 is made of the two means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

from crawlers.extract import Page, extract
from diembao.app.evaluation.dates import same_day
from diembao.app.evaluation.files import apart, content, reason
from diembao.app.evaluation.outlets import Outlets, host
from diembao.app.evaluation.records import Moment, Name, Record, Step, Text, Words, read, refuse_repeats
from diembao.core.article import DateFrom
from diembao.core.errors import SetAside, WrongUse
from diembao.core.settings_crawl import CrawlSettings

TRUTH = "ground_truth.jsonl"
SHINGLE = 4
# Thai, Lao, Khmer, Myanmar, Han, kana: scripts without spaces, whose vowel signs and tones Python takes for no letters.
_SPACELESS = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u109f\u1780-\u17d3\u17dc\u17dd"
    "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
_TOKEN = re.compile(rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}])\w)+")
_NOTHING = Page("", "", "", None, DateFrom.NONE)


class Truth(Record):
    id: Name
    url: Text
    html: Text
    articleBody: Words  # noqa: N815 (the set's own key)
    title: Words = ""
    published: Moment = None
    lead: Words = ""
    language: Words = ""

    @property
    def words(self) -> str:
        """Lead and body, as a reader has them before him; some sets repeat the lead in the body, some do not."""
        repeated = _same(self.articleBody[: 2 * len(self.lead)], self.lead, begins=True)
        return self.articleBody if not self.lead or repeated else f"{self.lead}\n{self.articleBody}"


@dataclass(slots=True)
class _Sums:
    """Fractions page by page."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    titles: list[bool] = field(default_factory=list)
    leads: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)


def load(folder: Path) -> list[Truth]:
    truths = read(folder / TRUTH, Truth)
    refuse_repeats(folder / TRUTH, (one.id for one in truths), "id")
    for one in truths:
        if not (folder / one.html).is_file():
            msg = f"{folder / TRUTH}: the page {one.html[:200]!r} is not there"
            raise WrongUse(msg)
    return truths


def measure(folder: Path, truths: Sequence[Truth], now: datetime, step: Step) -> dict[str, Any]:
    """``pages_per_s`` is of processor time, for extraction alone, after the libraries are loaded."""
    outlets, sums = Outlets(), _Sums()
    failures: Counter[str] = Counter()
    extract(b"<html><body><p>.</p></body></html>", "https://set.invalid/", outlets.stranger(), now)
    seconds = 0.0
    for one in truths:
        began = process_time()
        try:
            page = _read(folder / one.html, one, outlets, now)
        except SetAside as error:
            failures[reason(error)] += 1
            page = _NOTHING
        seconds += process_time() - began
        _judge(one, page, sums)
        step(1)
    precision, recall = _mean(sums.precision), _mean(sums.recall)
    return {
        "n": len(truths),
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "precision": precision,
        "recall": recall,
        **_accuracy("title", sums.titles),
        **_accuracy("lead", sums.leads),
        **_accuracy("date", sums.dates),
        "pages_per_s": round(len(truths) / max(seconds, 1e-6), 1),
        "failures": dict(failures),
    }


def _read(path: Path, one: Truth, outlets: Outlets, now: datetime) -> Page:
    data = content(path, CrawlSettings().max_page_bytes)
    outlet = outlets.find(host(one.url)) or outlets.stranger(one.language)
    with apart(path.name):
        return extract(data, one.url, outlet, now)


def _judge(one: Truth, page: Page, sums: _Sums) -> None:
    right, extra, missed = shared(one.words, page.words)
    if right + extra:
        sums.precision.append(right / (right + extra))
    if right + missed:
        sums.recall.append(right / (right + missed))
    if one.title:
        sums.titles.append(_same(page.title, one.title))
    if one.lead:
        sums.leads.append(_same(page.lead, one.lead))
    if one.published:
        sums.dates.append(page.published_at is not None and same_day(one.published, page.published_at))


def shared(true: str, said: str) -> tuple[int, int, int]:
    """Shingles in both, in ours only, in the true text only; each as often as it stands there."""
    ours, theirs = Counter(_shingles(said)), Counter(_shingles(true))
    right = (ours & theirs).total()
    return right, ours.total() - right, theirs.total() - right


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    for at in range(max(1, len(tokens) - SHINGLE + 1)):
        if tokens:
            yield tuple(tokens[at : at + SHINGLE])


def _same(one: str, other: str, *, begins: bool = False) -> bool:
    """The same words; blanks, marks between them and capitals aside."""
    first, second = (" ".join(_TOKEN.findall(text.casefold())) for text in (one, other))
    return first.startswith(second) if begins else first == second


def _accuracy(what: str, right: Sequence[bool]) -> dict[str, Any]:
    """None where no page says what is true."""
    return {f"{what}_accuracy": _mean(right) if right else None, f"{what}_n": len(right)}


def _mean(fractions: Sequence[float]) -> float:
    return sum(fractions) / len(fractions) if fractions else 0.0
