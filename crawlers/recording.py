"""A page as a test: a folder with its bytes, its head, and what is to be read from it.

    page.html       the bytes as received, unpacked
    head.txt        the status line and header lines of the answer
    expected.yaml   where it is from and when it was seen; title, lead, text, time: corrected by a person

A fault met in the field becomes such a folder first (`diembao record`), then it is mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import yaml

from crawlers.extract import extract
from crawlers.replay import kept_reply
from diembao.core.article import Outlet
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.ledger import Hop

PAGE, HEAD, EXPECTED = "page.html", "head.txt", "expected.yaml"
# What of an outlet decides how a page is read.
_OF_OUTLET: Final = ("id", "language", "timezone", "date_formats")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One page. ``outlet`` is as far as reading needs it."""

    url: str
    outlet: Outlet
    seen_at: datetime
    body: bytes
    head: bytes = b""

    def read(self) -> dict[str, Any]:
        """What the rules of today read from it."""
        hops = [Hop(self.url, self.seen_at, self.seen_at, "", b"", self.head)] if self.head else []
        reply = kept_reply(self.url, self.body, hops)
        page = extract(self.body, self.url, self.outlet, self.seen_at, content_type=reply.content_type)
        return {
            "title": page.title,
            "lead": page.lead,
            "text": page.text,
            "published_at": page.published_at.isoformat() if page.published_at else None,
            "published_from": page.published_from.value,
        }


def write(folder: Path, recorded: Recorded) -> None:
    """Raises:
    WrongUse: the folder is there already: what a person corrected is never written over.
    Misconfigured: it cannot be made.
    """
    outlet = {name: getattr(recorded.outlet, name) for name in _OF_OUTLET}
    told = {
        "url": recorded.url,
        "outlet": outlet | {"date_formats": list(recorded.outlet.date_formats)},
        "seen_at": recorded.seen_at.isoformat(),
        "expected": recorded.read(),
    }
    try:
        folder.mkdir(parents=True)
        (folder / PAGE).write_bytes(recorded.body)
        (folder / HEAD).write_bytes(recorded.head)
        text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
        (folder / EXPECTED).write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise WrongUse(f"{folder} đã có; đặt tên khác ({folder} is there already; name another)") from error
    except OSError as error:
        raise Misconfigured(
            f"không ghi được {folder}: {error.strerror} ({folder} cannot be written: {error.strerror})"
        ) from error


def load(folder: Path) -> tuple[Recorded, Mapping[str, Any]]:
    """The page, and what is to be read from it.

    Raises:
        Misconfigured: the folder is not as `write` makes it.
    """
    try:
        told = yaml.safe_load((folder / EXPECTED).read_text(encoding="utf-8"))
        named = {**told["outlet"], "date_formats": tuple(told["outlet"]["date_formats"])}
        outlet = Outlet(name=named["id"], country="", home=told["url"], **named)
        seen_at, head = datetime.fromisoformat(told["seen_at"]), (folder / HEAD).read_bytes()
        return Recorded(told["url"], outlet, seen_at, (folder / PAGE).read_bytes(), head), told["expected"]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise Misconfigured(
            f"{folder} không phải trang đã ghi: {error} ({folder} is no recorded page: {error})"
        ) from error
