"""The articles whose label would teach most, one at a time, each answered with a click or a key.

The list is made once and worked off: a click never waits for it to be made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard import corrections, forms, newsroom, opinions, parts, rows, views
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.article import ONE_THEME, Kind, Label, Labelled
from diembao.core.errors import Misconfigured
from diembao.pipeline import asking
from diembao.pipeline.teaching import QUIET
from diembao.pipeline.wiring import Installation

LIST: Final = 20  # articles of one list
THEN: Final = 5  # of them that are shown under the first
ASKED: Final = (Kind.THEME, Kind.STANCE)
STANCES: Final = ("positive", "neutral", "critical")
_QUEUE, _PASSED, _COUNT, _LAST, _NOTE = "duty-queue", "duty-passed", "duty-count", "duty-last", "duty-note"


@dataclass(frozen=True, slots=True)
class Asked:
    """An article that is asked about: the two stances the machine is torn between, and the theme in doubt."""

    article: str
    torn: tuple[str, str]
    theme: str
    second: tuple[Label, ...] = ()


def asked(house: Installation, limit: int) -> tuple[Asked, ...]:
    """Raises:
    Misconfigured: a model cannot be read.
    """
    found = asking.questions(house, newsroom.now(), limit)
    return tuple(Asked(one.item.article.id, one.torn, one.theme, one.second) for one in found)


def show() -> None:
    say = newsroom.words()
    parts.heading(say("duty.asked"))
    st.caption(forms.plain(say("duty.help", quiet=int(QUIET.total_seconds()))))
    # A place of its own, so that the buttons stay where they are.
    note = st.session_state.pop(_NOTE, None)
    with st.container():
        if note:
            st.success(forms.plain(note))
    try:
        queue = _queue()
    except Misconfigured as error:
        st.error(forms.plain(say("duty.broken", why=forms.in_language(str(error), say))))
        return
    if not queue:
        _nothing(say)
        opinions.missed(say)
        return
    counted = say("duty.left", n=st.session_state.get(_COUNT, 0), m=len(queue))
    st.caption(forms.plain(counted))
    _question(*queue[0], say)
    _then([item for _, item in queue[1 : THEN + 1]], say)
    opinions.missed(say)


# -- the list ---------------------------------------------------------------------------------------


def _queue() -> list[tuple[Asked, Labelled]]:
    """What is left of the list; a new one where it is worked off."""
    left = _open(st.session_state.get(_QUEUE, ()))
    if not left:
        st.session_state[_QUEUE] = newsroom.read(asked, LIST + len(_passed()))
        left = _open(st.session_state[_QUEUE])
    return left


def _open(queue: tuple[Asked, ...]) -> list[tuple[Asked, Labelled]]:
    """Those that nobody has answered meanwhile, were not passed over here, and that this reader may judge."""
    house = newsroom.house()
    wanted = {each.article: each for each in queue if each.article not in _passed()}
    items = {item.article.id: item for item in house.store.articles(list(wanted))}
    return [
        (each, items[name])
        for name, each in wanted.items()
        if name in items
        and len(_answered(items[name])) < len(ASKED)
        and newsroom.may(Act.CORRECT_LABEL, foreign=is_foreign(house, items[name]))
    ]


def _passed() -> set[str]:
    found: set[str] = st.session_state.setdefault(_PASSED, set())
    return found


def _answered(item: Labelled) -> list[Label]:
    """What people said of the two things that are asked."""
    here = newsroom.house().profile.id
    given = {_asked_kind(label.kind): label for label in item.labels if label.by_person and label.about == here}
    return [given[kind] for kind in ASKED if kind in given]


def _asked_kind(kind: Kind) -> Kind:
    return Kind.THEME if kind in ONE_THEME else kind


def _nothing(say: Words) -> None:
    passed = len(_passed())
    st.info(say("duty.skipped", n=passed) if passed else say("duty.none"))
    _undo_button(say)
    if passed:
        st.button(say("duty.again"), on_click=_again, icon=":material/restart_alt:")


def _again() -> None:
    _passed().clear()
    st.session_state.pop(_QUEUE, None)


# -- one article ------------------------------------------------------------------------------------


def _question(one: Asked, item: Labelled, say: Words) -> None:
    house = newsroom.house()
    (row,) = views.with_stories(house, [item])
    st.html(rows.row(row, rows.shown("duty", newsroom.now())))
    given = _answered(item)
    kinds = {_asked_kind(label.kind) for label in given}
    theme = parts.theme_name(one.theme, say)
    first, second = (say(f"stance.{stance}") for stance in one.torn)
    st.caption(forms.plain(say("duty.torn", first=first, second=second, theme=theme)))
    opinions.on_question(one.second, say)
    if given:
        what = " · ".join(_said(label.kind, [label.key], say) for label in given)
        st.caption(forms.plain(say("duty.answered", what=what)))
    else:
        st.button(_agreed(one, item, say), type="primary", on_click=_agree, args=(one,), shortcut="1", key="duty-right")
    if Kind.STANCE not in kinds:
        _stances(one, say)
    if Kind.THEME not in kinds:
        _theme(one, theme, say)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(say("duty.next"), on_click=_pass, args=(one.article,), shortcut="0", key="duty-next")
        _undo_button(say)
        parts.open_link(item, say("duty.correct"))


def _stances(one: Asked, say: Words) -> None:
    st.markdown(forms.plain(say("duty.stance")))
    with st.container(horizontal=True, gap="small"):
        for number, stance in enumerate(STANCES, start=2):
            st.button(
                say(f"stance.{stance}"),
                on_click=_answer,
                args=(one, stance, None),
                shortcut=str(number),
                key=f"duty-{stance}",
            )


def _theme(one: Asked, theme: str, say: Words) -> None:
    st.markdown(forms.plain(say("duty.theme", theme=theme)))
    with st.container(horizontal=True, gap="small"):
        for number, (word, yes) in enumerate((("yes", True), ("no", False)), start=5):
            st.button(
                say(f"duty.{word}"), on_click=_answer, args=(one, "", yes), shortcut=str(number), key=f"duty-{word}"
            )


def _agreed(one: Asked, item: Labelled, say: Words) -> str:
    """What the machine thinks, to be agreed with in one click."""
    theme = forms.shortened(parts.theme_name(one.theme, say), parts.CHIP)
    named = say("duty.is" if _named(one, item) else "duty.is_not", theme=theme)
    return forms.plain(say("duty.right", stance=say(f"stance.{one.torn[0]}"), theme=named))


def _named(one: Asked, item: Labelled) -> bool:
    return one.theme in item.keys(Kind.THEME, newsroom.house().profile.id)


def _then(items: list[Labelled], say: Words) -> None:
    if not items:
        return
    parts.heading(say("duty.then"))
    for row in views.with_stories(newsroom.house(), items):
        with st.container(key=f"row-then-{row.item.article.id}", gap=None):
            parts.open_link(row.item, forms.plain(forms.seen(row.item.article.title, row.item.article.id)))
            st.caption(forms.plain(parts.origin(row, newsroom.now(), say)))


# -- what is answered -------------------------------------------------------------------------------


def _agree(one: Asked) -> None:
    item = newsroom.house().store.article(one.article)
    if item is not None:
        _answer(one, one.torn[0], _named(one, item))


def _answer(one: Asked, stance: str, theme: bool | None) -> None:  # noqa: FBT001 (a button's answer)
    """``stance`` empty, ``theme`` None: not answered. The answer is about the one theme that was asked: of the others
    the machine's guess stays the machine's.
    """
    house, say, mine = newsroom.house(), newsroom.words(), corrections.hand(one.article)
    item = house.store.article(one.article)
    if item is None:
        return
    given: list[tuple[Kind, list[str]]] = []
    if stance:
        given.append((Kind.STANCE, [stance]))
    if theme is not None:
        given.append((Kind.THEME_YES if theme else Kind.THEME_NO, [one.theme]))
    about, now = house.profile.id, newsroom.now()
    for kind, keys in given:
        house.store.correct(
            one.article, kind, about, keys, by=mine.actor, why=say("duty.why"), now=now, where=mine.where
        )
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + (not _answered(item))
    st.session_state[_LAST] = (one.article, tuple(kind for kind, _ in given))
    title = forms.shortened(item.article.title, 80)
    what = "; ".join(_said(kind, keys, say) for kind, keys in given)
    st.session_state[_NOTE] = say("duty.saved", title=title, what=what)


def _said(kind: Kind, keys: list[str], say: Words) -> str:
    if kind is Kind.STANCE:
        return say(f"stance.{keys[0]}")
    themes = ", ".join(parts.theme_name(key, say) for key in keys)
    return say("duty.is_not" if kind is Kind.THEME_NO else "duty.is", theme=themes)


def _pass(article: str) -> None:
    _passed().add(article)


def _undo_button(say: Words) -> None:
    if _LAST in st.session_state:
        st.button(say("duty.undo"), on_click=_undo, type="tertiary", key="duty-undo", icon=":material/undo:")


def _undo() -> None:
    article, kinds = st.session_state.pop(_LAST)
    house, mine = newsroom.house(), corrections.hand(article)
    for kind in kinds:
        house.store.retract(article, kind, house.profile.id, by=mine.actor, now=newsroom.now(), where=mine.where)
    st.session_state[_NOTE] = newsroom.words()("duty.undone")
