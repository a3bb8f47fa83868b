"""Real feeds, sitemaps and robots.txt files: is every entry that has a link kept, or refused by name?

    python -m benchmarks.listed DIR …

Reads every file of the folders by the collector's own readers, and beside them counts `item`, `entry` and `url`
elements with a link by lxml alone. Prints one JSON object; ends with 1 where an entry with a link is lost.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree
from protego import Protego

from crawlers.charset import decode
from crawlers.feeds import parse
from crawlers.listed import Limits
from diembao.core.article import Outlet
from diembao.core.errors import Refused, SetAside

SOURCE = "https://bao.example/nguon"
OUTLET = Outlet("bao", "Báo", "VN", "vi", "https://bao.example/", (SOURCE,))
LIMITS = Limits(100_000, timedelta(days=100_000))  # nothing is too many or too old here


def with_link(data: bytes) -> int:
    """Elements that list something, and say where it is."""
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None:
        return 0
    listed = (each for each in root.iter() if name(each) in {"item", "entry", "url"} and len(each))
    return sum(any(address(part) for part in each) for each in listed)


def name(element: Any) -> str:  # noqa: ANN401 (lxml's are untyped)
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def address(part: Any) -> str:  # noqa: ANN401 (lxml's are untyped)
    """Of a link in the words of RSS, Atom or a sitemap; an id that is an address does as well."""
    text = (part.text or "").strip()
    if name(part) == "link":
        other = part.get("rel", "alternate") in {"enclosure", "edit", "replies", "hub", "self"}
        return "" if other else text or part.get("href", "")
    return text if name(part) == "loc" or (name(part) in {"guid", "id"} and text.startswith("http")) else ""


def read(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    try:
        feed = parse(data, SOURCE, OUTLET, datetime.now(UTC), LIMITS)
    except (Refused, SetAside) as error:
        return {"with_link": with_link(plain), "set_aside": str(error)[:60]}
    refused = Counter(each.reason for each in feed.refused)
    kept = len(feed.entries) + len(feed.refused) - refused["no-link"]
    return {"with_link": with_link(plain), "kept_or_named": kept, "entries": len(feed.entries), "refused": refused}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    folders = parser.parse_args().folders
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    rules = [path for path in files if "robots" in str(path) and path.suffix in {".txt", ""}]
    for path in rules:
        Protego.parse(decode(path.read_bytes(), "text/plain"))
    lists = {str(path.name): read(path) for path in files if path.suffix in {".xml", ".gz", ".json", ".rss", ".atom"}}
    aside = {file: told for file, told in lists.items() if "set_aside" in told}
    lost = {file: told for file, told in lists.items() if told.get("kept_or_named", 0) < told["with_link"]}
    lost = {file: told for file, told in lost.items() if file not in aside}
    total = {
        "lists": len(lists),
        "read": len(lists) - len(aside),
        "entries_with_a_link": sum(told["with_link"] for file, told in lists.items() if file not in aside),
        "kept_or_named": sum(told.get("kept_or_named", 0) for told in lists.values()),
        "robots_read": len(rules),
    }
    print(json.dumps({**total, "set_aside": aside, "lost": lost}, ensure_ascii=False, indent=1))
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
