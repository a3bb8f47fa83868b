"""What a page says of itself in its head: JSON-LD, meta elements, microdata.

Authors' names are read only to leave them out of the text; nothing keeps them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawlers.declared import told_form
from crawlers.plain import line, plain, text_of
from diembao.core.article import DateFrom

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_JSON = 500_000  # characters of one JSON-LD block; real ones stay below 50,000
MAX_NODES = 5_000  # objects in them
MAX_EDITIONS = 60  # languages of one page
_DATE_METAS = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.created",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "itemprop:datepublished",
]
_ARTICLE = re.compile(r"Article|Posting|Report|Story", re.IGNORECASE)
_SHOWN = '//*[@itemprop="datePublished"][not(self::meta)][not(ancestor::*[@itemprop="liveBlogUpdate"])]'
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')


@dataclass(frozen=True, slots=True)
class Markup:
    """``dates`` are raw, the most trustworthy first. ``titles`` likewise; ``site`` is the outlet's own name.

    ``body`` is the article as its JSON-LD has it, in plain text; mostly empty, at times only its beginning. ``free``
    is `isAccessibleForFree`, ``words`` `wordCount` (0: not said). ``live`` are the posts of a live report, ``film`` the
    description or transcript where the page is a film and no article. ``editions`` are (language, address as written).
    """

    titles: tuple[str, ...]
    description: str
    site: str
    authors: tuple[str, ...]
    dates: tuple[tuple[str, DateFrom], ...]
    body: str = ""
    free: bool | None = None
    words: int = 0
    live: tuple[str, ...] = ()
    gallery: bool = False
    film: str = ""
    editions: tuple[tuple[str, str], ...] = ()


def read_markup(tree: HtmlElement) -> Markup:
    metas = _metas(tree)
    blocks = tree.xpath('//script[contains(translate(@type, "JSOND", "jsond"), "ld+json")]/text()')
    nodes = sorted(_nodes(blocks), key=lambda node: not _ARTICLE.search(str(node.get("@type", ""))))
    own = list(_without_updates(nodes))
    headlines = [node["headline"] for node in own if isinstance(node.get("headline"), str)]
    return Markup(
        tuple(
            line(plain(title)) for title in (*headlines[:1], metas.get("og:title", ""), metas.get("twitter:title", ""))
        ),
        line(plain(metas.get("og:description") or metas.get("description", ""))),
        line(plain(metas.get("og:site_name", ""))),
        tuple(name for name in (*_authors(nodes), metas.get("author", ""), metas.get("article:author", "")) if name),
        tuple(_dates(tree, metas, own, () if nodes else blocks)),
        next((plain(node["articleBody"]) for node in own if isinstance(node.get("articleBody"), str)), ""),
        **told_form(metas, nodes),
        editions=tuple(_editions(tree)),
    )


def _without_updates(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A post of a live report has a headline, a body and a time of its own, which are not the page's."""
    posts = {id(post) for node in nodes for post in _listed(node.get("liveBlogUpdate"))}
    return (node for node in nodes if id(node) not in posts)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 (as JSON gives it)
    return value if isinstance(value, list) else [value]


def _editions(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for link in tree.xpath("//link[@hreflang][@href]")[:MAX_EDITIONS]:
        if "alternate" in link.get("rel", "").lower().split() and link.get("hreflang").lower() != "x-default":
            yield link.get("hreflang").strip(), link.get("href").strip()


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Content by name, property or itemprop in small letters; the first of each wins."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        for attribute in ("property", "name", "itemprop"):
            key = meta.get(attribute)
            if key and content:
                found.setdefault(("itemprop:" if attribute == "itemprop" else "") + key.strip().lower(), content)
    return found


def _dates(
    tree: HtmlElement, metas: dict[str, str], nodes: Sequence[dict[str, Any]], broken: Sequence[str]
) -> Iterator[tuple[str, DateFrom]]:
    for node in nodes:
        if isinstance(node.get("datePublished"), str):
            yield node["datePublished"], DateFrom.JSON_LD
    for block in broken:  # JSON that does not parse, as some outlets write it
        for raw in _PUBLISHED.findall(block[:MAX_JSON])[:3]:
            yield raw, DateFrom.JSON_LD
    for name in _DATE_METAS:
        if name in metas:
            yield metas[name], DateFrom.META
    for element in tree.xpath(
        '//*[@itemprop="datePublished"][not(self::meta)][not(ancestor::*[@itemprop="liveBlogUpdate"])]'
    )[:3]:
        yield element.get("datetime") or element.get("content") or line(text_of(element)), DateFrom.META


def _nodes(blocks: list[str]) -> list[dict[str, Any]]:
    """Every object in the JSON-LD blocks, without recursion: pages are not to be trusted with our stack."""
    waiting: list[Any] = []
    for block in blocks:
        try:
            waiting.append(
                json.loads(
                    re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", block[:MAX_JSON]), strict=False
                )
            )
        except (ValueError, RecursionError):
            continue
    found: list[dict[str, Any]] = []
    while waiting and len(found) < MAX_NODES:
        value = waiting.pop(0)
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


def _authors(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        authors = node.get("author") or []
        for author in authors if isinstance(authors, list) else [authors]:
            name = author.get("name") if isinstance(author, dict) else author
            if isinstance(name, str):
                yield name
