"""Gists that may leave the house: those that a person accepted."""

from __future__ import annotations

from diembao.core.opinion import Gist
from diembao.core.ports import Store


def accepted_gist(store: Store, article_id: str, language: str) -> Gist | None:
    """The gist of an article that a person accepted, as it is or in their own words (``Gist.words``); None: nobody
    has, or the article has changed since.
    """
    found = store.gists([article_id])
    one = next((each for each in found if each.language == language and each.accepted), None)
    item = store.article(article_id) if one else None
    return one if one and item and item.article.revision == one.revision else None
