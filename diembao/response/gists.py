"""Gists that may leave the house: those that a person accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from diembao.core.accounts import number_of
from diembao.core.article import Labelled
from diembao.core.opinion import Gist, GistVerdict
from diembao.core.ports import Store
from diembao.core.text import snippet
from diembao.response.lines import one_line

LENGTH: Final = 900  # characters: three sentences, and long ones
_MARKED: Final = {  # whether a person wrote in it, then by the language: who, what it says
    (False, "vi"): "máy dịch và tóm tắt, {who} đã duyệt: {told}",
    (True, "vi"): "máy dịch và tóm tắt, {who} đã sửa và duyệt: {told}",
    (False, "en"): "translated and summarised by machine, accepted by {who}: {told}",
    (True, "en"): "translated and summarised by machine, mended and accepted by {who}: {told}",
}
_SOMEBODY: Final = {"vi": "người", "en": "a person"}


def accepted_gist(store: Store, article_id: str, language: str) -> Gist | None:
    """The gist of an article that a person accepted, as it is or in their own words (``Gist.words``); None: nobody
    has, or the article has changed since.
    """
    if not _accepted(store, [article_id], language):  # so it is with most: the article need not be read
        return None
    item = store.article(article_id)
    return accepted_gists(store, [item], language).get(article_id) if item else None


def accepted_gists(store: Store, items: Iterable[Labelled], language: str) -> dict[str, Gist]:
    """Of each of these articles, as they are here, that has one; by its id."""
    revisions = {item.article.id: item.article.revision for item in items}
    found = _accepted(store, list(revisions), language)
    return {each.article_id: each for each in found if each.revision == revisions[each.article_id]}


def _accepted(store: Store, ids: Sequence[str], language: str) -> list[Gist]:
    found = store.gists(ids) if ids else ()
    return [each for each in found if each.language == language and each.accepted]


def accepted_words(store: Store, gist: Gist, language: str, part: str = "") -> str:
    """On one line, as it may leave the house: that a machine wrote it, who accepted it, and what it says (of which
    ``part`` alone, where one is given).
    """
    number = number_of(gist.by)
    account = None if number is None else store.account(number)
    who = account.shown if account else _SOMEBODY[language]
    told = snippet(one_line(part or gist.words), length=LENGTH).rstrip(" .")
    return _MARKED[gist.verdict is GistVerdict.EDITED, language].format(who=who, told=told)
