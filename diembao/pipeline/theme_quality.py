"""How well an added theme is recognised here, by what people have said: nobody knows it before they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from diembao.core.article import ONE_THEME, Kind
from diembao.pipeline.wiring import Installation

MOST: Final = 500  # articles that people judged, the latest first


@dataclass(frozen=True, slots=True)
class Quality:
    """Of ``n`` articles of which people said whether they have it: rightly named, named and taken away, not named and
    given.
    """

    n: int
    right: int
    wrong: int
    missed: int


def quality(house: Installation, theme: str) -> Quality | None:
    """None: people have judged no article's themes in which it was named, by the machine or by them."""
    province = house.profile.id
    people: dict[str, set[str]] = {}
    for label in reversed(house.store.people_labels((Kind.THEME, *ONE_THEME), province)):
        if label.kind is Kind.THEME:
            people.setdefault(label.article_id, set()).add(label.key)
        elif label.key == theme:
            given = people.setdefault(label.article_id, set())
            (given.add if label.kind is Kind.THEME_YES else given.discard)(theme)
    right = wrong = missed = 0
    judged = list(reversed(people.items()))[:MOST]
    for article, given in judged:
        named = any(
            label.kind is Kind.THEME and label.about == province and label.key == theme and not label.by_person
            for label, ended in house.store.label_history(article)
            if ended is None
        )
        right += named and theme in given
        wrong += named and theme not in given
        missed += not named and theme in given
    return Quality(len(judged), right, wrong, missed) if right + wrong + missed else None
