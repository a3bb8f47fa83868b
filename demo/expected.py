"""What a reader of the newsroom should find: the counts and the special sets, for tests and demonstrations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from demo.datelines import iso
from demo.edition import Edition, Item
from demo.faults import FAULTS
from demo.masthead import OUTLETS

# Forms of the province's names; an article that bears one and is not about the province is a namesake.
NAMES: Final = (
    "bình định",
    "gia lai",
    "quy nhơn",
    "hoang anh gia lai",
    "平定",
    "빈딘",
    "자라이",
    "ビンディン",
    "ザライ",
    "биньдинь",
)


def expected(*, seed: int, start: datetime, clock: Callable[[], datetime]) -> dict[str, Any]:
    """What is out at the clock's time: `visible` and its parts, `articles` one by one, `sets` of slugs by name.

    `entries` is the number of (source, link) pairs in the feeds that can be read to their end, in news sitemaps and in
    listings. An article's address is
    `newsroom.outlets[article["outlet"]] + article["path"]`.
    """
    now = clock()
    edition = Edition(seed=seed, start=start)
    items = [item for outlet in OUTLETS for item in edition.visible(outlet.id, now)]
    return {
        "visible": len(items),
        "by_outlet": dict(Counter(item.outlet.id for item in items)),
        "by_language": dict(Counter(item.piece.language for item in items)),
        "entries": sum(_entries(item) for item in items),
        "articles": [_article(item) for item in items],
        "sets": _sets(items),
    }


def _entries(item: Item) -> int:
    feeds = [x for x in item.outlet.feeds if not x.fault and x.section in {"", item.piece.section}]
    return (len(feeds) + len(item.outlet.sitemaps) + len(item.outlet.listings)) * len(item.listed)


def _article(item: Item) -> dict[str, Any]:
    piece, truth = item.piece, item.piece.truth
    return {
        "slug": piece.slug,
        "outlet": item.outlet.id,
        "language": piece.language,
        "path": item.address,
        "listed": list(item.listed),
        "title": item.title,
        "published": iso(item.at),
        "story": piece.story,
        "role": piece.role,
        "claim": piece.claim,
        "copy_of": piece.copy_of,
        "fault": piece.fault,
        "truth": {
            "gialai": truth.gialai,
            "binhdinh": truth.binhdinh,
            "themes": list(truth.themes),
            "stance": truth.stance,
        },
    }


def _sets(items: list[Item]) -> dict[str, list[str]]:
    def slugs(wanted: Callable[[Item], bool]) -> list[str]:
        return sorted(item.piece.slug for item in items if wanted(item))

    sets = {
        "copies": slugs(lambda x: bool(x.piece.copy_of) and not x.piece.edited_copy),
        "edited-copies": slugs(lambda x: x.piece.edited_copy),
        "namesakes": slugs(_namesake),
        "wrong-claim": slugs(lambda x: x.piece.claim == "wrong"),
        "answer": slugs(lambda x: x.piece.claim == "answer"),
        "corrections": slugs(lambda x: x.piece.role == "correction"),
        "follow-ups": slugs(lambda x: x.piece.role == "follow-up"),
        "edited": slugs(lambda x: x.changed > x.at),
        "about": slugs(lambda x: x.piece.truth.gialai != "no"),
    }
    faults = {f"fault-{fault}": sorted(x.piece.slug for x in items if x.piece.fault == fault) for fault in FAULTS}
    return sets | faults


def _namesake(item: Item) -> bool:
    text = " ".join((item.title, item.lead, *item.body)).lower()
    return item.piece.truth.gialai == "no" and any(name in text for name in NAMES)
