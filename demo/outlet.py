"""What an outlet of the newsroom is, and how its pages and sources are shaped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feed:
    """`form` is rss, atom or rdf; `dates` is a shape of demo.datelines; `section` limits it to one section.

    `full`: whole texts, not leads only; `pictured`: the summary is HTML with a linked picture; `tracked`: links carry
    utm parameters; `relative`: links are paths. `fault`: `unavailable` (503 with Retry-After, always), `truncated` (it
    breaks off in the middle of an element), `html` (200 with an HTML error page).
    """

    path: str
    form: str = "rss"
    dates: str = "rfc822"
    section: str = ""
    relative: bool = False
    full: bool = False
    pictured: bool = False
    tracked: bool = False
    encoding: str = "utf-8"
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """`shell` is a page's skeleton (demo/shells), the rest its colours and type."""

    shell: str
    accent: str
    paper: str = "#ffffff"
    type: str = "Georgia, 'Noto Serif', serif"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. `path` is the form of its articles' addresses ({slug}, {number}, {date}); `charset` that of its
    pages; `crawl_delay` stands in its robots.txt (seconds). Where there are no feeds, `sitemaps` are paths of news
    sitemaps, or `listings` of pages that list articles.
    """

    id: str
    name: str
    tagline: str
    language: str
    country: str
    timezone: str
    look: Look
    feeds: tuple[Feed, ...]
    path: str
    kind: str = "national"
    fetch: str = "prefilter"
    charset: str = "utf-8"
    charset_in_header: bool = True
    compressed: bool = False
    crawl_delay: int | None = None
    date_formats: tuple[str, ...] = ()
    note: str = ""
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
