"""Which outlet a set means: one of the catalogue, by its id, its name or its host; else one without a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.catalogue import load
from diembao.core.article import Outlet
from diembao.core.text import fold

_NOBODY = Outlet("unknown", "?", "VN", "vi", "https://unknown.invalid/", ("https://unknown.invalid/feed",))


class Outlets:
    """The catalogue that comes with the program, as sets name its outlets."""

    def __init__(self) -> None:
        self._known: dict[str, Outlet] = {}
        zones: dict[str, Counter[str]] = {}
        for outlet in load().values():
            for key in (outlet.id, outlet.name, host(outlet.home)):
                self._known.setdefault(fold(key), outlet)
            zones.setdefault(outlet.language, Counter())[outlet.timezone] += 1
        self._zones = {language: counted.most_common(1)[0][0] for language, counted in zones.items()}

    def find(self, name: str) -> Outlet | None:
        """By id, name, host or address."""
        return self._known.get(fold(name.strip())) or self._known.get(host(name))

    def stranger(self, language: str = "") -> Outlet:
        """An outlet of nobody's: its language (Vietnamese where none is said), in the zone of most outlets of it."""
        language = language or _NOBODY.language
        return replace(_NOBODY, language=language, timezone=self._zones.get(language, _NOBODY.timezone))


def host(url: str) -> str:
    """The host of an address, without the "www." or "m." that outlets put before it."""
    try:
        found = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.").removeprefix("m.")
