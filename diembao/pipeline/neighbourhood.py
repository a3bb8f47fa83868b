"""What is looked at together when stories are made: near in time, of a story that was met, or tied by people."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from diembao.core.article import Kind, Labelled
from diembao.pipeline.wiring import Installation

SECOND = timedelta(seconds=1)


def neighbourhood(house: Installation, ids: Sequence[str]) -> Sequence[Labelled]:
    """These articles, all coverage within the grouper's window of them, the whole of every story met, and what people
    tied to any of these.
    """
    about = [item for item in house.store.articles(ids) if is_about(item, house.watched)]
    window = timedelta(days=house.grouper.window_days)
    near: set[str] = set()
    for start, end in _spans([item.article.when for item in about], window):
        for province in house.watched:
            near.update(house.store.published_between(start, end, about=province))
    met = _whole_stories(house, house.store.articles(sorted(near | set(ids))))
    while tied := _tied(house, met):
        met = _whole_stories(house, [*met, *house.store.articles(sorted(tied))])
    return met


def _whole_stories(house: Installation, met: Sequence[Labelled]) -> list[Labelled]:
    stories = {story for item in met if (story := item.key(Kind.STORY))}
    members = house.store.story_members(sorted(stories)).values()
    rest = set(itertools.chain.from_iterable(members)) - {item.article.id for item in met}
    return [*met, *house.store.articles(sorted(rest))]


def _tied(house: Installation, met: Sequence[Labelled]) -> set[str]:
    """What people tied to these, and their editions in other languages, that are not among them."""
    known = {item.article.id for item in met}
    tied = {each for tie in house.store.ties(sorted(known)) for each in (tie.article, tie.other)}
    return (tied | {twin.other for twin in house.store.twins(known)}) - known


def _spans(times: Iterable[datetime], window: timedelta) -> list[tuple[datetime, datetime]]:
    """[time - window, time + window) of every time, overlapping ones joined; an article is at its time, so the
    end takes in a second more.
    """
    spans: list[tuple[datetime, datetime]] = []
    for time in sorted(times):
        if spans and time - window <= spans[-1][1]:
            spans[-1] = (spans[-1][0], time + window + SECOND)
        else:
            spans.append((time - window, time + window + SECOND))
    return spans


def is_about(item: Labelled, watched: Sequence[str]) -> bool:
    """Only coverage of the province, or of one of several, is grouped."""
    return any(item.key(Kind.RELEVANCE, province) in {"yes", "part"} for province in watched)
