"""What a claim and a passage of coverage both name, and in what they differ, as it is weighed and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from classifier.facts import Facts, same_figure, written_figure
from classifier.said import Passage, Places, Said
from diembao.core.memory import Difference, Differs

MOST_FIGURES: Final = 4.0  # weight
_TOLD: Final = 4  # of each kind


@dataclass(frozen=True, slots=True)
class Shared:
    """What a claim (or its answer: narrow places) and a passage both name; ``words`` of the claim: the part shared."""

    figures: tuple[tuple[float, float], ...]
    places: tuple[str, ...]
    towns: tuple[str, ...]
    names: tuple[str, ...]
    words: float

    @property
    def weight(self) -> float:
        return min(MOST_FIGURES, sum(weight for _, weight in self.figures))


def shared(said: Said, passage: Passage) -> Shared:
    claim = said.claim
    return Shared(
        figures=tuple(same_figures(claim.facts, passage.facts)),
        places=tuple(sorted(said.narrow & passage.places.narrow)),
        towns=tuple(sorted(claim.places.towns & passage.places.towns)),
        names=tuple(sorted(claim.facts.names & passage.facts.names)),
        words=len(claim.words & passage.words) / len(claim.words) if claim.words else 0.0,
    )


def same_figures(one: Facts, other: Facts) -> Iterator[tuple[float, float]]:
    for mine, weight in one.figures.items():
        weights = [weighs for theirs, weighs in other.figures.items() if same_figure(mine, theirs)]
        if weights:
            yield mine, min(weight, max(weights))


def told(said: Said, both: Shared) -> tuple[str, ...]:
    """What both name, as the claim writes it: figures first, the most telling in front."""
    figures = [written_figure(figure) for figure, _ in sorted(both.figures, key=lambda each: -each[1])]
    written = said.answer.places.written | said.claim.places.written
    places = [written[each] for each in (*both.places, *both.towns)]
    return tuple(dict.fromkeys((*figures[:_TOLD], *places[:_TOLD], *both.names[:_TOLD])))


def differences(said: Said, passage: Passage, language: str) -> tuple[Difference, ...]:
    """In what the passage says the claim otherwise."""
    claim = said.claim
    found = [*_numbers(claim.facts, passage.facts)]
    mine, theirs = _named(claim.places), _named(passage.places)
    if mine and theirs and mine.keys().isdisjoint(theirs):
        found.append(Difference(Differs.PLACE, ", ".join(mine.values()), ", ".join(theirs.values())))
    if claim.facts.days and passage.facts.days and claim.facts.days.isdisjoint(passage.facts.days):
        found.append(Difference(Differs.DAY, _days(claim.facts), _days(passage.facts)))
    if said.language != language:
        found.append(Difference(Differs.LANGUAGE, said.language, language))
    return tuple(found)


def _numbers(one: Facts, other: Facts) -> Iterator[Difference]:
    """Figures of the claim that the passage has not, where it has others instead."""
    missing = [each for each in one.figures if not any(same_figure(each, theirs) for theirs in other.figures)]
    instead = [each for each in other.figures if not any(same_figure(each, mine) for mine in one.figures)]
    if missing and instead:
        yield Difference(Differs.NUMBER, *(", ".join(map(written_figure, each[:_TOLD])) for each in (missing, instead)))


def _named(places: Places) -> dict[str, str]:
    """Narrow places, else towns, as the text has them."""
    return {each: places.written[each] for each in sorted(places.narrow or places.towns)[:_TOLD]}


def _days(stated: Facts) -> str:
    return ", ".join(f"{day:02}/{month:02}" for month, day in sorted(stated.days)[:_TOLD])
