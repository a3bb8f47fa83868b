"""Searches kept under a name, and the words that a province's profile gives the query language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.errors import QueryError, WrongUse
from diembao.core.query import VERSION, parse
from diembao.core.query_words import bare
from diembao.core.saved import SavedSearch, SavedSearches, name_of
from diembao.core.settings import ANY_TIME
from diembao.core.subscription import Subscription
from diembao.core.vocabulary import Vocabulary
from diembao.plan.reader import Profile

PREPARED: Final = "profile"  # by whom a search is that nobody has saved


def vocabulary(profile: Profile, store: SavedSearches | None = None) -> Vocabulary:
    """A unit may be named by its id, its name, or a name that the plan has for it (then all of its successors are
    meant); its themes are those it answers for. A task has the themes that the plan gives it.
    """
    units: dict[str, tuple[str, ...]] = {}
    for unit in profile.units.values():
        its = tuple(theme for theme, holder in profile.fields.items() if holder == unit.id)
        for name in (unit.name, unit.id, *unit.plan_names):
            units[name] = tuple(dict.fromkeys((*units.get(name, ()), *its)))
    tasks = {task.number: task.themes for task in profile.tasks}
    if store is None:
        return Vocabulary(units=units, tasks=tasks)

    def every() -> Sequence[SavedSearch]:
        kept = store.saved_searches()
        return [*kept, *prepared(profile, kept)]

    return Vocabulary(every, units, tasks)


def prepared(profile: Profile, kept: Sequence[SavedSearch] = ()) -> list[SavedSearch]:
    """The searches of the profile's kits, but for names that somebody has given to a search of their own."""
    taken = {each.key for each in kept}
    every = (SavedSearch(*each, VERSION, PREPARED, ANY_TIME) for kit in profile.kits for each in kit.searches)
    return [each for each in every if each.key not in taken]


def saved(name: str, query: str, words: Vocabulary, *, by: str, now: datetime) -> SavedSearch:
    """A search to be kept, checked.

    Raises:
        WrongUse: a name that will not do, an empty query.
        QueryError: the query cannot be read, or would ask for itself under this name.
    """
    search = SavedSearch(name_of(name), query.strip(), VERSION, by, now)
    if not search.query:
        msg = "Câu tìm còn trống (the query is empty)"
        raise WrongUse(msg)
    others = [each for each in words.saved() if each.key != search.key]
    parse(search.query, now=now, words=replace(words, saved=lambda: [*others, search]))
    return search


def users(name: str, words: Vocabulary, asked: Iterable[Subscription]) -> list[str]:
    """What could not be read any more without the saved search of this name: other searches, alerts."""
    rest = [each for each in words.saved() if each.key != bare(name)]
    without = replace(words, saved=lambda: rest)
    using = [f"câu tìm “{each.name}”" for each in rest if _needs(each.query, words, without)]
    return using + [f"cảnh báo “{each.name}”" for each in asked if _needs(each.query, words, without)]


def _needs(query: str, words: Vocabulary, without: Vocabulary) -> bool:
    return _reads(query, words) and not _reads(query, without)


def _reads(query: str, words: Vocabulary) -> bool:
    try:
        parse(query, now=ANY_TIME, words=words)
    except QueryError:
        return False
    return True


def remove(
    name: str,
    store: SavedSearches,
    words: Vocabulary,
    asked: Iterable[Subscription],
    *,
    by: Hand = CONSOLE,
    now: datetime,
) -> None:
    """Raises:
    WrongUse: there is none of this name, or something still asks for it.
    """
    using = users(name, words, asked)
    if using:
        msg = (
            f"Câu tìm “{name}” còn được dùng trong {', '.join(using)}; hãy sửa chỗ đó trước "
            f"(the search '{name}' is still used in {', '.join(using)}; change that first)"
        )
        raise WrongUse(msg)
    store.remove_search(name, now=now, by=by)
