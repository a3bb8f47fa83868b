"""Events told in several languages, written for the project: `events/*.jsonl`, in the form that `diembao eval stories`
reads. Two events of one family are easily mistaken for each other: the same place on another day, the same minister at
another meeting.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Final

from diembao.core.article import Article, DateFrom, TextFrom
from diembao.core.errors import Misconfigured

FOLDER: Final = Path(__file__).with_name("events")
_FIELDS: Final = {"cluster_id", "doc_id", "language", "outlet", "published", "title", "body"}


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of an event; ``event`` is "family/a" or "family/b"."""

    event: str
    article: Article

    @property
    def family(self) -> str:
        return self.event.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles in different languages, as far apart as those of one story may be."""

    one: Telling
    other: Telling

    @property
    def same(self) -> bool:
        return self.one.event == self.other.event

    @property
    def hard(self) -> bool:
        """Not the same event, but of its family."""
        return not self.same and self.one.family == self.other.family


def load(path: Path) -> list[Telling]:
    """Raises:
    Misconfigured: a line is not as it should be.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(_telling(json.loads(line)))
        except (ValueError, AttributeError, TypeError) as error:
            raise Misconfigured(f"{path}:{number}: {error}") from error
    return found


def _telling(given: dict[str, str]) -> Telling:
    if given.keys() != _FIELDS:
        raise ValueError("its fields are " + ", ".join(sorted(_FIELDS)))
    return Telling(given["cluster_id"], _article(given))


def _article(given: dict[str, str]) -> Article:
    at = datetime.fromisoformat(given["published"])
    return Article(
        id=given["doc_id"],
        url=f"https://set.invalid/{given['doc_id']}",
        outlet=given["outlet"],
        title=given["title"],
        lead=given["body"],
        text="",
        text_from=TextFrom.FEED,
        language=given["language"],
        published_at=at,
        published_from=DateFrom.FEED,
        seen_at=at,
    )


def pairs(told: Sequence[Telling], within: timedelta) -> Iterator[Pair]:
    for one, other in combinations(told, 2):
        near = abs(one.article.when - other.article.when) <= within
        if near and one.article.language != other.article.language:
            yield Pair(one, other)
