"""One page's whole story: found, fetched, read, judged, grouped, made searchable, told, cited.

By the id that entry and article share, which is also what log lines about it carry.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from diembao.core.article import Kind, Label, Labelled
from diembao.core.errors import IndexAway
from diembao.core.ledger import Hop, Outcome
from diembao.core.ports import Event
from diembao.core.tracing import Known, Seen
from diembao.pipeline.wiring import Installation

_OF_GROUPING = (Kind.STORY, Kind.ROLE, Kind.HEADLINE)


def trace(house: Installation, item_id: str) -> dict[str, Any] | None:
    """As JSON; None: nobody here has ever seen it. What did not happen is null or empty."""
    known, its = house.store.known_entry(item_id), item_id
    if known and known.article_id and known.article_id != item_id:  # the same words under another address
        its = known.article_id
    item = house.store.article(its)
    if known is None and item is None:
        return None
    return {
        "id": item_id,
        "article": item.article.id if item else None,
        "url": item.article.url if item else known and known.entry.url,
        "outlet": item.article.outlet if item else known and known.entry.outlet,
        "title": item.article.title if item else known and known.entry.title,
        "discovered": _discovered(house, item_id, known),
        "fetched": _fetched(house, item_id),
        "extracted": _extracted(house, item) if item else None,
        "judged": _judged(house, its) if item else [],
        "grouped": _grouped(house, item) if item else None,
        "indexed": _indexed(house, its) if item else None,
        "alerted": _alerted(house, its),
        "cited": [{"kind": each.kind, "what": each.what, "at": each.at} for each in house.store.cited(its)],
        "log": [{"number": n, "event": event, "at": at} for n, event, at in house.store.log_of(its)],
    }


def _discovered(house: Installation, item_id: str, known: Known | None) -> dict[str, Any]:
    return {
        "source": known.entry.source if known else None,
        "first_seen": known.first_seen if known else None,
        "last_seen": known.last_seen if known else None,
        "outcome": known.outcome if known else None,
        "reason": known.reason if known else "",
        "waiting": known.pending if known else False,
        "seen": [
            {"run": x.run, "by": x.by, "source": x.source, "outcome": x.outcome, "reason": x.reason, "at": x.at}
            for x in _lines(house, item_id)
        ],
    }


def _lines(house: Installation, item_id: str) -> list[Seen]:
    """Oldest first. A source that is read every few minutes names a page a hundred times in a morning: the lines that
    say what became of it are asked for by themselves.
    """
    latest = {*house.store.seen(item_id), *house.store.seen(item_id, but=[Outcome.UNCHANGED])}
    return sorted(latest, key=lambda line: (line.at, line.run))


def _fetched(house: Installation, item_id: str) -> list[dict[str, Any]]:
    """Answers, oldest first, each with its redirects; ``bytes`` is null where there was nothing to keep."""
    return [
        {"bytes": x.size, "sha256": x.digest, "kept": x.kept, "hops": [_hop(each) for each in x.hops]}
        for x in house.store.fetched(item_id)
    ]


def _hop(hop: Hop) -> dict[str, Any]:
    status = hop.head.split(b"\r\n", 1)[0].decode("latin-1")
    seconds = (hop.answered_at - hop.asked_at).total_seconds()
    return {"url": hop.url, "status": status, "at": hop.asked_at, "seconds": round(seconds, 3)}


def _extracted(house: Installation, item: Labelled) -> dict[str, Any]:
    article = item.article
    return {
        "at": article.seen_at,
        "text_from": article.text_from,
        "characters": len(article.text),
        "published_at": article.published_at,
        "published_from": article.published_from,
        "revisions": [{"number": x.number, "at": x.seen_at} for x in house.store.revisions(article.id)],
        "withdrawn": [x.at for x in house.store.withdrawals(article.id) if x.returned_at is None],
    }


def _judged(house: Installation, article_id: str) -> list[dict[str, Any]]:
    """Labels in force and before, the newest first; those of grouping stand apart."""
    history = house.store.label_history(article_id)
    return [_label(label, ended) for label, ended in history if label.kind not in _OF_GROUPING]


def _label(label: Label, ended: datetime | None) -> dict[str, Any]:
    about = {"kind": label.kind, "key": label.key, "about": label.about, "revision": label.revision}
    return {**about, "score": label.score, "by": label.by, "why": label.why, "at": label.at, "ended_at": ended}


def _grouped(house: Installation, item: Labelled) -> dict[str, Any] | None:
    story = item.key(Kind.STORY)
    if story is None:
        return None
    role = next((label for label in item.labels if label.kind is Kind.ROLE), None)
    articles, texts = house.store.story_sizes([story]).get(story, (1, 1))
    told = {"role": role.key if role else None, "why": role.why if role else "", "at": role.at if role else None}
    return {"story": story, **told, "articles": articles, "texts": texts}


def _indexed(house: Installation, article_id: str) -> dict[str, Any]:
    """Is the searchable copy at, or past, the last thing that was said of it? None: it cannot be asked."""
    last = max((n for n, event, _ in house.store.log_of(article_id) if event == Event.GROUPED), default=None)
    position: int | None = None
    with suppress(IndexAway):
        position = house.index.position()
    done = None if position is None else last is not None and last <= position
    return {"searchable": done, "entry": last, "position": position}


def _alerted(house: Installation, article_id: str) -> list[dict[str, Any]]:
    return [
        {
            "alert": x.subscription,
            "why": x.why,
            "channel": x.to.channel,
            "to": x.to.address,
            "state": x.fate,
            "at": x.at,
            "settled_at": x.settled_at,
            "error": x.error,
        }
        for x in house.store.messages_about(article_id)
    ]
