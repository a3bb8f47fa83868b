"""What coverage repeats of what was answered: on *Hôm nay*, *Bài báo* and *Vụ việc*. The machine suggests, a person
accepts or refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, views
from dashboard.desk import asking, noting, shown
from dashboard.names import language_name
from dashboard.texts import Words
from dashboard.views import Row
from diembao.api.rights import Act
from diembao.core.article import Labelled
from diembao.core.case import Case, CaseFile, CaseQuery
from diembao.core.memory import Difference, Differs, Judged, MatchQuery, MatchVerdict
from diembao.response import memory
from diembao.response.memory_json import Told, by_article, told

# Days for which a match waits on *Hôm nay*; articles that are drawn there, and on a case.
FRESH: Final = timedelta(days=7)
TODAY, LISTED = 5, 50
PASSAGE: Final = 300  # characters
FACTS: Final = 6


def on_article(item: Labelled, say: Words) -> None:
    found = _seen(told(newsroom.house().store, MatchQuery(articles=(item.article.id,))))
    if not found:
        return
    parts.heading(say("memory.article"))
    st.caption(forms.plain(say("memory.help")))
    for each, case in sorted(found, key=lambda pair: -pair[0][0].repeat.score):
        _match(each, case, say)


def on_case(found: CaseFile, now: datetime, say: Words) -> None:
    """Of a case whose statement was issued."""
    if not found.issues:
        return
    matches = told(newsroom.house().store, MatchQuery(case=found.case.number), limit=LISTED)
    if not matches:
        return
    parts.heading(say("memory.case", n=forms.number(len({match.article_id for match, _ in matches}), say)))
    st.caption(forms.plain(say("memory.help")))
    for item, of in by_article(matches, _items(matches)):
        with st.container(key=f"row-repeats-{item.article.id}", gap=None):
            _article(item, now, say)
        for each in of:
            _match(each, found.case, say, linked=False)


def on_today(now: datetime, say: Words) -> None:
    """What nobody has spoken of yet, the latest first."""
    found = told(newsroom.house().store, MatchQuery(since=now - FRESH))
    waiting = [each for each, _ in _seen(found) if each[0].verdict is None and not each[0].withdrawn]
    if not waiting:
        return
    items = _items(waiting)
    parts.heading(say("memory.today", n=forms.number(len(items), say)))
    for item, of in by_article(waiting, items)[:TODAY]:
        match, claim = of[0]
        with st.container(key=f"row-remembered-{item.article.id}", gap=None):
            _article(item, now, say)
            st.markdown(f"{shown.badge('green', _day(claim.issued_at, say))} {_differing(match.repeat.differs, say)}")
            st.caption(forms.plain(say("memory.claim", number=match.case, n=match.claim, quote=_short(claim.quote))))


def _seen(found: Sequence[Told]) -> list[tuple[Told, Case]]:
    """Those of cases that the reader may read."""
    numbers = tuple({match.case for match, _ in found})
    if not numbers:
        return []
    _, cases = newsroom.house().store.cases(CaseQuery(numbers=numbers), limit=len(numbers))
    seen = {case.number: case for case in cases if asking.seen(case)}
    return [(each, seen[each[0].case]) for each in found if each[0].case in seen]


def _items(found: Sequence[Told]) -> Sequence[Labelled]:
    return newsroom.house().store.rows(list(dict.fromkeys(match.article_id for match, _ in found)))


def _article(item: Labelled, now: datetime, say: Words) -> None:
    parts.open_link(item, forms.plain(forms.seen(item.article.title, item.article.id)))
    row = Row(item, views.outlet_name(newsroom.house(), item.article.outlet))
    st.markdown(f":gray[{forms.plain(parts.origin(row, now, say))}]")


def _match(each: Told, case: Case, say: Words, *, linked: bool = True) -> None:
    match, claim = each
    key = f"{match.case}-{match.claim}-{match.article_id}"
    with st.container(border=True, key=f"row-match-{key}", gap="small"):
        sure = say("memory.suggested", n=forms.number(match.repeat.score, say, 2))
        badges = [
            shown.badge("green", _day(claim.issued_at, say)),
            shown.badge("gray", say("memory.accepted") if match.verdict else sure),
            shown.badge("orange", say("memory.withdrawn")) if match.withdrawn else "",
            _differing(match.repeat.differs, say),
        ]
        st.markdown(" ".join(badge for badge in badges if badge))
        said = say("memory.claim", number=match.case, n=match.claim, quote=_short(claim.quote))
        if linked:
            shown.link(case, said)
        else:
            st.markdown(forms.plain(said))
        st.markdown(forms.plain(say("memory.passage", text=_short(match.repeat.passage))))
        if match.repeat.shared:
            st.caption(forms.plain(say("memory.shared", what=", ".join(match.repeat.shared[:FACTS]))))
        with st.expander(say("memory.answer"), icon=":material/content_copy:"):
            st.markdown(f"**{forms.plain(claim.title)}**")
            st.code(claim.answer, language=None, wrap_lines=True)
        if asking.allowed(Act.WORK_CASE, case):
            _speak(each, case, key, say)


def _speak(each: Told, case: Case, key: str, say: Words) -> None:
    match, _ = each
    with st.container(horizontal=True, gap="small"):
        if match.verdict is None:
            st.button(
                say("memory.accept"), key=f"accept-{key}", on_click=_judge, args=(each, MatchVerdict.ACCEPTED, "")
            )
        if not case.state.ended and not _holds(case.number, match.article_id):
            name = say("memory.join", number=case.number)
            st.button(name, key=f"join-{key}", on_click=_join, args=(each,))
        with st.popover(say("memory.refuse")), st.form(f"refuse-{key}-form", border=False):
            st.text_input(say("memory.refuse_why"), key=f"why-{key}", max_chars=memory.WHY)
            st.form_submit_button(
                say("memory.refuse"), on_click=_judge, args=(each, MatchVerdict.REFUSED, f"why-{key}")
            )


def _holds(number: str, article_id: str) -> bool:
    return any(case.number == number for case in newsroom.house().store.cases_with([article_id]))


def _judge(each: Told, verdict: MatchVerdict, key: str) -> None:
    match, _ = each

    def act() -> str:
        actor = asking.actor(Act.WORK_CASE, match.case)
        why = " ".join((st.session_state.get(key) or "").split()) if key else ""
        judged = Judged(match.case, match.claim, match.article_id, verdict, actor.by, actor.now, why)
        memory.judge(newsroom.house().store, judged, where=actor.where)
        return newsroom.words()(f"memory.done.{verdict.value}")

    noting.tried(act)


def _join(each: Told) -> None:
    """To add it to the case is to say that it repeats the claim."""
    match, _ = each

    def act() -> str:
        actor = asking.actor(Act.WORK_CASE, match.case)
        shown.desk().add(match.case, [match.article_id], actor)
        judged = Judged(match.case, match.claim, match.article_id, MatchVerdict.ACCEPTED, actor.by, actor.now)
        memory.judge(newsroom.house().store, judged, where=actor.where)
        return newsroom.words()("case.added", number=match.case)

    noting.tried(act)


def _differing(found: Sequence[Difference], say: Words) -> str:
    return " ".join(shown.badge("orange", _difference(each, say)) for each in found)


def _difference(each: Difference, say: Words) -> str:
    sides = {"claim": each.claim, "coverage": each.coverage}
    if each.what is Differs.LANGUAGE:
        sides = {side: language_name(code, say.language) for side, code in sides.items()}
    return say(f"memory.differs.{each.what.value}", **sides)


def _day(at: datetime, say: Words) -> str:
    return say("memory.answered", date=forms.date(at, newsroom.house().profile.timezone))


def _short(text: str) -> str:
    return forms.shortened(" ".join(text.split()), PASSAGE)
