"""`eval judge`: relevance, themes and stance of headlines, as the product's own taggers say them in their order.

relevance   what the product says about the province asked for
themes      what it names in the end: where it takes an item for not about the province, nothing
stance      of items that truly are about the province, and are told so: one answer each, no abstaining
coverage    the same items as the product does it: relevance by itself, silent where unsure
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from classifier import quality
from classifier.stance import StanceTagger
from diembao.app.evaluation.mistakes import Truth, wrong_answers
from diembao.app.evaluation.outlets import Outlets
from diembao.app.evaluation.records import Moment, Record, Step, Text, Words, read
from diembao.core.article import Article, DateFrom, Kind, Label, Labelled, Relevance, Stance, TextFrom, article_id
from diembao.core.errors import WrongUse
from diembao.core.settings import Settings
from diembao.pipeline.steps import judged_labels
from diembao.pipeline.wiring import Installation
from diembao.plan.reader import themes

HOUSE = "gia-lai"  # the profile whose taggers are measured
FIELDS = {"binh-dinh": "binhdinh", "gia-lai": "gialai"}
NOT_ABOUT = "na"  # the stance of an item that is not about the province

Answer = Literal["yes", "part", "no"]
Themes = Annotated[tuple[Text, ...], BeforeValidator(lambda value: () if value is None else value)]
Attitude = Annotated[
    Literal["positive", "neutral", "critical", "na"], BeforeValidator(lambda value: value or NOT_ABOUT)
]


class Item(Record):
    url: Words
    source: Words
    date: Moment
    title: Text
    summary: Words
    binhdinh: Answer
    gialai: Answer
    themes: Themes
    stance: Attitude


@dataclass(frozen=True, slots=True)
class Said:
    """What the product says of one item; ``stance`` as it is in the end, ``choice`` told that the item is about it."""

    relevance: str
    themes: frozenset[str]
    stance: str
    choice: str
    labels: tuple[Label, ...]  # as it is in the end; the stance as chosen


def refuse_unknown(province: str) -> None:
    if province not in FIELDS:
        msg = f"there is no gold for the province '{province}'; use {' or '.join(FIELDS)}"
        raise WrongUse(msg)


def load(path: Path) -> list[Item]:
    return read(path, Item)


def measure(
    items: Sequence[Item], province: str, home: Path, now: datetime, step: Step, worst: int = 0
) -> dict[str, Any]:
    """``home`` is any folder: nothing is written there. ``worst`` of the wrong answers are told one by one."""
    return figures_of(items, province, judged(items, province, home, now, step), worst)


def figures_of(items: Sequence[Item], province: str, said: Sequence[Said], worst: int = 0) -> dict[str, Any]:
    """What `measure` tells of these answers of the product's."""
    figures = scored(items, province, said)
    if worst:
        figures["worst"] = wrong_answers(truths(items, province), [one.labels for one in said], province, HOUSE)[:worst]
    return figures


def scored(items: Sequence[Item], province: str, said: Sequence[Said]) -> dict[str, Any]:
    """Answers against what is true, whoever gave them."""
    truly = [str(getattr(item, FIELDS[province])) for item in items]
    about = [row for row, item in enumerate(items) if truly[row] != Relevance.NO and item.stance != NOT_ABOUT]
    named = [frozenset(item.themes) for item in items]
    return {
        "n": len(items),
        "province": province,
        "relevance": _relevance(truly, [one.relevance for one in said]),
        "themes": _themes(named, [one.themes for one in said]),
        "stance": _stance([items[row].stance for row in about], [said[row] for row in about]),
    }


def truths(items: Sequence[Item], province: str) -> list[Truth]:
    """What is true of each; the stance empty where it is not about the province."""
    found = []
    for item in items:
        truly = str(getattr(item, FIELDS[province]))
        about = truly != Relevance.NO and item.stance != NOT_ABOUT
        found.append(Truth(item.title, truly, frozenset(item.themes), item.stance if about else ""))
    return found


def judged(items: Sequence[Item], province: str, home: Path, now: datetime, step: Step) -> list[Said]:
    house = Installation(Settings(home=home).model_copy(update={"province": HOUSE}))
    always, outlets, found = StanceTagger(house.profile, threshold=0.0), Outlets(), []
    for number, item in enumerate(items):
        article = article_of(number, item, outlets, now)
        made = judged_labels(Labelled(article), house.taggers)
        told = Label(article.id, Kind.RELEVANCE, Relevance.YES, about=HOUSE)
        choice = always.judge(article, [*(x for x in made if x.kind in {Kind.LANGUAGE, Kind.PLACE}), told])
        labelled = Labelled(article, tuple(made))
        found.append(
            Said(
                relevance=labelled.key(Kind.RELEVANCE, province) or Relevance.NO,
                themes=frozenset(labelled.keys(Kind.THEME, HOUSE)),
                stance=labelled.key(Kind.STANCE, HOUSE) or Stance.ABSTAIN,
                choice=choice[0].key,
                labels=(*(x for x in made if x.kind is not Kind.STANCE), *choice),
            )
        )
        step(1)
    return found


def article_of(number: int, item: Item, outlets: Outlets, now: datetime) -> Article:
    known = outlets.find(item.source)
    return Article(
        id=article_id(f"{item.url} {number}"),
        url=item.url,
        outlet=item.source,
        title=item.title,
        lead=item.summary,
        text="",
        text_from=TextFrom.FEED,
        language=known.language if known else "vi",
        published_at=item.date,
        published_from=DateFrom.FEED if item.date else DateFrom.NONE,
        seen_at=item.date or now,
    )


# -- the figures, each with its interval -------------------------------------------------------------


def _relevance(truly: Sequence[str], said: Sequence[str]) -> dict[str, Any]:
    def figures(rows: Sequence[int]) -> dict[str, float]:
        true, ours = [truly[row] for row in rows], [said[row] for row in rows]
        sides = quality.per_label([_side(key) for key in true], [_side(key) for key in ours])
        about, no = (sides.get(side, quality.Score(0.0, 0.0, 0.0, 0)) for side in ("about", "no"))
        return {
            "precision": about.precision,
            "recall": about.recall,
            "f1": about.f1,
            "no_f1": no.f1,
            "accuracy_3way": quality.accuracy(true, ours),
            "kappa_3way": quality.kappa(true, ours),
        }

    counts = {key.value: truly.count(key) for key in Relevance}
    return {**_with_interval(figures, len(truly)), "counts": counts, "confusion": quality.confusion(truly, said)}


def _side(key: str) -> frozenset[str]:
    return frozenset(["no" if key == Relevance.NO else "about"])


def _themes(true: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> dict[str, Any]:
    """Over all items: what is named where there is no theme is wrong too."""

    def figures(rows: Sequence[int]) -> dict[str, float]:
        ours, theirs = [said[row] for row in rows], [true[row] for row in rows]
        return {"micro_f1": quality.micro_f1(theirs, ours), "macro_f1": quality.macro_f1(theirs, ours)}

    unknown = sorted(set().union(*true) - set(themes()))
    return {
        **_with_interval(figures, len(true)),
        "per_theme": {name: asdict(score) for name, score in quality.per_label(true, said).items()},
        "confusion": quality.instead(true, said),
        "unknown": unknown,
    }


def _stance(true: Sequence[str], said: Sequence[Said]) -> dict[str, Any]:
    choices, silent = [one.choice for one in said], [one.stance for one in said]

    def figures(rows: Sequence[int]) -> dict[str, float]:
        theirs, ours = [frozenset([true[row]]) for row in rows], [frozenset([choices[row]]) for row in rows]
        critical = quality.per_label(theirs, ours).get(Stance.CRITICAL, quality.Score(0.0, 0.0, 0.0, 0))
        coverage, right = quality.covered([true[r] for r in rows], [silent[r] for r in rows], Stance.ABSTAIN)
        return {
            "macro_f1": quality.macro_f1(theirs, ours),
            "accuracy": quality.accuracy(theirs, ours),
            "critical_recall": critical.recall,
            "critical_precision": critical.precision,
            "coverage": coverage,
            "accuracy_covered": right,
        }

    counts = {key: true.count(key) for key in sorted(set(true))}
    confusion = quality.confusion(true, choices)
    return {"n": len(true), **_with_interval(figures, len(true)), "counts": counts, "confusion": confusion}


def _with_interval(figures: quality.Figures, n: int) -> dict[str, Any]:
    found: Mapping[str, float] = figures(range(n))
    return {**found, "interval": quality.intervals(figures, n)}
