"""What goes wrong on purpose, by name.

Faults of one article stand in its record (`fault`), those of feeds in demo/masthead.py.
"""

from __future__ import annotations

from typing import Final

FAULTS: Final[dict[str, str]] = {
    "forbidden": "the page answers 403; the feed's own text remains",
    "gone": "the page answers 404 though the feed lists it",
    "robots": "the page lies under a path that robots.txt forbids",
    "undated": "neither the feed nor the page says when",
    "epoch": "the feed says 1970; the page says the right time",
    "next-year": "feed and page say the same day of next year",
    "moved": "the feed's link redirects (301) to the canonical address, which has another path",
    "two-urls": "the same title and text stand under two addresses, both in the feed",
    "windows-1258": "the page is in windows-1258 and says so only in a meta element",
}

# Path that robots.txt of every outlet forbids (a paper's own preview area).
CLOSED_PATH: Final = "/xem-truoc/"
RETRY_AFTER: Final = 600  # seconds; what the unavailable feed asks for
