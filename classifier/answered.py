"""Answered claims and coverage that says them again, or does not, written for the project: ``answered/*.jsonl``, one
claim a line, with its answer and its passages. What was taught is here; what is held back stands with the tests.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from diembao.core.article import Article, DateFrom, TextFrom
from diembao.core.errors import Misconfigured

FOLDER: Final = Path(__file__).with_name("answered")
# Kinds of passages: of these the claim is said again, of the rest not.
AGAIN: Final = frozenset({"repeated", "translated", "changed"})
KINDS: Final = AGAIN | {"answer", "denial", "other-claim", "other-event", "praise", "older"}
_CLAIM: Final = {"id", "language", "published", "claim", "answer", "passages"}
_PASSAGE: Final = {"kind", "language", "published", "title", "text"}


@dataclass(frozen=True, slots=True)
class Told:
    """A passage of coverage; ``differs`` is in what it says the claim otherwise, besides the language."""

    kind: str
    article: Article
    differs: str = ""

    @property
    def again(self) -> bool:
        return self.kind in AGAIN


@dataclass(frozen=True, slots=True)
class Claimed:
    id: str
    quote: str
    language: str
    said_at: datetime
    answer: str
    passages: tuple[Told, ...]


def load(path: Path) -> list[Claimed]:
    """Raises:
    Misconfigured: a line is not as it should be.
    """
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            found.append(_claimed(json.loads(line)))
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            raise Misconfigured(f"{path}:{number}: {error}") from error
    return found


def _claimed(given: dict[str, Any]) -> Claimed:
    if given.keys() != _CLAIM:
        raise ValueError("its fields are " + ", ".join(sorted(_CLAIM)))
    told = tuple(_told(given["id"], number, each) for number, each in enumerate(given["passages"]))
    at = datetime.fromisoformat(given["published"])
    return Claimed(given["id"], given["claim"], given["language"], at, given["answer"], told)


def _told(claim: str, number: int, given: dict[str, str]) -> Told:
    if given.keys() - {"differs"} != _PASSAGE or given["kind"] not in KINDS:
        raise ValueError("a passage has " + ", ".join(sorted(_PASSAGE)) + "; kinds are " + ", ".join(sorted(KINDS)))
    at = datetime.fromisoformat(given["published"])
    article = Article(
        id=f"{claim}/{number}",
        url=f"https://set.invalid/{claim}/{number}",
        outlet="set",
        title=given["title"],
        lead="",
        text=given["text"],
        text_from=TextFrom.FEED,
        language=given["language"],
        published_at=at,
        published_from=DateFrom.FEED,
        seen_at=at,
    )
    return Told(given["kind"], article, given.get("differs", ""))
