"""Which articles to ask a person about: those whose label would teach the machine most.

Worth is the sum of four, each 0–1: how close the likeliest two stances are; how close a theme is to being named or
not; how far the heads that came with the program and those taught here are from each other; whether a language model's
second opinion is another one (where one is asked). One article of a story, none that a person has judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from diembao.core.article import TAUGHT, Kind, Label, Labelled, Stance
from diembao.core.opinion import SECOND
from diembao.pipeline.wiring import Installation

if TYPE_CHECKING:
    from classifier.features import Reading
    from classifier.head import Head

REACH = timedelta(days=14)  # back from now: what people still remember
MOST = 500  # articles weighed, the newest first: about a second


@dataclass(frozen=True, slots=True)
class Question:
    """``worth`` is 0–4, ``torn`` the two likeliest stances, ``theme`` the theme that is least certain; ``second`` is
    what a language model's second opinion says otherwise.
    """

    item: Labelled
    worth: float
    torn: tuple[str, str]
    theme: str
    second: tuple[Label, ...] = ()


def questions(house: Installation, now: datetime, limit: int) -> list[Question]:
    """The most instructive first; ties by id.

    Raises:
        Misconfigured: a head cannot be read.
    """
    from classifier import head

    folders = [head.FOLDER, *filter(None, [house.heads.judging()])]
    themes, stances = ([head.load(each / f"{name}.npz") for each in folders] for name in ("themes", "stance"))
    found = [
        _with_second(_question(item, reading, themes, stances), house, themes[-1].labels)
        for item in _candidates(house, now)
        if (reading := house.read_head(item)) is not None
    ]
    found.sort(key=lambda one: (-one.worth, one.item.article.id))
    return list(_one_a_story(found))[:limit]


def _candidates(house: Installation, now: datetime) -> list[Labelled]:
    ids = house.store.published_between(now - REACH, now, about=house.profile.id)[-MOST:]
    return [item for item in house.store.articles(ids) if not any(map(_taught, item.labels))]


def _taught(label: Label) -> bool:
    """Did a person say something that the heads learn from?"""
    return label.by_person and label.kind in TAUGHT


def _question(item: Labelled, reading: Reading, themes: Sequence[Head], stances: Sequence[Head]) -> Question:
    said = np.array([one.chances(reading) for one in themes])
    shares = np.array([one.chances(reading) for one in stances])
    shares /= shares.sum(axis=1, keepdims=True)
    first, second = (int(n) for n in np.argsort(-shares[-1])[:2])
    near = 1 - np.minimum(1, np.abs(said[-1] - themes[-1].threshold(reading)) / _WIDE)
    apart = max(float(np.ptp(said, axis=0).max()), float(np.ptp(shares, axis=0).max()))
    worth = 1 - float(shares[-1][first] - shares[-1][second]) + float(near.max()) + apart
    labels = stances[-1].labels
    return Question(item, round(worth, 4), (labels[first], labels[second]), themes[-1].labels[int(near.argmax())])


def _with_second(one: Question, house: Installation, themes: Sequence[str]) -> Question:
    """Where the second opinion differs, it is what is asked about."""
    second = differing(one.item, house.profile.id) if house.settings.opinion.on else ()
    if not second:
        return one
    stance = next((x.key for x in second if x.kind is Kind.SECOND_STANCE), "")
    named = next((x.key for x in second if x.kind is Kind.SECOND_THEME and x.key in themes), one.theme)
    torn = (one.torn[0], stance) if stance not in {"", Stance.ABSTAIN, one.torn[0]} else one.torn
    return Question(one.item, one.worth + 1, torn, named, second)


def differing(item: Labelled, about: str) -> tuple[Label, ...]:
    """What a second opinion says otherwise than the labels in force about this province."""
    found = []
    for own, kind in SECOND.items():
        said, ours = [x for x in item.labels if x.kind is kind and x.about == about], item.keys(own, about)
        found += [x for x in said if x.key not in ours and x.key != Stance.ABSTAIN]
    return tuple(found)


_WIDE = 0.4  # of a chance: farther from the threshold a theme is certain


def _one_a_story(found: Sequence[Question]) -> Iterator[Question]:
    seen: set[str] = set()
    for one in found:
        story = one.item.key(Kind.STORY) or one.item.article.id
        if story not in seen:
            seen.add(story)
            yield one
