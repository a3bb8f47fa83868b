"""Vectors follow the store by a bookmark of their own.

After a change of model all are made again, while the old one's answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from diembao.core.article import Article, is_article_id
from diembao.core.ports import Event
from diembao.pipeline.wiring import Installation

READS: Final = (Event.ARTICLE, Event.REVISION)
# Characters of a text's beginning that its vector stands for: what is new stands there, background behind it.
ENCODED: Final = 1500


def encode_batch(house: Installation, now: Callable[[], datetime], worker: str, *, limit: int) -> int | None:
    """The next articles of the log; how many. None: there is nothing to do, or no encoder to do it."""
    vectors, encoder = house.vectors, house.encoder
    if vectors is None or encoder is None:
        return None
    if vectors.position() < house.store.bookmark("encode"):  # deleted, or another model's
        house.store.rewind("encode", vectors.position())
    lease = house.store.lease("encode", READS, worker=worker, now=now(), limit=limit)
    if lease is None:
        if vectors.answers != vectors.version:
            vectors.take_over()
        return None
    # An id that is none (a row from elsewhere) has no vector: it must not stop those behind it in the log.
    articles = [
        item.article for item in house.store.articles([each for each in lease.article_ids if is_article_id(each)])
    ]
    vectors.put([article.id for article in articles], encoder.encode([_text(article) for article in articles]))
    with house.store.writing() as write:
        write.finish(lease)
    vectors.mark(house.store.bookmark("encode"))
    return len(articles)


def _text(article: Article) -> str:
    return f"{article.title}\n{article.lead}\n{article.text[:ENCODED]}"
