"""What a report asks of an installation: doors and lists, handed over by the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from diembao.core.article import Outlet
from diembao.core.ports import Index, Store
from diembao.plan.reader import Profile


class House(Protocol):
    """`pipeline.wiring.Installation` is one."""

    @property
    def store(self) -> Store: ...

    @property
    def index(self) -> Index: ...

    @property
    def profile(self) -> Profile: ...

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """The catalogue, all of it."""

    @property
    def crawled(self) -> Sequence[Outlet]:
        """The outlets that are read."""
