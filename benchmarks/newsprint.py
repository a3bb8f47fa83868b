"""Articles for measuring: the wording of headlines that somebody names, under ids of our own. Always the same.

Headlines are JSON lines (`.gz` too) with `title` and `summary`; without a file the demo newsroom's own words are taken.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from diembao.core.document import Document

NOW: Final = datetime(2026, 11, 21, 5, tzinfo=UTC)
PROVINCE: Final = "gia-lai"
DAYS: Final = 730
BODY: Final = 12  # summaries that make a body: about 2.5 kB of Vietnamese
# Each outlet with its country and language: one in five is of another country.
_ABROAD: Final = (("US", "en"), ("CN", "zh-Hans"), ("LA", "lo"), ("KH", "km"))
OUTLETS: Final = {f"outlet-{n:03d}": _ABROAD[n // 5 % 4] if n % 5 == 4 else ("VN", "vi") for n in range(120)}
THEMES: Final = tuple(f"theme-{n:02d}" for n in range(20))
STANCES: Final = ("positive", "neutral", "neutral", "abstain", "abstain", "critical")
Words = tuple[str, str]  # title and summary


def wording(path: Path | None) -> list[Words]:
    if path is None:
        from demo.copydesk import pieces

        return [(piece.words.title, piece.words.lead) for piece in pieces()]
    held = path.read_bytes()
    lines = (gzip.decompress(held) if path.suffix == ".gz" else held).decode().splitlines()
    found = [json.loads(line) for line in lines]
    return [(item["title"], item["summary"]) for item in found if item["title"] and item["summary"]]


def articles(words: Sequence[Words], count: int) -> Iterator[Document]:
    """``count`` articles, about a third of them of the province; every fourth copies the one before it."""
    chance = random.Random(count)
    story = ""
    for number in range(count):
        name = sha256(str(number).encode()).hexdigest()[:16]
        copy = bool(number % 4 == 3 and story)
        story = story if copy or (chance.random() < 0.3 and story) else name
        yield _article(name, words[number % len(words)], chance.choices(words, k=BODY), chance, story, copy=copy)


def _article(
    name: str, told: Words, body: Sequence[Words], chance: random.Random, story: str, *, copy: bool
) -> Document:
    when = NOW - timedelta(seconds=chance.randrange(DAYS * 86_400))
    outlet = chance.choice(list(OUTLETS))
    country, language = OUTLETS[outlet]
    about = chance.choices(("yes", "part", "no"), (20, 15, 65))[0]
    ours = about != "no"
    keywords = {
        "outlet": (outlet,),
        "country": (country,),
        "language": (language,),
        "relevance": (about,),
        "theme": tuple(chance.sample(THEMES, chance.choice((1, 1, 2)))) if ours else (),
        "stance": (chance.choice(STANCES),) if ours else (),
        "place": (PROVINCE,) if ours else (),
        "story": (story,) if ours else (),
        "role": ("copy" if copy else "original",) if ours else (),
    }
    text = "\n".join(summary for _, summary in body)
    return Document(name, told[0], told[1], text, when, when + timedelta(minutes=5), keywords)
