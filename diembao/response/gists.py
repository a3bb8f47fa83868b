"""Gists that may leave the house: those that a person accepted."""

from __future__ import annotations

from collections.abc import Iterable

from diembao.core.article import Labelled
from diembao.core.opinion import Gist
from diembao.core.ports import Store


def accepted_gist(store: Store, article_id: str, language: str) -> Gist | None:
    """The gist of an article that a person accepted, as it is or in their own words (``Gist.words``); None: nobody
    has, or the article has changed since.
    """
    item = store.article(article_id)
    return accepted_gists(store, [item], language).get(article_id) if item else None


def accepted_gists(store: Store, items: Iterable[Labelled], language: str) -> dict[str, Gist]:
    """Of each of these articles, as they are here, that has one; by its id."""
    revisions = {item.article.id: item.article.revision for item in items}
    found = store.gists(list(revisions)) if revisions else ()
    return {
        each.article_id: each
        for each in found
        if each.language == language and each.accepted and each.revision == revisions[each.article_id]
    }
