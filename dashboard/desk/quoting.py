"""Quoting a sentence of one of a case's articles, whichever: the one that the case was opened from stands first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import asking, noting
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.article import Article
from diembao.core.case import CaseFile
from diembao.core.text import fold
from diembao.response.claims import QUOTE, Claims

# Articles offered at once; of a larger case the others are found by their titles.
OFFERED: Final = 50


def claims() -> Claims:
    return Claims(newsroom.house().store)


def show(found: CaseFile, say: Words) -> None:
    key = f"quote-{found.case.number}"
    with st.expander(say("claims.add")):
        items = _offered(found, f"{key}-find", say)
        with st.form(f"{key}-form", border=False):
            st.selectbox(
                say("claims.article"),
                list(items),
                format_func=lambda each: _named(items[each], say),
                key=f"{key}-from",
                help=forms.plain(say("claims.article_help")),
            )
            st.text_area(say("claims.sentence"), key=key, max_chars=QUOTE, height=90)
            st.form_submit_button(say("claims.quote"), on_click=_quote, args=(found.case.number, key))


def _offered(found: CaseFile, key: str, say: Words) -> dict[str, Article]:
    ids = in_order(found)
    if len(ids) <= OFFERED:
        return _articles(ids)
    wanted = fold(st.text_input(say("claims.find"), key=key, max_chars=100)).split()
    if not wanted:
        st.caption(forms.plain(say("claims.find_some", n=OFFERED, total=forms.number(len(ids), say))))
        return _articles(ids[:OFFERED])
    known = _articles(ids)
    fitting = {each: known[each] for each in known if all(word in fold(known[each].title) for word in wanted)}
    st.caption(forms.plain(say("claims.find_found", n=forms.number(len(fitting), say))))
    return dict(list(fitting.items())[:OFFERED])


def in_order(found: CaseFile) -> Sequence[str]:
    """What the case was opened from, then the others by when they were published, newest first."""
    pointed_to = [each for each in found.coverage if each.followed]
    opened = {each.article_id for each in pointed_to if each.at == pointed_to[0].at}
    newest_first = [each.article_id for each in found.by_time]
    return sorted(newest_first, key=lambda each: each not in opened)


def _articles(ids: Sequence[str]) -> dict[str, Article]:
    return {item.article.id: item.article for item in newsroom.house().store.rows(ids)}


def _named(article: Article, say: Words) -> str:
    """Copies bear one title: the outlet and the time tell them apart."""
    house = newsroom.house()
    time = forms.clock(article.when, newsroom.now(), house.profile.timezone, say)
    return f"{article.title} · {house.outlet_name(article.outlet)} · {time}"


def _quote(number: str, key: str) -> None:
    def act() -> str:
        asked = st.session_state
        by = asking.actor(Act.WORK_CASE, number)
        claim = claims().quote(number, asked.get(f"{key}-from") or "", asked.get(key) or "", by)
        asked[key] = ""
        return newsroom.words()("claims.quoted", n=claim.number)

    noting.tried(act)
