"""Do the figures of a report add up, and what has changed since it was made?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from diembao.core.article import Kind, Labelled
from diembao.core.errors import QueryError, WrongUse
from diembao.core.query import Query, parse
from diembao.reports.figures import Counted, Narrowed, distinct, ids_of, narrow, read
from diembao.reports.house import House, usable
from diembao.reports.period import Period
from diembao.reports.sidecar import READABLE, FigureEntry, Sidecar, SliceEntry

SHOWN: Final = 100  # articles of one figure that are told one by one
_ANY_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)  # frozen queries hold instants, nothing that depends on the time


@dataclass(frozen=True, slots=True)
class Moved:
    """An article that a figure has gained or lost; ``now`` is what the record says of it today."""

    id: str
    title: str
    outlet: str
    url: str
    now: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure whose question has another answer today."""

    number: int
    name: str
    then: int
    now: int
    came: tuple[Moved, ...]
    gone: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """``problems`` are faults of the file itself; ``document`` is same, changed or missing; ``revised`` are articles of
    the figures whose words the outlet changed after the report.
    """

    problems: tuple[str, ...]
    document: str
    as_of_log: int
    log: int
    figures: int
    changed: tuple[Changed, ...]
    revised: tuple[Moved, ...]

    def as_json(self) -> dict[str, Any]:
        return {"adds_up": not self.problems, **asdict(self)}


def check(house: House, path: Path, kept: Sidecar) -> Checked:
    """The file against itself, and its questions asked again.

    Raises:
        WrongUse: it is of another installation, or of a later version of the program.
        Misconfigured: the index is not complete.
    """
    if kept.format not in READABLE:
        known = ", ".join(map(str, sorted(READABLE)))
        raise WrongUse(
            f"{path}: không đọc được định dạng {kept.format}; đọc được {known}."
            f" / {path}: format {kept.format} is not known; this program reads {known}."
        )
    if kept.installation != house.profile.id:
        raise WrongUse(
            f"{path} là của bản cài “{kept.installation}”, đây là “{house.profile.id}”."
            f" / {path} is of the installation of '{kept.installation}', this one is of '{house.profile.id}'."
        )
    usable(house)
    problems = tuple(_problems(kept))
    return Checked(
        problems=problems,
        document=_document(path.with_name(kept.document), kept.sha256),
        as_of_log=kept.as_of_log,
        log=house.index.position(),
        figures=len(kept.figures),
        changed=tuple(_changes(house, kept)),
        revised=tuple(_revised(house, kept)),
    )


# -- the file against itself ------------------------------------------------------------------------


def _problems(kept: Sidecar) -> Iterator[str]:
    by_number = {figure.number: figure for figure in kept.figures}
    if len(by_number) != len(kept.figures):
        yield "two figures have the same number"
    whole = {entry.first: set(entry.ids) for entry in _slices(kept.figures[0])} if kept.figures else {}
    for figure in kept.figures:
        for entry in _slices(figure):
            yield from (f"S{figure.number}, {entry.first}: {fault}" for fault in _faults(figure, entry, whole))
        mean = sum(entry.count for entry in figure.before) / len(figure.before) if figure.before else None
        if figure.mean != mean:
            yield f"S{figure.number}: the mean is {mean}, not {figure.mean}"
    for each in kept.sums:
        if not {each.total, *each.parts} <= by_number.keys():
            yield f"a sum names a figure that is not there (S{each.total})"
        elif fault := _sum(by_number[each.total], [by_number[part] for part in each.parts]):
            yield fault


def _slices(figure: FigureEntry) -> tuple[SliceEntry, ...]:
    return figure.now, *figure.before


def _faults(figure: FigureEntry, entry: SliceEntry, whole: dict[Any, set[str]]) -> Iterator[str]:
    counted = entry.ids if figure.counted is Counted.ARTICLES else entry.values
    if counted is None or entry.count != len(counted):
        yield f"the count is {entry.count}, and {len(counted or ())} are listed"
    if len(set(entry.ids)) != len(entry.ids) or len(set(entry.values or ())) != len(entry.values or ()):
        yield "one is listed twice"
    if not set(entry.ids) <= whole.get(entry.first, set()):
        yield "it lists articles that are not in S1"
    if figure.counted.asked and _query(entry) is None:
        yield f"the query cannot be read: {entry.query}"


def _sum(total: FigureEntry, parts: Sequence[FigureEntry]) -> str:
    listed = [x for part in parts for x in part.now.ids]
    right = len(listed) == len(set(listed)) and set(listed) == set(total.now.ids)
    return (
        "" if right else f"S{parts[0].number} to S{parts[-1].number} are not the articles of S{total.number}, each once"
    )


# -- asked again ------------------------------------------------------------------------------------


def _query(entry: SliceEntry) -> Query | None:
    try:
        return parse(entry.query, now=_ANY_TIME, zone="UTC")
    except QueryError:
        return None


def asked_again(house: House, figure: FigureEntry, zone: str) -> tuple[int, tuple[str, ...]] | None:
    """What the figure's question finds today: its number, and the ids of the articles. None: the record told it, not
    the index, and what it said is frozen beside it.
    """
    if not figure.counted.asked or figure.narrowed is Narrowed.OF_CASES:
        return None
    query = _query(figure.now)
    if query is None:
        return None
    span = Period(figure.now.first, figure.now.last, zone)
    ids = narrow(house, ids_of(house.index, query, span.start, span.end), figure.narrowed)
    if figure.counted is Counted.ARTICLES:
        return len(ids), ids
    return len(distinct(read(house.store, ids), figure.counted)), ids


def _changes(house: House, kept: Sidecar) -> Iterator[Changed]:
    for figure in kept.figures:
        then, found = set(figure.now.ids), asked_again(house, figure, kept.zone)
        if found is None:
            continue
        count, ids = found
        came, gone = sorted(set(ids) - then), sorted(then - set(ids))
        if came or gone or count != figure.now.count:
            told = (tuple(_moved(house, each)) for each in (came, gone))
            yield Changed(figure.number, figure.name, figure.now.count, count, *told)


def _moved(house: House, ids: Sequence[str]) -> Iterator[Moved]:
    found = {item.article.id: item for item in house.store.articles(ids[:SHOWN])}
    for each in ids[:SHOWN]:
        yield _told(house, found[each]) if each in found else Moved(each, "", "", "", "no longer in the record")


def _told(house: House, item: Labelled) -> Moved:
    article = item.article
    return Moved(article.id, article.title, article.outlet, article.url, _labels(item, house.profile.id))


def _labels(item: Labelled, province: str) -> str:
    """All that counts: relevance yes (rules), stance critical (person:lan)."""
    told = (Kind.RELEVANCE, Kind.STANCE, Kind.THEME, Kind.ROLE)
    own = [x for kind in told for x in item.labels if x.kind is kind and x.about in {province, ""}]
    return ", ".join(f"{x.kind.value} {x.key} ({x.by})" for x in own)


def _revised(house: House, kept: Sidecar) -> Iterator[Moved]:
    for item in read(house.store, kept.figures[0].now.ids if kept.figures else ()):
        if item.article.revised_at is not None and item.article.revised_at > kept.made:
            yield _told(house, item)


def _document(path: Path, digest: str) -> str:
    try:
        return "same" if hashlib.sha256(path.read_bytes()).hexdigest() == digest else "changed"
    except OSError:
        return "missing"
