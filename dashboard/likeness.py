"""*Bài gần với bài này*, a part of *Bài báo*: what else is like the article, in any language."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts, views
from dashboard.texts import Words
from diembao.core.errors import IndexAway

NAMED = 6  # places and figures that are told of


def show(article_id: str, say: Words) -> None:
    parts.heading(say("similar"))
    try:
        found = newsroom.read(views.similar, article_id)
    except IndexAway:  # vectors on a server; the rest of the article's screen needs none
        st.caption(forms.plain(say("similar.away")))
        return
    if not found:
        st.caption(forms.plain(_waiting(say) if found is None else say("similar.none")))
        return
    st.caption(forms.plain(say("similar.help")))
    for each in found:
        with st.container(key=f"row-similar-{each.row.item.article.id}", gap=None):
            parts.open_link(
                each.row.item, forms.plain(forms.seen(each.row.item.article.title, each.row.item.article.id))
            )
            badges = [f":gray-badge[{forms.plain(say(f'similar.{each.likeness}'))}]"]
            if each.same_story:
                badges.append(f":gray-badge[{forms.plain(say('similar.same_story'))}]")
            told = forms.plain(parts.origin(each.row, newsroom.now(), say))
            st.markdown(f"{' '.join(badges)} :gray[{told}]")
            if each.shared:
                st.caption(forms.plain(say("similar.shared", what=", ".join(each.shared[:NAMED]))))


def _waiting(say: Words) -> str:
    behind = newsroom.read(views.not_compared)
    if behind is None:
        return say("similar.without")
    return say("similar.waiting", n=forms.number(behind, say)) if behind else say("similar.wordless")
