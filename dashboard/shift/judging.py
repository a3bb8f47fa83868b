"""What a key of the shift's review does, and how it is taken back: one press, one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import corrections, newsroom
from diembao.core.article import NO_THEME, ONE_THEME, Kind, Labelled
from diembao.core.errors import WrongUse

# Presses that can be taken back.
STEPS: Final = 50
_DONE: Final = "shift-done"

Word = tuple[Kind, tuple[str, ...], str]  # of a person: kind, keys, why


@dataclass(frozen=True, slots=True)
class Step:
    """What was done to which article; ``before`` is what stood until then."""

    article: str
    did: str  # "look", "skip", or a kind of label
    before: tuple[Word, ...] = ()
    looked: datetime | None = None


def done() -> list[Step]:
    found: list[Step] = st.session_state.setdefault(_DONE, [])
    return found


def looked_through(item: Labelled) -> None:
    article, house = item.article.id, newsroom.house()
    before = house.store.looked([article]).get(article)
    house.store.look(article, corrections.hand(article), newsroom.now())
    _add(Step(article, "look", looked=before))


def passed(item: Labelled) -> None:
    _add(Step(item.article.id, "skip"))


def judged(item: Labelled, kind: Kind, keys: Sequence[str], why: str) -> None:
    """Of the article that stands for the story."""
    house, article = newsroom.house(), item.article.id
    hand = corrections.hand(article)
    step = Step(article, kind.value, before=_words(item, kind))
    house.store.correct(
        article, kind, house.profile.id, list(keys), by=hand.actor, why=why, now=newsroom.now(), where=hand.where
    )
    _add(step)


def taken_back() -> Step:
    """The last step undone.

    Raises:
        WrongUse: there is none, or the article is gone.
    """
    if not done():
        raise WrongUse("Không còn bước nào để hoàn tác. / There is no step to take back.")
    step = done()[-1]
    undo: dict[str, Callable[[Step], None]] = {"look": _unlook, "skip": lambda _: None}
    undo.get(step.did, _restore)(step)
    done().pop()
    return step


def _unlook(step: Step) -> None:
    hand = corrections.hand(step.article)
    newsroom.house().store.unlook(step.article, hand, newsroom.now(), before=step.looked)


def _restore(step: Step) -> None:
    """What people said before stands again, now in the name of whoever takes back."""
    house, now = newsroom.house(), newsroom.now()
    hand, about = corrections.hand(step.article), house.profile.id
    house.store.retract(step.article, Kind(step.did), about, by=hand.actor, now=now, where=hand.where)
    for kind, keys, why in step.before:
        house.store.correct(step.article, kind, about, list(keys), by=hand.actor, why=why, now=now, where=hand.where)


def _words(item: Labelled, kind: Kind) -> tuple[Word, ...]:
    """What people have said so far of this kind: of themes, all of them first, then the single ones."""
    here = newsroom.house().profile.id
    mine = [label for label in item.labels if label.by_person and label.about == here]
    added = {label.key for label in mine if label.kind is Kind.THEME_YES}
    found: list[Word] = []
    for each in (kind, *ONE_THEME) if kind is Kind.THEME else (kind,):
        said = [label for label in mine if label.kind is each and not (each is Kind.THEME and label.key in added)]
        if said:
            keys = tuple(label.key for label in said if label.key != NO_THEME)
            found.append((each, keys, said[0].why))
    return tuple(found)


def _add(step: Step) -> None:
    done().append(step)
    del done()[:-STEPS]
