"""What a report asks of an installation: doors and lists, handed over by the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from diembao.core.article import Outlet
from diembao.core.errors import Misconfigured
from diembao.core.ports import Index, Store
from diembao.plan.reader import Profile

HOME, OWN = "VN", "vi"  # the country and the language that are not foreign


class House(Protocol):
    """`pipeline.wiring.Installation` is one."""

    @property
    def store(self) -> Store: ...

    @property
    def index(self) -> Index: ...

    @property
    def profile(self) -> Profile: ...

    @property
    def plan_folder(self) -> Path:
        """The office's own profiles."""

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """The catalogue, all of it."""

    @property
    def crawled(self) -> Sequence[Outlet]:
        """The outlets that are read."""


def usable(house: House) -> None:
    """Refuse to ask an index that does not know what the record holds: its "none" would be taken for no coverage.

    Raises:
        Misconfigured: it is being made, or was made by another version of the program.
    """
    if house.index.position() == 0 and house.store.size():
        raise Misconfigured(
            "Chỉ mục chưa đủ: để `diembao up` chạy tiếp, hoặc chạy `diembao index rebuild`."
            " / The index is not complete yet: let `diembao up` go on, or run `diembao index rebuild`."
        )
