"""The articles that both engines are asked about: the demo newsroom's, in ten languages, and generated ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from demo.copydesk import pieces
from demo.masthead import BY_ID
from diembao.core.document import Document
from tests.indexer import generated
from tests.indexer.articles import NOW


def corpus() -> Iterator[Document]:
    """The demo's articles, each twice, so that there are ties; the second time without its lead."""
    for n, piece in enumerate(pieces()):
        when = NOW - timedelta(hours=3.7 * (n % 100))
        keywords = {
            "outlet": (piece.outlet,),
            "country": (BY_ID[piece.outlet].country,),
            "language": (piece.language,),
            "relevance": (piece.truth.gialai,),
            "place": ("gia-lai",) if piece.truth.gialai != "no" else (),
            "theme": piece.truth.themes,
            "stance": (piece.truth.stance,),
            "story": (piece.story,) if piece.story else (),
            "role": (("original", "copy", "follow-up")[n % 3],) if piece.story else (),
        }
        words = piece.words
        body = "\n".join(words.body)
        yield Document(f"{(n * 7919) % 1000:03d}-{piece.slug}", words.title, words.lead, body, when, when, keywords)
        yield Document(f"{(n * 104729) % 1000:03d}-{n}", words.title, "", body, when, NOW, keywords)
    yield from generated.documents()
