"""Words of the query language that an installation gives a meaning: saved searches, units, tasks of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import Final

from diembao.core.query_words import SAVED, TASK, UNIT, bare
from diembao.core.saved import SavedSearch

MAX_EXPANSIONS: Final = 50  # saved searches that one query may stand for, those within others counted each time


def _none() -> Sequence[SavedSearch]:
    return ()


@dataclass(frozen=True)
class Vocabulary:
    """``units`` and ``tasks`` are themes by every way of naming a unit or task; ``saved`` is asked only when a query
    names a saved search. A ``lenient`` one takes every name: for checking a query before there is a store to ask.
    """

    saved: Callable[[], Sequence[SavedSearch]] = _none
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tasks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lenient: bool = False

    def once(self) -> Vocabulary:
        """The same, for reading many queries in a row: what is saved is asked for once."""
        return replace(self, saved=lru_cache(maxsize=1)(self.saved))

    @cached_property
    def _themes(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {
            UNIT: {bare(name): themes for name, themes in self.units.items()},
            TASK: {name.strip(" ."): themes for name, themes in self.tasks.items()},
        }

    def themes(self, field_name: str, typed: str) -> tuple[str, ...] | None:
        """The themes of a unit or task; None: there is none of this name."""
        key = bare(typed) if field_name == UNIT else typed.strip(" .")
        known = self._themes[field_name].get(key)
        return () if known is None and self.lenient else known

    def search(self, name: str) -> SavedSearch | None:
        """The saved search of this name, with or without its marks and capitals."""
        return next((each for each in self.saved() if each.key == bare(name)), None)

    def nearest(self, field_name: str, typed: str) -> str:
        """What may be typed instead, for the end of a message; empty where there is nothing."""
        names = list(self._names(field_name))
        near = get_close_matches(bare(typed), [bare(name) for name in names], n=1, cutoff=0.5)
        for name in names:
            if near and bare(name) == near[0]:
                return f", gần nhất là “{name}”"
        return f", có {', '.join(f'“{name}”' for name in names[:3])}" if names else ""

    def _names(self, field_name: str) -> Iterator[str]:
        if field_name == SAVED:
            yield from (each.name for each in self.saved())
        else:
            yield from self.units if field_name == UNIT else self.tasks


NOTHING_SAID: Final = Vocabulary()
LENIENT: Final = Vocabulary(lenient=True)
