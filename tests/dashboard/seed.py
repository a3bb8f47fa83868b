"""The made-up month of coverage, put in through the store's own doors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import yaml

from diembao.core.alert import Alert
from diembao.core.article import Article, DateFrom, Kind, Label, article_id
from diembao.core.document import document
from diembao.core.ledger import Entry, Outcome, Sighting, Validators
from diembao.core.settings import FILE, Settings, load
from diembao.pipeline.steps import OF_READING
from diembao.pipeline.wiring import Installation
from tests.dashboard.published import LEADING, OUTLETS, Told, month

ZONE: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2026, 11, 21, 6, 40, tzinfo=ZONE)
PROVINCE: Final = "gia-lai"
MODEL: Final = "model:seed-1"


def home_at(home: Path) -> Settings:
    """The settings of an installation whose catalogue is the list above."""
    entries = [
        {
            "id": name,
            "name": title,
            "country": country,
            "language": language,
            "home": f"https://{name}.example/",
            "feeds": [f"https://{name}.example/rss"],
        }
        for name, title, country, language in OUTLETS
    ]
    (home / "outlets.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    (home / FILE).write_text('[crawl]\ncatalogue = "outlets.yaml"\n', encoding="utf-8")
    return load(home)


@dataclass
class Seeded:
    """What was put in, by a short name."""

    ids: dict[str, str] = field(default_factory=dict)


def fill(house: Installation, told: Sequence[Told] = (), *, now: datetime = NOW) -> Seeded:
    """Store, judge, group and index these articles, as one run that has ended."""
    told = told or (*LEADING, *month())
    run = house.store.begin_run(now - timedelta(minutes=9))
    entries = [entry_of(each) for each in told]
    _read(house, run, entries, now)
    seeded = Seeded()
    for each, entry in zip(told, entries, strict=True):
        article = _article(each, entry, now)
        seen = now - timedelta(hours=each.hours)
        house.store.page_stored(run, entry, article, now=seen, response=None, reading=each.reading)
        seeded.ids[each.slug or each.story] = seeded.ids.get(each.slug or each.story, article.id)
    _fail(house, run, now)
    house.store.end_run(run, now - timedelta(minutes=4))
    _judge(house, told, entries, now)
    index(house)
    return seeded


def revise(house: Installation, told: Told, *, title: str, text: str, now: datetime = NOW) -> str:
    """The outlet changes its words: a new revision."""
    run = house.store.begin_run(now - timedelta(minutes=3))
    entry = entry_of(told)
    house.store.source_read(
        run, "again", told.outlet, settled=(), left_out=(), pending=[entry], validators=Validators(), now=now
    )
    article = replace(_article(told, entry, now), title=title, text=text)
    house.store.page_stored(run, entry, article, now=now, response=None)
    house.store.end_run(run, now - timedelta(minutes=2))
    return article.id


def index(house: Installation) -> None:
    """The whole store into the index, and the index to the end of the log."""
    items = house.store.articles(list(house.store.article_ids()))
    house.index.put(document(x, provinces=[house.viewed], country=house.country(x.article.outlet)) for x in items)
    house.index.mark(house.store.head())


def entry_of(told: Told) -> Entry:
    url = f"https://{told.outlet}.example/{article_id(told.title + told.story)[:10]}.html"
    return Entry(article_id(url), url, told.outlet, f"https://{told.outlet}.example/rss", told.title, told.lead)


def _article(told: Told, entry: Entry, now: datetime) -> Article:
    at = now - timedelta(hours=told.hours)
    language = {name: language for name, _, _, language in OUTLETS}[told.outlet]
    return Article(
        id=entry.id,
        url=entry.url,
        outlet=told.outlet,
        title=told.title,
        lead=told.lead,
        text=told.text,
        text_from=told.text_from,
        language=language,
        published_at=None if told.date_from is DateFrom.NONE else at,
        published_from=told.date_from,
        seen_at=at + timedelta(minutes=4),
    )


def _read(house: Installation, run: int, entries: Sequence[Entry], now: datetime) -> None:
    by_outlet: dict[str, list[Entry]] = {}
    for entry in entries:
        by_outlet.setdefault(entry.outlet, []).append(entry)
    for outlet, pending in by_outlet.items():
        house.store.source_read(
            run,
            pending[0].source,
            outlet,
            settled=(),
            left_out=(),
            pending=pending,
            validators=Validators(),
            now=now - timedelta(minutes=8),
        )


def _fail(house: Installation, run: int, now: datetime) -> None:
    """One outlet has never been read, and its feed is on the books."""
    source = "https://mekong-courier.example/rss"
    sighting = Sighting(run, source, source, "mekong-courier", source, Outcome.RETRY, "status-503", now)
    house.store.source_failed(sighting, now=now)


def _judge(house: Installation, told: Sequence[Told], entries: Sequence[Entry], now: datetime) -> None:
    first = {each.story: entry.id for each, entry in zip(reversed(told), reversed(entries), strict=True)}
    with house.store.writing() as write:
        for each, entry in zip(told, entries, strict=True):
            labels = list(_labels(each, entry.id, first[each.story]))
            write.set_labels(entry.id, [kind for kind in Kind if kind not in OF_READING], labels, now=now)
        write.add_alert(_alert(told[0], entries[0], now))


def _labels(told: Told, article: str, story: str) -> Iterator[Label]:
    yield Label(article, Kind.LANGUAGE, {n: language for n, _, _, language in OUTLETS}[told.outlet])
    yield Label(article, Kind.RELEVANCE, told.relevance, PROVINCE, 1, 0.97, "rules", "“Tây Sơn”: xã của tỉnh")
    yield Label(article, Kind.RELEVANCE, "yes", "binh-dinh", 1, 0.97, "rules", "“Tây Sơn”: xã của tỉnh cũ")
    if told.relevance == "no":
        return
    yield Label(article, Kind.STANCE, told.stance, PROVINCE, 1, told.score, MODEL, told.why)
    for n, theme in enumerate(told.themes):
        yield Label(article, Kind.THEME, theme, PROVINCE, 1, 0.9 - n / 10, MODEL, "từ khóa của chủ đề")
    yield Label(article, Kind.STORY, story, "", 1, 0.9, MODEL, "cùng sự việc")
    yield Label(article, Kind.ROLE, told.role, "", 1, 0.9, MODEL)


def _alert(told: Told, entry: Entry, now: datetime) -> Alert:
    return Alert(0, "Phê phán về tỉnh", entry.id, entry.id, told.title, entry.url, told.outlet, told.why, now)
