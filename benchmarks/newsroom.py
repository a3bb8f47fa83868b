"""A home filled with articles for measuring, in bulk: what months of collecting would have brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, insert

from benchmarks.newsprint import NOW, OUTLETS, PROVINCE, wording
from benchmarks.newsprint import articles as articles_of
from diembao.core.document import Document
from diembao.core.errors import WrongUse
from diembao.core.ports import Event
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.store.tables import articles, bookmarks, labels, log, revisions

_ROWS: Final = 2000  # articles in one transaction
_A_DAY: Final = 300  # articles about the province
_COMPARED: Final = 100  # articles by which a home is known again
_OF_PROVINCE: Final = frozenset({"relevance", "theme", "stance"})


def filled(home: Path, made: Iterable[Document], count: int) -> Installation:
    """A house with these articles (``count`` of them), judged and grouped; its index is empty.

    Raises:
        WrongUse: the home was filled with other articles; what is compared would not be the same.
    """
    home.mkdir(parents=True, exist_ok=True)
    names = "\n".join(
        f"- {{id: {name}, name: {name}, country: {country}, language: {language}, "
        f"home: 'https://{name}.example/', feeds: ['https://{name}.example/rss']}}"
        for name, (country, language) in OUTLETS.items()
    )
    (home / "outlets.yaml").write_text(names, encoding="utf-8")
    (home / "diembao.toml").write_text(
        f'province = "{PROVINCE}"\n[crawl]\ncatalogue = "outlets.yaml"\n', encoding="utf-8"
    )
    house = open_installation(load(home))
    if house.store.size():
        _same(house, made, count)
    else:
        _fill(house, iter(made))
    return house


def _fill(house: Installation, made: Iterator[Document]) -> None:
    engine = create_engine(house.settings.store_url)
    first = 1
    while part := list(islice(made, _ROWS)):
        with engine.begin() as connection:
            connection.execute(insert(articles), [_article(each) for each in part])
            connection.execute(insert(revisions), [_revision(each) for each in part])
            connection.execute(insert(labels), [row for each in part for row in _labels(each)])
            numbered = enumerate(part, first)
            grouped = [{"number": n, "event": Event.GROUPED, "article_id": each.id, "at": NOW} for n, each in numbered]
            connection.execute(insert(log), grouped)
        first += len(part)
    with engine.begin() as connection:
        connection.execute(insert(bookmarks), [{"step": "index", "number": first - 1}])
    engine.dispose()


def _same(house: Installation, made: Iterable[Document], count: int) -> None:
    few = {each.id: each.title for each in islice(made, _COMPARED)}
    kept = {item.article.id: item.article.title for item in house.store.articles(list(few))}
    if house.store.size() != count or kept != few:
        msg = f"{house.settings.home} holds other articles than these; name another --home"
        raise WrongUse(msg)


def _article(each: Document) -> dict[str, Any]:
    return {
        "id": each.id,
        "url": f"https://{each.keywords['outlet'][0]}.example/{each.id}",
        "outlet": each.keywords["outlet"][0],
        "language": each.keywords["language"][0],
        "text_from": "page",
        "published_at": each.published,
        "published_offset": 7 * 3600,
        "published_from": "feed",
        "seen_at": each.seen,
        "sorted_at": each.published,
        "stored_at": each.seen,
        "revision": 1,
        "revised_at": None,
        "twin": each.id,
    }


def _revision(each: Document) -> dict[str, Any]:
    return {
        "article_id": each.id,
        "number": 1,
        "title": each.title,
        "lead": each.lead,
        "text": each.text,
        "words": each.id,
        "seen_at": each.seen,
        "response": None,
    }


def _labels(each: Document) -> Iterator[dict[str, Any]]:
    for kind in ("language", "relevance", "theme", "stance", "story", "role"):
        for key in each.keywords[kind]:
            yield {
                "article_id": each.id,
                "kind": kind,
                "key": key,
                "about": PROVINCE if kind in _OF_PROVINCE else "",
                "revision": 1,
                "score": 0.9,
                "given_by": "rules",
                "by_person": False,
                "why": "benchmark",
                "at": each.seen + timedelta(seconds=1),
                "ended_at": None,
                "ended_by": None,
            }


class News:
    """What comes into a filled home while it is looked at: each article stored, judged, in the index."""

    def __init__(self, house: Installation, now: datetime) -> None:
        self._house, self._now = house, now
        self._engine = create_engine(house.settings.store_url)
        self._made = (each for each in articles_of(wording(None), 1_000_000) if each.keywords["story"])
        self.ids: list[str] = []
        self.came = 0

    def today(self) -> None:
        """The articles of the last day, where they are not there; and a run that has ended."""
        day = [replace(each, keywords=each.keywords | {"story": (each.id,)}) for each in islice(self._made, _A_DAY)]
        made = [_as_of(each, f"day-{n}", self._now - timedelta(minutes=n)) for n, each in enumerate(day)]
        known = {item.article.id for item in self._house.store.articles([each.id for each in made])}
        self._put([each for each in made if each.id not in known])
        self._house.store.end_run(self._house.store.begin_run(self._now), self._now)
        self.ids += [each.id for each in made]

    def one(self) -> None:
        """The next article."""
        self.came += 1
        now = datetime.now(UTC)
        self._put([_as_of(next(self._made), f"{now.isoformat()}-{self.came}", now)])

    def _put(self, made: list[Document]) -> None:
        if not made:
            return
        with self._engine.begin() as connection:
            first = self._house.store.head() + 1
            connection.execute(insert(articles), [_article(each) for each in made])
            connection.execute(insert(revisions), [_revision(each) for each in made])
            connection.execute(insert(labels), [row for each in made for row in _labels(each)])
            numbered = enumerate(made, first)
            grouped = [{"number": n, "event": Event.GROUPED, "article_id": e.id, "at": self._now} for n, e in numbered]
            connection.execute(insert(log), grouped)
        self._house.index.put(made)
        self._house.index.mark(first + len(made) - 1)


def _as_of(each: Document, name: str, when: datetime) -> Document:
    return replace(each, id=sha256(name.encode()).hexdigest()[:16], published=when, seen=when)
