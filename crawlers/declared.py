"""What the head of a page declares of its article's form and of its price: JSON-LD and OpenGraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crawlers.plain import plain

MAX_POSTS = 500  # of a live report
_ARTICLE = re.compile(r"Article|Posting|Report|Story")
_GALLERY = re.compile(r"ImageGallery|MediaGallery|PhotoGallery")


def told_form(metas: Mapping[str, str], nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``free``, ``words``, ``live``, ``gallery`` and ``film`` of `markup.Markup`. ``nodes``: every object in the
    page's JSON-LD.
    """
    articles = [node for node in nodes if _ARTICLE.search(_type(node))]
    films = [node for node in nodes if "VideoObject" in _type(node)]
    no_article = not articles and (bool(films) or metas.get("og:type", "").lower().startswith("video"))
    return {
        "free": next((said for node in articles if (said := _free(node.get("isAccessibleForFree"))) is not None), None),
        "words": next((n for node in articles if (n := _number(node.get("wordCount")))), 0),
        "live": next((posts for node in nodes if (posts := _posts(node))), ()),
        "gallery": any(_GALLERY.search(_type(node)) for node in nodes),
        "film": _film(films, metas) if no_article else "",
    }


def _type(node: Mapping[str, Any]) -> str:
    return str(node.get("@type", ""))


def _free(value: Any) -> bool | None:  # noqa: ANN401 (as JSON gives it)
    """`false`, `"False"` and `"http://schema.org/False"` are all written."""
    said = str(value).rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(said)


def _number(value: Any) -> int:  # noqa: ANN401
    return int(value) if re.fullmatch(r"[1-9]\d{0,5}", str(value)) else 0


def _posts(node: Mapping[str, Any]) -> tuple[str, ...]:
    updates = node.get("liveBlogUpdate")
    listed = updates if isinstance(updates, list) else [updates]
    posts = [_post(each) for each in listed[:MAX_POSTS] if isinstance(each, dict)]
    return tuple(post for post in posts if post)


def _post(update: Mapping[str, Any]) -> str:
    """Its hour, its headline and its words, each once."""
    hour = re.search(r"T(\d\d:\d\d)", _words(update.get("datePublished")))
    head, body = (plain(_words(update.get(name))) for name in ("headline", "articleBody"))
    said = body if body.startswith(head) else "\n".join(part for part in (head, body) if part)
    return f"{hour[1]} {said}" if hour and said else said


def _film(films: Sequence[Mapping[str, Any]], metas: Mapping[str, str]) -> str:
    for film in films:
        said = max((plain(_words(film.get(name))) for name in ("transcript", "description")), key=len)
        if said:
            return said
    return plain(metas.get("og:description", ""))


def _words(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else ""
