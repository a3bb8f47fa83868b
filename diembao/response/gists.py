"""Gists that may leave the house: those that a person accepted."""

from __future__ import annotations

from diembao.core.opinion import Gist
from diembao.core.ports import Store


def accepted_gist(store: Store, article_id: str, language: str) -> Gist | None:
    """The gist of an article that a person accepted, as it is or in their own words (``Gist.words``); None: nobody
    has.
    """
    found = store.gists([article_id])
    return next((one for one in found if one.language == language and one.accepted), None)
