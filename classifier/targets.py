"""What of a text is said of the province, where it names other provinces too: clause by clause.

1. a clause whose only places lie elsewhere says nothing of the province, nor do those without a place behind it;
2. one that names both may mean either; so may one without a place where both were named before it;
3. places of one list share what is said of them, so a list with ours in it is ours.

Names of the province count where its place labels say so; provinces elsewhere are those of the whole country's list.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Flag, auto
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from classifier import cues
from classifier.clauses import cuts
from classifier.features import Reading, read_text
from classifier.mentions import Name, Prepared, Scanner, prepare
from classifier.pages import CLUB, ELSEWHERE, is_home
from classifier.places import names_of
from classifier.scripts import is_other
from classifier.themes import areas_of
from classifier.words import settled, tokens
from diembao.core.article import Kind, Label
from diembao.core.text import fold, sentences
from diembao.plan.reader import Profile

_SPACED = "\u0e00"  # the scripts of our languages that stand behind it set no space between words, but for Korean
_DASHES = frozenset("-–—~～")
# What begins the next clause's own words behind its place.
_DOES = re.compile(
    r"\s+(?:bị|được|lại|vẫn|phải|thì|để|vượt|dẫn|đứng|tụt|chậm|còn|chưa|không|is|are|was|were|has|had|est|sont)\b"
)


class _Of(Flag):
    """Of whom something is said."""

    NOBODY = 0
    OURS = auto()
    THEIRS = auto()
    BOTH = OURS | THEIRS


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    of: _Of
    place: str


@dataclass(frozen=True, slots=True)
class _Clause:
    """``named``: it names places itself."""

    start: int
    end: int
    of: _Of
    named: bool = False


@dataclass(frozen=True)  # without slots: what is asked seldom is read when it is asked
class Aimed:
    """``whole``: a text without what is said of others alone. ``torn``: title or lead hold something that may mean
    either.
    """

    whole: Reading | None
    torn: bool = False
    _from: Reading | None = None
    _sure: tuple[_Clause, ...] = ()

    @functools.cached_property
    def sure(self) -> Reading | None:
        """What is left without what may mean either, if there is a clause in title or lead that names ours."""
        reading = self._from
        if reading is None or not any(x.named and x.of is _Of.OURS and x.start < reading.body for x in self._sure):
            return None
        return _again(reading, self._sure)


class Targets:
    """Parts texts for one province."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._areas = areas_of(profile)

    def aim(self, reading: Reading, found: Sequence[Label]) -> Aimed:
        """``found`` are the labels of the article, with its places."""
        if not self._areas or not self._may_name_others(reading):  # without places it cannot tell its own from others
            return Aimed(reading)
        prepared = prepare(reading.text)
        if len(prepared.text) != len(reading.text):
            return Aimed(reading)
        own = {x.key for x in found if x.kind is Kind.PLACE and x.about in self._areas}
        named = list(self._names(prepared, own))
        if not any(x.of is _Of.THEIRS for x in named):
            return Aimed(reading)
        return _aimed(reading, list(_clauses(reading, named)))

    def _names(self, prepared: Prepared, own: set[str]) -> Iterator[_Named]:
        for mention in self._every.find(prepared):
            name = mention.name
            if name.kind == ELSEWHERE:
                yield _Named(mention.start, mention.end, _Of.THEIRS, name.place)
            elif is_home(name) and (name.place in own or name.kind == CLUB or (name.sure and not own)):
                yield _Named(mention.start, mention.end, _Of.OURS, name.place)

    def _may_name_others(self, reading: Reading) -> bool:
        """Whether it is worth looking closer: cheap and wide; texts of other scripts always are."""
        return is_other(reading.text) or bool(self._away.find_matches_as_indexes(" ".join(reading.tokens.texts)))

    @functools.cached_property
    def _away(self) -> AhoCorasick:
        """Names of provinces elsewhere in Latin letters, with their marks and without."""
        forms = (name.form for name in self._all if name.kind == ELSEWHERE and not is_other(name.form))
        words = [" ".join(tokens(settled(form)[1]).texts) for form in forms]
        return AhoCorasick(list({*words, *map(fold, words)}))

    @functools.cached_property
    def _every(self) -> Scanner:
        return Scanner(self._all)

    @functools.cached_property
    def _all(self) -> list[Name]:
        return list(names_of(self._profile))


def _clauses(reading: Reading, named: Sequence[_Named]) -> Iterator[_Clause]:
    """Of a whole text, each with whom it speaks of."""
    before = _Of.NOBODY  # whom the sentence before spoke of
    for first, last in sentences(reading.text):
        its = [x for x in named if first <= x.start < last]
        if not its:
            yield _Clause(first, last, before)
            before = before if before is _Of.BOTH and first < reading.body else _Of.NOBODY
            continue
        within = _inherited(list(_cut(reading.text, first, last, its)))
        yield from within
        before = _Of.NOBODY
        for clause in within:
            before |= clause.of


def _cut(text: str, first: int, last: int, named: Sequence[_Named]) -> Iterator[_Clause]:
    """The clauses of a sentence; what stands between two places of a list cuts nothing."""
    joined = [(one.end, two.start) for one, two in pairwise(named) if _next_to(text, first, one, two)]
    start = first
    for begin, end in cuts(text, first, last):
        if any(a <= begin and end <= b for a, b in joined) or _is_within(text, begin, end, named):
            continue
        yield _clause(text, start, end, named)
        start = end
    if start < last:
        yield _clause(text, start, last, named)


def _is_within(text: str, begin: int, end: int, named: Sequence[_Named]) -> bool:
    """A space of Lao, Thai, Khmer or Chinese that sets off a name and ends nothing."""
    return text[begin:end].isspace() and text[begin - 1] > _SPACED and any(x.end == begin for x in named)


def _next_to(text: str, first: int, one: _Named, two: _Named) -> bool:
    """In one list, or the ends of one road; "khen Gia Lai, Đắk Lắk bị chê" is none."""
    gap = text[one.end : two.start].lower()
    if len(gap) > cues.REACH or not (cues.LIST_GAP.match(gap) or cues.RANGE_GAP.match(gap)):
        return False
    if one.of is two.of or gap.strip() not in {",", "，", ";"} or not text[first : one.start].strip():
        return True
    return gap.strip() == "," and not _DOES.match(text, two.end)


def _clause(text: str, start: int, end: int, named: Sequence[_Named]) -> _Clause:
    its = [x for x in named if start <= x.start < end]
    of = _Of.NOBODY
    for one in its:
        of |= one.of
    if of is _Of.BOTH and _is_list(text, its):
        of = _Of.OURS
    return _Clause(start, end, of, named=bool(its))


def _is_list(text: str, named: Sequence[_Named]) -> bool:
    """All places of a clause stand in one list, or are the ends of one road."""
    gaps = (text[one.end : two.start].lower() for one, two in pairwise(named))
    return all(cues.LIST_GAP.match(gap) or gap.strip() in _DASHES for gap in gaps)


def _inherited(clauses: Sequence[_Clause]) -> list[_Clause]:
    """Clauses without a place speak of whom the one before speaks of, the first ones of whom the next one does."""
    told: list[_Clause] = []
    so_far = _Of.NOBODY
    for clause in clauses:
        of = clause.of if clause.named else so_far
        told.append(replace(clause, of=of))
        so_far |= of
    following = next(clause.of for clause in clauses if clause.named)
    return [replace(x, of=following) if x.of is _Of.NOBODY and not x.named else x for x in told]


def _aimed(reading: Reading, clauses: Sequence[_Clause]) -> Aimed:
    kept = [x for x in clauses if x.of is not _Of.THEIRS]
    whole = reading if len(kept) == len(clauses) else _again(reading, kept)
    sure = [x for x in kept if x.of is not _Of.BOTH or x.start >= reading.body]
    if len(sure) == len(kept):
        return Aimed(whole)
    return Aimed(whole, torn=True, _from=reading, _sure=tuple(sure))


def _again(reading: Reading, kept: Sequence[_Clause]) -> Reading | None:
    """These clauses read by themselves; those that stood side by side stay so, the others go on new lines."""
    head = _joined(reading.text, [x for x in kept if x.start < reading.body])
    body = _joined(reading.text, [x for x in kept if x.start >= reading.body])
    return read_text(head, reading.language, body) if any(map(str.isalnum, head + body)) else None


def _joined(text: str, kept: Sequence[_Clause]) -> str:
    parts: list[str] = []
    for n, clause in enumerate(kept):
        if n and kept[n - 1].end == clause.start:
            parts[-1] += text[clause.start : clause.end]
        else:
            parts.append(text[clause.start : clause.end])
    return "\n".join(part.strip(" ,;:-–—，；：、") for part in parts)
