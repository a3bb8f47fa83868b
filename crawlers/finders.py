"""Who else wrote about the province: GDELT's DOC API, Google News and Bing News. Questions and answers; pure.

Each knows outlets that no catalogue has, and each has its traps: GDELT wants five seconds between two questions, takes
no term of fewer than three letters, and may turn one away in plain text with status 200 · Google's links cannot be
resolved without its scripts, so that only the outlet's address and the title are taken · Bing wraps links in its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from crawlers.dates import Reading, read
from crawlers.identity import canonical
from crawlers.plain import line, plain
from diembao.core.errors import Refused, Retry, SetAside
from diembao.core.settings_crawl import DiscoverySettings

GDELT_PAUSE = 5.0  # seconds between two questions, as its makers ask
SHORTEST = 3  # letters of a term
MOST = 250  # answers to one question

# BCP 47 → what Google calls the edition (hl, gl, ceid), and Bing the market. No Lao and no Khmer there.
EDITIONS: Mapping[str, tuple[str, str, str, str]] = {
    "vi": ("vi", "VN", "VN:vi", "vi-VN"),
    "en": ("en-US", "US", "US:en", "en-US"),
    "zh-Hans": ("zh-CN", "CN", "CN:zh-Hans", "zh-CN"),
    "zh-Hant": ("zh-TW", "TW", "TW:zh-Hant", "zh-TW"),
    "ja": ("ja", "JP", "JP:ja", "ja-JP"),
    "ko": ("ko", "KR", "KR:ko", "ko-KR"),
    "th": ("th", "TH", "TH:th", "th-TH"),
    "ru": ("ru", "RU", "RU:ru", "ru-RU"),
    "fr": ("fr", "FR", "FR:fr", "fr-FR"),
}
GDELT_LANGUAGES: Mapping[str, str] = {
    "vi": "vietnamese",
    "en": "english",
    "zh-Hans": "chinese",
    "ja": "japanese",
    "ko": "korean",
    "th": "thai",
    "ru": "russian",
    "fr": "french",
    "lo": "lao",
    "km": "khmer",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One address to be asked for."""

    via: str
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Find:
    """An article that somebody knows of. ``url`` is "" where only its title and its outlet's host are known."""

    via: str
    language: str
    site: str
    name: str
    title: str
    url: str = ""
    country: str = ""
    published: datetime | None = None


def questions(names: Mapping[str, Sequence[str]], settings: DiscoverySettings) -> Iterator[Question]:
    """For each language in which the province has names: one question to each finder that knows it."""
    for language, spellings in names.items():
        terms = [f'"{name}"' for name in spellings if len(name) >= SHORTEST or not name.isascii()]
        if not terms:
            continue
        either = " OR ".join(terms)
        edition = EDITIONS.get(language)
        if settings.google and edition:
            asked = {"q": f"{either} when:{settings.days}d", "hl": edition[0], "gl": edition[1], "ceid": edition[2]}
            yield Question("google", language, f"{settings.google}?{urlencode(asked, quote_via=quote)}")
        if settings.bing and edition:
            asked = {"q": either, "format": "rss", "mkt": edition[3]}
            yield Question("bing", language, f"{settings.bing}?{urlencode(asked, quote_via=quote)}")
        if settings.gdelt and language in GDELT_LANGUAGES:
            query = f"({either})" if len(terms) > 1 else either
            asked = {
                "query": f"{query} sourcelang:{GDELT_LANGUAGES[language]}",
                "mode": "artlist",
                "format": "json",
                "maxrecords": str(MOST),
                "timespan": f"{settings.days}d",
            }
            yield Question("gdelt", language, f"{settings.gdelt}?{urlencode(asked, quote_via=quote)}")


def finds(question: Question, answer: str, how: Reading) -> list[Find]:
    """What an answer tells of; items without an outlet or a title are left out.

    Raises:
        Retry: it was turned away for now.
        SetAside: the answer is of another kind.
    """
    found = _of_gdelt(question, answer, how) if question.via == "gdelt" else _of_feed(question, answer, how)
    return [each for each in found if each.site and each.title]


def _of_gdelt(question: Question, answer: str, how: Reading) -> Iterator[Find]:
    if not answer.strip():  # nothing found
        return
    if answer.lstrip()[:1] != "{":
        raise Retry(f"gdelt says: {' '.join(answer[:120].split())}")
    try:
        articles = json.loads(answer, strict=False).get("articles", [])  # its titles hold raw control characters
    except ValueError as error:
        raise SetAside(f"no feed: GDELT's answer cannot be read ({error})") from error
    for item in articles if isinstance(articles, list) else ():
        url = _address(str(item.get("url", "")))
        when = read(str(item.get("seendate", "")), how)
        site, title = _site(url), line(plain(str(item.get("title", ""))))
        yield Find("gdelt", question.language, site, "", title, url, str(item.get("sourcecountry", "")), when)


def _of_feed(question: Question, answer: str, how: Reading) -> Iterator[Find]:
    from lxml import etree

    if re.search(r"<!ENTITY", answer, re.IGNORECASE):
        raise SetAside("entities: the answer declares entities of its own")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", answer, count=1).encode(), parser) if answer else None
    if root is None or not str(root.tag).endswith("rss"):
        raise SetAside(f"no feed: begins with {' '.join(answer[:80].split())!r}")
    for item in root.iter("item"):
        fields = {str(each.tag).rpartition("}")[2].lower(): (each.text or "").strip() for each in item}
        source = item.find("source")
        name = line(plain(fields.get("source", "")))
        title = _without_name(line(plain(fields.get("title", ""))), name)
        when = read(fields.get("pubdate", ""), how)
        if question.via == "google":
            site = _site(_address("" if source is None else source.get("url", "")))
            yield Find("google", question.language, site, name, title, published=when)
        else:
            url = _address(_unwrapped(fields.get("link", "")))
            yield Find("bing", question.language, _site(url), name, title, url, published=when)


def _without_name(title: str, name: str) -> str:
    """Google puts the outlet's name behind the title."""
    return title.removesuffix(f" - {name}").strip() if name else title


def _unwrapped(link: str) -> str:
    """`…/news/apiclick.aspx?url=https%3a%2f%2fbao.vn%2fa&c=…` → the article's own address."""
    return next(iter(parse_qs(urlsplit(link).query).get("url", [])), link)


def _address(url: str) -> str:
    try:
        return canonical(url)
    except Refused:
        return ""


def _site(url: str) -> str:
    """The host (with its port, where one is written), without `www.`."""
    return urlsplit(url).netloc.removeprefix("www.")
