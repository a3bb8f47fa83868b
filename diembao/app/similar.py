"""`diembao similar`: the articles that are like one article, as data and as text."""

from __future__ import annotations

import re
from typing import Any, Final

from diembao.core.errors import Refused, WrongUse
from diembao.pipeline.nearby import similar
from diembao.pipeline.wiring import Installation

_ID: Final = re.compile(r"[0-9a-f]{16}")
_LIKENESS: Final = {"very": "rất gần", "close": "gần", "related": "có liên quan"}


def similar_to(house: Installation, named: str, limit: int) -> dict[str, Any]:
    """``compared`` is false where the article has no vector yet.

    Raises:
        WrongUse: there is no such article.
    """
    article = house.store.article(named if _ID.fullmatch(named) else _id(named))
    if article is None:
        msg = f"there is no article '{named[:200]}' in the store"
        raise WrongUse(msg)
    found = similar(house, article.article.id, limit)
    return {
        "id": article.article.id,
        "title": article.article.title,
        "compared": found is not None,
        "similar": [
            {
                "id": near.item.article.id,
                "title": near.item.article.title,
                "url": near.item.article.url,
                "outlet": house.outlet_name(near.item.article.outlet),
                "language": near.item.article.language,
                "published": near.item.article.when.isoformat(),
                "likeness": near.likeness.value,
                "score": round(near.score, 3),
                "same_story": near.same_story,
            }
            for near in found or ()
        ],
    }


def _id(url: str) -> str:
    from crawlers.identity import identify

    try:
        return identify(url)[1]
    except Refused as error:
        msg = f"'{url[:200]}' is neither an article's id nor an address"
        raise WrongUse(msg) from error


def as_text(found: dict[str, Any]) -> str:
    if not found["similar"]:
        return "Chưa có bài nào về tỉnh gần với bài này." if found["compared"] else "Bài này chưa được so."
    lines = (
        f"{_LIKENESS[one['likeness']]}{', cùng vụ việc' if one['same_story'] else ''} · {one['outlet']} · "
        f"{one['published'][:10]} · {one['title']}\n    {one['url']}"
        for one in found["similar"]
    )
    return "\n".join(lines)
