"""`eval memory`: is coverage that says an answered claim again told from coverage that does not?

Each passage is held against its own claim and, as a stranger, against all others of the set. ``precision`` counts both
kinds of wrong matches; ``of_own`` only those with the passage's own claim, which are the hard ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BeforeValidator, Field

from classifier import quality
from classifier.answered import AGAIN, KINDS
from diembao.app.evaluation.records import Name, Record, Step, Text, Words, read, refuse_repeats
from diembao.core.article import Article, DateFrom, TextFrom
from diembao.core.errors import WrongUse
from diembao.core.memory import Answered
from diembao.core.settings import Settings
from diembao.core.text import nfc
from diembao.pipeline.wiring import Installation

WORST: Final = 20  # errors that are printed


def _kind(value: object) -> object:
    if value not in KINDS:
        raise ValueError(f"{str(value)[:40]!r} is none of {', '.join(sorted(KINDS))}")
    return value


class Passage(Record):
    kind: Annotated[str, BeforeValidator(_kind)]
    language: Text
    published: AwareDatetime
    title: Words
    text: Words


class Claim(Record):
    id: Name
    language: Text
    published: AwareDatetime
    claim: Text
    answer: Text
    passages: list[Passage] = Field(max_length=1000)


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and the claim it was written for: what the matcher said of it, and of strangers. ``score`` is 0 where
    it was no match.
    """

    claim: int
    passage: Passage
    across: bool
    score: float
    strangers: tuple[str, ...]  # ids of other claims that it was matched with

    @property
    def again(self) -> bool:
        return self.passage.kind in AGAIN

    @property
    def matched(self) -> bool:
        return self.score > 0


def load(path: Path) -> list[Claim]:
    claims = read(path, Claim)
    refuse_repeats(path, (one.id for one in claims), "id")
    if not any(one.passages for one in claims):
        raise WrongUse(f"{path} has no passage")
    return claims


def measure(claims: Sequence[Claim], home: Path, step: Step) -> dict[str, Any]:
    """``home`` is any folder: nothing is written there."""
    matcher = Installation(Settings(home=home)).memory
    asked = [_answered(one) for one in claims]
    pairs: list[Pair] = []
    for at, claim in enumerate(claims):
        for number, passage in enumerate(claim.passages):
            said = matcher.repeats(_article(claim.id, number, passage), asked)
            own = next((repeat.score for which, repeat in said if which.case == claim.id), 0.0)
            strangers = tuple(which.case for which, _ in said if which.case != claim.id)
            pairs.append(Pair(at, passage, passage.language != claim.language, own, strangers))
            step(1)
    return {
        "n": len(pairs),
        "claims": len(claims),
        "again": sum(pair.again for pair in pairs),
        **_figures(pairs),
        "interval": _intervals(pairs, len(claims)),
        "of_own": {"precision": _precision(pairs, strangers=False)},
        "strangers": {"n": len(pairs) * (len(claims) - 1), "matched": sum(len(pair.strangers) for pair in pairs)},
        "within": _part(pair for pair in pairs if not pair.across),
        "across": _part(pair for pair in pairs if pair.across),
        "by_language": _parts(pairs, lambda pair: pair.passage.language),
        "by_kind": {
            kind: {"n": len(of), "matched": sum(pair.matched for pair in of)}
            for kind, of in _groups(pairs, lambda pair: pair.passage.kind).items()
        },
        "worst": _worst(pairs, claims),
    }


def _figures(pairs: Sequence[Pair]) -> dict[str, float]:
    again = [pair for pair in pairs if pair.again]
    found = sum(pair.matched for pair in again)
    return {"precision": _precision(pairs), "recall": found / len(again) if again else 0.0}


def _precision(pairs: Sequence[Pair], *, strangers: bool = True) -> float:
    named = sum(pair.matched + (len(pair.strangers) if strangers else 0) for pair in pairs)
    return sum(pair.matched and pair.again for pair in pairs) / named if named else 1.0


def _intervals(pairs: Sequence[Pair], claims: int) -> dict[str, tuple[float, float]]:
    """Claims are drawn, not passages: those of one claim are not independent."""
    of: list[list[Pair]] = [[] for _ in range(claims)]
    for pair in pairs:
        of[pair.claim].append(pair)
    return quality.intervals(lambda drawn: _figures([pair for at in drawn for pair in of[at]]), claims)


def _groups(pairs: Iterable[Pair], key: Callable[[Pair], str]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(key(pair), []).append(pair)
    return dict(sorted(found.items()))


def _parts(pairs: Sequence[Pair], key: Callable[[Pair], str]) -> dict[str, dict[str, float]]:
    return {name: _part(of) for name, of in _groups(pairs, key).items()}


def _part(pairs: Iterable[Pair]) -> dict[str, float]:
    part = list(pairs)
    return {"n": len(part), "again": sum(pair.again for pair in part), **_figures(part)}


def _worst(pairs: Sequence[Pair], claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Wrong matches, the surest first; then what was missed."""
    wrong = sorted((pair for pair in pairs if pair.matched and not pair.again), key=lambda pair: -pair.score)
    astray = [pair for pair in pairs if pair.strangers]
    missed = [pair for pair in pairs if pair.again and not pair.matched]
    told = [("wrong", pair, claims[pair.claim].id) for pair in wrong]
    told += [("stranger", pair, ", ".join(pair.strangers)) for pair in astray]
    told += [("missed", pair, claims[pair.claim].id) for pair in missed]
    return [
        {
            "error": error,
            "claim": claim,
            "kind": pair.passage.kind,
            "language": pair.passage.language,
            "score": pair.score,
            "text": f"{pair.passage.title} | {pair.passage.text}"[:200],
        }
        for error, pair, claim in told[:WORST]
    ]


def _answered(claim: Claim) -> Answered:
    at: datetime = claim.published
    return Answered(claim.id, 1, nfc(claim.claim), claim.language, at, 1, at, nfc(claim.answer))


def _article(claim: str, number: int, passage: Passage) -> Article:
    return Article(
        id=f"{claim}/{number}",
        url=f"https://set.invalid/{claim}/{number}",
        outlet="set",
        title=passage.title,
        lead="",
        text=passage.text,
        text_from=TextFrom.FEED,
        language=passage.language,
        published_at=passage.published,
        published_from=DateFrom.FEED,
        seen_at=passage.published,
    )
