"""One article, one address: the canonical URL that ids are made from, and the key of politeness.

The order of rules: only http and https without a password · `&amp;` and stray blanks mended · Google's AMP caches
undone · `m.` and `amp.` hosts, `/amp/` paths and `?amp=1` folded (nobody's library does) · default port, fragment and
tracking parameters out · the rest of the query kept, sorted and escaped one way (w3lib). courlan's `clean_url` is not
used: its pattern of trackers also drops parameters that name the article on real sites (`cid`, `eid`, `gallery`, a bare
`?12345`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

from diembao.core.article import article_id
from diembao.core.errors import Refused

MAX_LENGTH = 2000  # characters; longer ones are traps or mistakes, and no server need accept them
KEPT = 1024  # addresses whose form is remembered: a page's is asked for by each who reads of it
DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say where a reader came from, never what is read.
_TRACKERS = re.compile(
    r"^(?:utm_.*|at_.*|hsa_.*|mtm_.*|pk_.*|ns_.*|mc_[ce]id|mkt_tok|fb_.*|_ga|_gl|gclid|gclsrc|dclid|gbraid|wbraid|fbclid"
    r"|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|zarsrc|gidzl|zalo_.*|xtor|ocid|cmpid|smid|ref_src|ref_url|_openstat)$",
    re.IGNORECASE,
)
_FOLDED = re.compile(r"^(?:m|amp)\.(?=[^.]+\.[^.])")  # never down to a bare ending: `m.vn` is a site of its own
_AMP_ASKED = re.compile(r"amp(?:=(?:1|true|yes|amp)?)?|(?:outputType|output|view|mode|type)=amp", re.IGNORECASE)
_AMP_IN_PATH = re.compile(r"^/amp(?=/.)|/amp(?=/?$)|\.amp(?=\.s?html?$|/?$)|(?<=.)/amp(?=\.s?html?$)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_CACHED = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[cv])/(s?)/?(?=[^/]+\.[^/]+)(.+)",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]+", re.ASCII)
_BREAKS = re.compile(r"[\t\r\n]+")


@lru_cache(maxsize=KEPT)
def canonical(url: str) -> str:
    """The one form of an article's address.

    Raises:
        Refused: "address", for anything that is not a plain http(s) address.
    """
    parts = _split(_uncached(_BREAKS.sub("", unicodedata.normalize("NFC", _unescaped(url)).strip())))
    host = _FOLDED.sub("", (parts.hostname or "").rstrip("."))
    path = _without_amp(re.sub(r"^/{2,}", "/", parts.path.replace("\\", "/")) or "/")
    bare = urlunsplit((parts.scheme, _netloc(host, parts), path, _without_trackers(parts.query), ""))
    try:
        result = canonicalize_url(bare)
    except ValueError as error:
        raise Refused("address", f"not an address: {url[:200]}") from error
    if not _HOST.fullmatch(urlsplit(result).hostname or ""):
        raise Refused("address", f"no such host can be: {url[:200]}")
    if len(result) > MAX_LENGTH:
        raise Refused("address", f"an address of {len(result)} characters")
    return result


def identify(url: str) -> tuple[str, str]:
    """Canonical URL and the id made from it."""
    address = canonical(url)
    return address, article_id(address)


def resolve(base: str, link: str) -> str:
    """Where a redirect leads, as an address that can be asked for: nothing folded, nothing left out.

    Raises:
        Refused: "address", for anything that is not a plain http(s) address.
    """
    try:
        target = safe_url_string(urljoin(base, link.strip()))
    except ValueError as error:
        raise Refused("address", f"not an address: {link[:200]}") from error
    _split(target)
    return target.partition("#")[0]


def host_port(url: str) -> str:
    """`host:port`, the key of politeness, robots.txt and exceptions, with the scheme's port where none is written."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{f'[{host}]' if ':' in host else host}:{parts.port or DEFAULT_PORTS.get(parts.scheme, 0)}"


def is_front_page(url: str) -> bool:
    """The root of a site, with or without a language: what outlets redirect to when an article is gone."""
    parts = urlsplit(url)
    return not parts.query and re.fullmatch(r"/?(?:[a-z]{2}/?|index\.\w+|home/?)?", parts.path) is not None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("address", f"not an address: {url[:200]}") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or port == 0:
        raise Refused("address", f"not an http(s) address: {url[:200]}")
    if parts.username is not None or parts.password is not None:
        raise Refused("address", f"an address with a user name in it, at {parts.hostname}")
    return parts


def _netloc(host: str, parts: SplitResult) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f"{name}:{parts.port}"


def _without_trackers(query: str) -> str:
    """And without what asks for the AMP form of a page."""
    kept = [part for part in query.split("&") if part and not _TRACKERS.match(part.partition("=")[0])]
    return "&".join(part for part in kept if not _AMP_ASKED.fullmatch(part))


def _without_amp(path: str) -> str:
    """`/amp/` at either end of a path, and `.amp` in its last part; a path that is nothing else stays."""
    folded = _AMP_IN_PATH.sub("", path)
    return path if folded in ("", "/") else folded if folded.startswith("/") else f"/{folded}"


def _unescaped(url: str) -> str:
    """Whole entities only: in `?id=7&amp=1` the second parameter is called `amp`."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), url)


def _uncached(url: str) -> str:
    """The outlet's own address of a page that Google's caches deliver."""
    found = _CACHED.match(url)
    return f"http{found[1] and 's'}://{found[2]}" if found else url
