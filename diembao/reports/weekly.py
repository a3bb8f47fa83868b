"""A period of coverage: what was asked, counted and chosen. `parts` says it in words.

A week is told with all of it; whoever tells of another period (a half-year, a theme, a country) asks with ``only`` and
takes the parts that are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from diembao.core.article import Labelled, Role, Stance
from diembao.core.errors import WrongUse
from diembao.core.opinion import Gist
from diembao.core.query import Query, Terms
from diembao.plan.reader import Profile
from diembao.reports.answering import Answering
from diembao.reports.edits import Edit
from diembao.reports.effects import EffectTold
from diembao.reports.figures import Figure, Sum
from diembao.reports.house import House, usable
from diembao.reports.lists import Listed
from diembao.reports.owed import Owing
from diembao.reports.period import Period
from diembao.reports.sources import Sources
from diembao.reports.stories import Story

TRIES: Final = 3  # of a report whose index moves while it is being made

STANCES: Final[Mapping[str, str]] = {
    Stance.POSITIVE.value: "tích cực",
    Stance.NEUTRAL.value: "trung tính",
    Stance.CRITICAL.value: "phê phán",
    Stance.ABSTAIN.value: "chưa rõ",
}
COPY: Final = Terms("role", (Role.COPY.value,))
CORRECTION: Final = Terms("role", (Role.CORRECTION.value,))
CRITICAL: Final = Terms("stance", (Stance.CRITICAL.value,))

# How far the making is, from 0 to 1.
Heard = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Overview:
    """``home``, ``abroad`` and ``nowhere`` are outlets by what the catalogue says of their country."""

    articles: Figure
    texts: Figure
    stories: Figure
    outlets: Figure
    home: Figure
    abroad: Figure
    nowhere: Figure
    foreign: Figure
    critical: Figure
    by_person: Figure
    stances: tuple[tuple[str, Figure], ...]
    themes: tuple[tuple[str, Figure], ...]
    languages: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """``as_of`` is the number of the log up to which the index was complete when the figures were asked; ``items`` are
    all articles of the period in the order of time, without their texts. ``only`` is what narrowed the coverage.
    ``by_day``: how many articles of each stance on each day. ``gists`` are accepted ones of foreign articles, by id.
    """

    period: Period
    province: Profile
    made: datetime
    as_of: int
    periods: int
    overview: Overview
    stories: tuple[Story, ...]
    critical: Listed
    answering: Answering
    owing: Owing
    countries: tuple[tuple[str, Figure], ...]
    foreign: Listed
    effects: tuple[EffectTold, ...]
    corrections: Listed
    revised: Listed
    edits: Mapping[str, Edit]
    withdrawn: Listed
    official: Listed
    by_day: Mapping[tuple[date, str], int]
    gists: Mapping[str, Gist]
    items: tuple[Labelled, ...]
    sources: Sources
    figures: tuple[Figure, ...]
    sums: tuple[Sum, ...]
    only: tuple[Query, ...] = ()

    @property
    def undated(self) -> int:
        return sum(item.article.published_at is None for item in self.items)


def weekly(
    house: House,
    period: Period,
    *,
    province: str,
    now: datetime,
    only: Sequence[Query] = (),
    heard: Heard = lambda _: None,
) -> Weekly:
    """The figures of one state of the index, also while a worker adds to it. ``only`` narrows all of them, as to a
    theme or a country.

    Raises:
        WrongUse: the installation does not watch this province, or the period has not begun.
        Misconfigured: the index is not complete.
    """
    from diembao.reports.gathering import Gathering

    watched = house.profile.judged
    if province not in watched:
        shown, known = province[:40], ", ".join(watched)
        msg = f"Bản cài này không theo dõi “{shown}”; đang theo dõi: {known}. / It does not watch '{shown}'."
        raise WrongUse(msg)
    if period.start >= now:
        day = f"{period.first:%d/%m/%Y}"
        msg = f"Kỳ từ ngày {day} chưa bắt đầu. / The period from {day} on has not begun."
        raise WrongUse(msg)
    usable(house)
    for _ in range(TRIES):
        before = house.index.position()
        found = Gathering(house, province, period, now, tuple(only), heard).weekly(before)
        if house.index.position() == before:
            break
    return found
