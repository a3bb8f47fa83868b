"""What every screen asks for: the installation, the time, the reader's words, and cached reads.

The server hands the installation over once (`use`). Reads are kept for a minute, and forgotten at
once when the store's log, the index or a case has moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import streamlit as st

from dashboard.texts import LANGUAGES, Words
from diembao.core.errors import IndexAway
from diembao.pipeline.wiring import Installation

P = ParamSpec("P")
T = TypeVar("T")

# Seconds, and answers kept in all: a page is a few hundred kB at most.
KEPT, KEPT_ANSWERS = 60, 300

# Who corrects a label until accounts exist.
LOCAL: Final = "person:local"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class _Newsroom:
    house: Installation
    clock: Callable[[], datetime]


_open: dict[str, _Newsroom] = {}


def use(installation: Installation, clock: Callable[[], datetime] = utc_now) -> None:
    """From now on the screens of this process show this installation."""
    _open["here"] = _Newsroom(installation, clock)


def house() -> Installation:
    return _open["here"].house


def now() -> datetime:
    return _open["here"].clock()


def words() -> Words:
    """The reader's words: as the address says (`lang`), else as chosen before, else as installed."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        st.session_state["language"] = asked
    return Words(st.session_state.get("language", house().settings.web.language))


def stamp() -> tuple[str, str, int, int, int]:
    """Changes whenever what a screen shows may have changed."""
    here = house()
    store = here.store
    return str(here.settings.home), here.settings.province, store.head(), _position(here), store.case_position()


def _position(here: Installation) -> int:
    """How far the searchable copy is; -1 while it is away, so that what waits for it is drawn anew."""
    try:
        return here.index.position()
    except IndexAway:
        return -1


def read(view: Callable[Concatenate[Installation, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``view(house, *args)``, kept while nothing has changed. Arguments must be values (hashable)."""
    here = house()
    name = f"{view.__module__}.{view.__qualname__}"
    # As text, because Streamlit's own key for a dataclass forgets which class its parts are of.
    asked = repr((stamp(), args, sorted(kwargs.items())))
    answer: T = _kept(name, asked, lambda: view(here, *args, **kwargs))
    return answer


@st.cache_data(ttl=KEPT, max_entries=KEPT_ANSWERS, show_spinner=False)
def _kept(name: str, asked: str, _ask: Callable[[], Any]) -> Any:  # noqa: ANN401, ARG001 (the first two are the key)
    return _ask()
