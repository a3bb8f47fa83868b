"""What every screen asks for: the installation, the time, the reader's words, and cached reads.

The server hands the installation over once (`use`), and the door through which readers come: who is looking, and
what they may, is asked there at every run of a screen (`visitor`, `opens`, `may`). Reads are kept
for a minute, and forgotten at once when the store's log, the index or a case has moved.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import streamlit as st

from dashboard.lately import Doings, Kept
from dashboard.texts import LANGUAGES, Words
from diembao.api import rights
from diembao.api.door import Door, cookie_in
from diembao.api.rights import STRANGER, Act, NotAllowed, Thing, Visitor
from diembao.core.accounts import Hand, TurnedAway
from diembao.core.answers import Answers, Before
from diembao.core.errors import IndexAway, Misconfigured
from diembao.pipeline.wiring import Installation
from diembao.plan.reader import Profile

P = ParamSpec("P")
T = TypeVar("T")

# Seconds, and answers kept in all: a page is a few hundred kB at most.
KEPT, KEPT_ANSWERS = 60, 300

# Seconds that a figure counted in whole days, months or hours may be old: by far less than it moves within that time.
A_MINUTE: Final = 60.0
MINUTES: Final = 5 * A_MINUTE
AN_HOUR: Final = 60 * A_MINUTE
# Seconds until what a person did has surely reached the searchable copy.
REACHED: Final = 30.0
# Seconds that one reader is shown what was so before, while another waits for what is so now.
JUST_NOW: Final = 2.0

_answers: Final = Answers(seconds=KEPT, most=KEPT_ANSWERS, clock=time.monotonic)

_doings: Final = Doings(time.monotonic)

# Where a session keeps the province that its reader has chosen.
CHOSEN: Final = "province"

# Who corrected a label before there were accounts.
LOCAL: Final = "person:local"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class _Newsroom:
    house: Installation
    clock: Callable[[], datetime]
    who: Callable[[], Visitor]
    door: Door | None


_open: dict[str, _Newsroom] = {}


def use(
    installation: Installation,
    clock: Callable[[], datetime] = utc_now,
    *,
    door: Door | None = None,
    who: Callable[[], Visitor] | None = None,
) -> None:
    """From now on the screens of this process show this installation to whoever ``door`` knows (a test says ``who``).
    Without either, everybody is a stranger.
    """
    _open["here"] = _Newsroom(installation, clock, who or (lambda: _behind(door)), door)


def _behind(door: Door | None) -> Visitor:
    taking = _taking.get()
    cookies = dict(st.context.cookies) if taking is None else taking[0]
    return door.visitor(cookies) if door is not None else STRANGER


# A file is made when it is taken, in a thread without a session: whose cookies came with the page, and the province.
_taking: ContextVar[tuple[dict[str, str], str] | None] = ContextVar("taking", default=None)


def later(make: Callable[[], T]) -> Callable[[], T]:
    """``make``, for whoever looks now, to be called when they take the file; who they are and what they may is asked
    then.
    """
    page = dict(st.context.cookies), str(st.session_state.get(CHOSEN, ""))

    def made() -> T:
        token = _taking.set(page)
        try:
            return make()
        finally:
            _taking.reset(token)

    return made


class _Drawing(threading.local):
    """What the screen that this thread draws asks for at every line: its reader's words, and, until they act, who
    they are and the state of the record.
    """

    words: Words | None = None
    who: Visitor | None = None
    stamp: tuple[str, str, int, int, int] | None = None
    profile: tuple[Installation, Profile] | None = None
    still: bool = False
    late: bool = False  # was something shown that is no longer so?

    def was_late(self) -> None:
        self.late = True


_drawing = _Drawing()


@contextmanager
def drawing() -> Iterator[None]:
    """A screen is drawn from its top to its end; meanwhile its reader and their language do not change."""
    _drawing.words, _drawing.who, _drawing.still = words(), visitor(), True
    _drawing.stamp, _drawing.profile, _drawing.late = None, None, False
    try:
        with _open["here"].house.store.steady():
            yield
    finally:
        late, _drawing.words, _drawing.who, _drawing.still, _drawing.profile = _drawing.late, None, None, False, None
        if late:
            st.session_state["drawn"] = None  # `parts.follow` draws it anew at its next look


def house() -> Installation:
    """As the province sees it that this reader has chosen (`province_choice`), else the first."""
    whole = _open["here"].house
    if not whole.several:
        return whole
    taking = _taking.get()
    asked = taking[1] if taking else str(st.session_state.get(CHOSEN, ""))
    return whole.of(asked if asked in whole.watched else whole.watched[0])


def profile() -> Profile:
    """Of the province that is looked at; whether a file of it has changed is asked once for a screen."""
    here, kept = house(), _drawing.profile
    if not _drawing.still:
        return here.profile
    if kept is None or kept[0] is not here:
        kept = _drawing.profile = (here, here.profile)
    return kept[1]


def now() -> datetime:
    return _open["here"].clock()


def visitor() -> Visitor:
    """Who is looking: as of now, or of the moment when the screen began to be drawn."""
    return _drawing.who if _drawing.still and _drawing.who is not None else _open["here"].who()


def door() -> Door:
    """Where accounts are changed.

    Raises:
        Misconfigured: this process was opened without one.
    """
    found = _open["here"].door
    if found is None:
        raise Misconfigured("không có cửa đăng nhập ở đây (there is no door here)")
    return found


def note_use() -> None:
    """A person did something (a screen that draws itself anew is no such thing): the session goes on."""
    found = _open["here"].door
    if found is not None and not st.session_state.pop("by-itself", False):
        found.sessions.used(cookie_in(dict(st.context.cookies)))


def opens(act: Act) -> bool:
    """May the reader do this to anything here? For what one can see and press."""
    return rights.opens(visitor(), act, _place(act))


def _place(act: Act) -> str:
    here = house()
    return rights.place_of(act, here.profile.id, several=here.several)


def may(act: Act, **thing: Any) -> bool:  # noqa: ANN401 (the fields of `rights.Thing`)
    """May the reader do this to that thing?"""
    return rights.may(visitor(), act, Thing(_place(act), **thing))


def acting(act: Act, **thing: Any) -> Hand:  # noqa: ANN401 (the fields of `rights.Thing`)
    """Whose act it is, asked at the moment it is done.

    Raises:
        Refused: the reader may not.
    """
    _drawing.still = False
    who = visitor()
    _doings.note(who.actor)
    if not rights.may(who, act, Thing(_place(act), **thing)):
        raise refused(act)
    return Hand(who.actor, who.where)


def refused(act: Act) -> NotAllowed:
    """What to raise when the reader may not do this; that they tried is in the audit log."""
    who, found = visitor(), _open["here"].door
    if found is not None and who != STRANGER:
        found.tally.note(TurnedAway(who.actor, who.where, NotAllowed(act).reason, act))
    return NotAllowed(act)


def words() -> Words:
    """The reader's words: as the address says (`lang`), else as chosen before, else as installed."""
    if _drawing.words is not None:
        return _drawing.words
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        st.session_state["language"] = asked
    return Words(st.session_state.get("language", house().settings.web.language))


def stamp() -> tuple[str, str, int, int, int]:
    """Changes whenever what a screen shows may have changed; the same for all of one screen, unless its reader acts."""
    if not _drawing.still:
        return _stamp()
    if _drawing.stamp is None:
        _drawing.stamp = _stamp()
    return _drawing.stamp


def _stamp() -> tuple[str, str, int, int, int]:
    here = house()
    store = here.store
    with store.steady():
        return str(here.settings.home), here.settings.province, store.head(), _position(here), store.case_position()


def _position(here: Installation) -> int:
    """How far the searchable copy is; -1 while it is away, so that what waits for it is drawn anew."""
    try:
        return here.index.position()
    except IndexAway:
        return -1


def read(view: Callable[Concatenate[Installation, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``view(house, *args)``, kept while nothing has changed. Arguments must be values (hashable). While another reader
    waits for what has just changed, this one is given what was so a moment ago, unless they did something themselves.
    """
    return _read(Kept(repr(stamp()), KEPT, own=_acted(REACHED)), view, args, kwargs)


def read_lately(
    seconds: float, view: Callable[Concatenate[Installation, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """The same, but an answer may be so old, whatever came in since; a case that moved is known at once. Whoever did
    something within that time is told what is so now.
    """
    acts = _acted(seconds + REACHED)
    state = repr((stamp(), acts)) if acts else str(house().store.case_position())
    return _read(Kept(state, seconds, own=acts), view, args, kwargs)


def read_cases(view: Callable[Concatenate[Installation, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `read`, of what is made of cases alone: an article that comes in changes nothing."""
    return _read(Kept(str(house().store.case_position()), KEPT, own=_acted(REACHED)), view, args, kwargs)


def _read(kept: Kept, view: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    here = house()
    # As text: two values of different classes may be equal.
    question = repr((str(here.settings.home), here.settings.province, args, sorted(kwargs.items())))
    before = None if kept.own else Before(question, JUST_NOW, _drawing.was_late, kept.state)
    name, asked = f"{view.__module__}.{view.__qualname__}", (kept.state, question)
    return _answers.of(name, asked, lambda: view(here, *args, **kwargs), seconds=kept.seconds, before=before)


def _acted(seconds: float) -> int:
    """How many things this reader has done, if the last was not longer ago; else 0."""
    return _doings.of(visitor().actor, seconds)
