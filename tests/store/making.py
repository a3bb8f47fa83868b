"""Articles, entries and labels for the store's tests, written for the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from diembao.core.alert import Alert
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom, article_id
from diembao.core.ledger import Entry, Outcome, Sighting, Validators
from diembao.core.ports import Store

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
VIETNAM = timezone(timedelta(hours=7))
FEED = "https://bao-mau.example/rss"
OUTLET = "bao-mau"
PROVINCE = "gia-lai"
OFFICER = "person:truc-ban"


def later(**kwargs: float) -> datetime:
    return NOW + timedelta(**kwargs)


def url(slug: str) -> str:
    return f"https://bao-mau.example/{slug}"


def id_of(slug: str) -> str:
    return article_id(url(slug))


def article(slug: str, **changes: Any) -> Article:
    made = Article(
        id=id_of(slug),
        url=url(slug),
        outlet=OUTLET,
        title=f"Cảng Quy Nhơn đón chuyến tàu {slug}",
        lead="Chuyến tàu mở đầu tuyến hàng hải mới.",
        text=f"Sáng nay, tàu {slug} cập cảng Quy Nhơn với hơn hai nghìn tấn hàng.",
        text_from=TextFrom.PAGE,
        language="vi",
        published_at=datetime(2026, 11, 20, 6, 30, tzinfo=VIETNAM),
        published_from=DateFrom.JSON_LD,
        seen_at=NOW,
    )
    return replace(made, **changes)


def entry(slug: str, **changes: Any) -> Entry:
    made = Entry(
        id=id_of(slug),
        url=url(slug),
        outlet=OUTLET,
        source=FEED,
        title=f"Cảng Quy Nhơn đón chuyến tàu {slug}",
        summary="Chuyến tàu mở đầu tuyến hàng hải mới.",
        text="Sáng nay, tàu cập cảng.",
        published_at=datetime(2026, 11, 20, 6, 30, tzinfo=VIETNAM),
        digest=f"digest of {slug}",
    )
    return replace(made, **changes)


def sighting(run: int, slug: str, outcome: Outcome, reason: str = "", **changes: Any) -> Sighting:
    return replace(Sighting(run, FEED, id_of(slug), OUTLET, url(slug), outcome, reason), **changes)


def label(slug: str, kind: Kind, key: str, **changes: Any) -> Label:
    about = "" if kind in {Kind.LANGUAGE, Kind.STORY, Kind.ROLE, Kind.HEADLINE} else PROVINCE
    return replace(Label(id_of(slug), kind, key, about, why="Quy Nhơn trong tiêu đề"), **changes)


def alert(slug: str, story: str, subscription: str = "Phê phán về tỉnh", at: datetime = NOW) -> Alert:
    return Alert(0, subscription, story, id_of(slug), "Tiêu đề", url(slug), OUTLET, "stance:critical", at)


def read_source(  # noqa: PLR0913 (the door's)
    store: Store,
    run: int,
    *,
    settled: Sequence[Sighting] = (),
    left_out: Sequence[Entry] = (),
    pending: Sequence[Entry] = (),
    source: str = FEED,
    validators: Validators | None = None,
    now: datetime = NOW,
) -> None:
    store.source_read(
        run,
        source,
        OUTLET,
        settled=settled,
        left_out=left_out,
        pending=pending,
        validators=validators or Validators(),
        now=now,
    )


def keep(store: Store, *articles: Article, now: datetime = NOW, response: bytes | None = None) -> list[Outcome]:
    """Bring articles all the way from a feed into the store, in a run of their own."""
    run = store.begin_run(now)
    entries = [Entry(a.id, a.url, a.outlet, FEED, a.title, digest=a.title) for a in articles]
    read_source(store, run, pending=entries, now=now)
    pairs = zip(entries, articles, strict=True)
    outcomes = [store.page_stored(run, entry, article, now=now, response=response) for entry, article in pairs]
    assert store.end_run(run, now).balanced
    return outcomes


def judge(store: Store, slug: str, *labels: Label, now: datetime = NOW) -> bool:
    """Set these labels, as a machine would, for the kinds they are of."""
    kinds = tuple({x.kind for x in labels})
    with store.writing() as writer:
        return writer.set_labels(id_of(slug), kinds, labels, now=now)
