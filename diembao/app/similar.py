"""`diembao similar`: the articles that are like one article, as data and as text."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.app.finding import article_named
from diembao.core.article import Kind
from diembao.pipeline.nearby import behind, similar
from diembao.pipeline.wiring import Installation

_LIKENESS: Final = {"very": "rất gần", "close": "gần", "related": "có liên quan"}


def similar_to(house: Installation, named: str, limit: int) -> dict[str, Any]:
    """``compared`` is false where the article has no vector yet; ``waiting`` entries of the log are then still to be
    read by the encoder (None: there is no encoder).

    Raises:
        WrongUse: there is no such article.
    """
    article = article_named(house, named)
    found = similar(house, article.article.id, limit)
    sizes = house.store.story_sizes([story for near in found or () if (story := near.item.key(Kind.STORY))])
    return {
        "id": article.article.id,
        "title": article.article.title,
        "compared": found is not None,
        "waiting": None if found is not None else behind(house),
        "similar": [
            {
                "id": near.item.article.id,
                "title": near.item.article.title,
                "url": near.item.article.url,
                "outlet": house.outlet_name(near.item.article.outlet),
                "language": near.item.article.language,
                "published": near.item.article.when.isoformat(),
                "likeness": near.likeness.value,
                "words": round(near.words, 3),
                "meaning": round(near.meaning, 3),
                "shared": list(near.shared),
                "same_story": near.same_story,
                **dict(zip(("articles", "texts"), sizes.get(near.item.key(Kind.STORY) or "", (1, 1)), strict=True)),
            }
            for near in found or ()
        ],
    }


def as_text(found: dict[str, Any], zone: str) -> str:
    """``zone``: the province's, in which days are told."""
    if not found["compared"]:
        return _not_compared(found["waiting"])
    return "\n".join(_line(one, zone) for one in found["similar"]) or "Chưa có bài nào về tỉnh gần với bài này."


def _not_compared(waiting: int | None) -> str:
    if waiting is None:
        return 'Không so được: cài đặt classifier.encoder = "none", không có mô hình nào để so.'
    behind = f"còn {waiting} việc chưa đọc" if waiting else "bài không có chữ nào máy đọc được"
    todo = "; chạy `diembao run --once`, hoặc chờ `diembao up` làm tới" if waiting else ""
    return f"Bài này chưa được so: {behind}{todo}."


def _line(one: dict[str, Any], zone: str) -> str:
    when = datetime.fromisoformat(one["published"]).astimezone(ZoneInfo(zone))
    same = ", cùng một chuyện" if one["same_story"] else ""
    counted = f" · chuyện có {one['articles']} bài, {one['texts']} văn bản khác nhau" if one["articles"] > 1 else ""
    shared = f"\n    cùng nhắc: {', '.join(one['shared'])}" if one["shared"] else ""
    head = f"{_LIKENESS[one['likeness']]}{same} · {one['outlet']} · {when:%d/%m/%Y %H:%M} · {one['title']}"
    return f"{head}{counted}\n    {one['url']}{shared}"
