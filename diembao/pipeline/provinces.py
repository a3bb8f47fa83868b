"""Several provinces in one installation: who looks at it, and the searchable copy as that province sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, overload

from diembao.core.document import Document
from diembao.core.errors import WrongUse
from diembao.core.ports import Fresh, Hits, Index, SortBy, Store
from diembao.core.provinces import Scope, Viewed
from diembao.core.query import Query
from diembao.core.settings import Settings
from diembao.core.text import fold
from diembao.pipeline.hearing import Hears, everybody
from diembao.pipeline.measuring import Meter
from diembao.plan.reader import Profile, profile
from diembao.response.links import Links, links
from diembao.response.numbered import Numbered, feeds, stops, trial_stops

if TYPE_CHECKING:
    from diembao.pipeline.counting import Learned
    from diembao.pipeline.wiring import Installation


# The fact that says whose values stand plain in the index: the first province it was made for, for good.
PLAIN: Final = "index-plain"

T = TypeVar("T")


class shared(cached_property[T]):  # noqa: N801 (used like cached_property)
    """Made once for an installation, however many of its provinces ask for it."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Self | T:
        return super().__get__(instance.whole if isinstance(instance, Provinces) else instance, owner)


class Provinces:
    """The provinces of an installation. ``of`` shows it as one of them sees it, which is what screens, API and commands
    work with; the steps work on the ``whole``. Where only one is watched, both are the same.
    """

    record: Store  # all of it, whosever it is

    def __init__(self, settings: Settings, whole: Installation) -> None:
        self.settings = settings
        self.whole = whole
        self.looked_at: datetime | None = None  # at the clocks of cases, by `reminding`
        self.watched_at: datetime | None = None  # at searches that are told by a count, by `watching`
        self.learned: dict[tuple[str, str, datetime], Learned] = {}  # what is usual, by `counting`
        self.index_checked: datetime | None = None  # all files of the searchable copy, by `verify.checked`
        self.meter: Meter = Meter() if whole is self else whole.meter  # of the steps, by `measuring`
        self.hears: Hears = everybody  # asked of the whole: who may be told
        self._views: dict[str, Installation] = whole._views if whole is not self else {}  # noqa: SLF001 (its own kind)

    @cached_property
    def plan_folder(self) -> Path:
        """The office's own profiles, places and drafts of plans; need not exist."""
        return self.settings.home / "plan"

    @property
    def profile(self) -> Profile:
        """That of the province that looks; of the whole, of the one that is shown first."""
        return profile(self.settings.province, self.plan_folder)

    @cached_property
    def watched(self) -> Sequence[str]:
        """Ids of the profiles, the one that is shown first at the head."""
        return self.whole.settings.watched

    @property
    def profiles(self) -> Sequence[Profile]:
        return [profile(each, self.plan_folder) for each in self.watched]

    @property
    def several(self) -> bool:
        return len(self.watched) > 1

    @property
    def every(self) -> Sequence[Installation]:
        """As each of its provinces sees it."""
        return [self.of(each) for each in self.watched]

    def of(self, province: str) -> Installation:
        """As this province sees it: its profile, its rows of the record, its labels, its values of the index.

        Raises:
            WrongUse: it is not watched here.
        """
        if province not in self.watched:
            raise WrongUse(
                f"ở đây không theo dõi tỉnh “{province[:40]}”; có {', '.join(self.watched)}"
                f" (there is no province '{province[:40]}' here)"
            )
        if not self.several:
            return self.whole
        if province not in self._views:
            self._views[province] = type(self.whole)(self.whole.settings.of(province), whole=self.whole)
        return self._views[province]

    def reread_outlets(self) -> None:
        """Somebody may have added one to the catalogue since."""
        for name in ("outlets", "crawled"):
            self.whole.__dict__.pop(name, None)

    @shared
    def links(self) -> Links:
        """With which units answer without an account."""
        return links(self.settings.home, self.settings.web.public_url)

    def link_of(self, link: tuple[str, int, int]) -> str:
        """Its key is read when the first one leaves."""
        return self.links.address(link)

    def stop_of(self, number: int) -> str:
        """Where whoever got this row of the outbox says that they want no more."""
        return self.stops.address(number)

    def trial_stops(self, address: str, name: str) -> Numbered:
        """The same for trials of this subscription that went to this address; numbers are those of subscriptions."""
        return trial_stops(self.links.key, self.settings.web.public_url, address, name)

    @shared
    def stops(self) -> Numbered:
        return stops(self.links.key, self.settings.web.public_url)

    @shared
    def feeds(self) -> Numbered:
        """Addresses of saved searches as feeds."""
        return feeds(self.links.key, self.settings.web.public_url)

    @cached_property
    def viewed(self) -> Viewed:
        """The province that looks, as the index has it."""
        its = self.profile
        return Viewed(its.id, its.judged, its.id == self.record.fact(PLAIN))

    @property
    def scope(self) -> Scope:
        """Through whose eyes the record is read."""
        its = self.profile
        if self is self.whole:
            return Scope(its.id, everything=self.several)
        about = frozenset((*its.judged, *its.areas, *(place.area for place in its.places)))
        return Scope(its.id, everything=False, about=about, code=_code(its))


def _code(its: Profile) -> str:
    """What stands in the numbers of a province's cases: "BN" for Bắc Ninh."""
    return "".join(word[0] for word in fold(its.name).upper().split() if word[0].isalpha())[:4]


class ProvinceIndex:
    """`core.ports.Index`; what is written, marked or checked is the whole."""

    def __init__(self, whole: Index, viewed: Viewed) -> None:
        self._whole, self._viewed = whole, viewed

    # -- asked
    def search(self, query: Query, *, sort: SortBy = SortBy.SCORE, offset: int = 0, limit: int = 20) -> Hits:
        return self._whole.search(self._viewed.query(query), sort=sort, offset=offset, limit=limit)

    def count(self, query: Query) -> int:
        return self._whole.count(self._viewed.query(query))

    def aggregate(self, query: Query, aggs: Mapping[str, Any]) -> dict[str, Any]:
        """See `core.provinces.Viewed.aggregations` for what cannot be asked of one province."""
        found = self._whole.aggregate(self._viewed.query(query), self._viewed.aggregations(aggs))
        return self._viewed.answer(aggs, found)

    # -- the whole
    def put(self, documents: Iterable[Document]) -> int:
        return self._whole.put(documents)

    def position(self) -> int:
        return self._whole.position()

    def mark(self, number: int) -> None:
        self._whole.mark(number)

    def wipe(self) -> None:
        self._whole.wipe()

    def renewed(self) -> AbstractContextManager[Fresh]:
        return self._whole.renewed()

    def size(self) -> int:
        return self._whole.size()

    def versions(self) -> Iterator[tuple[str, int]]:
        return self._whole.versions()

    def damaged(self) -> Sequence[str]:
        return self._whole.damaged()

    def checked(self) -> Sequence[str]:
        return self._whole.checked()

    def close(self) -> None:
        self._whole.close()
