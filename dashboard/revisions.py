"""The revisions of an article, newest change first: what was struck out, what was put in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.difference import Change, Part, difference
from dashboard.texts import Words
from diembao.core.article import Labelled, Revision

# Revisions whose differences are drawn; the oldest of a much edited page are in the API.
SHOWN: Final = 10
_TAGS: Final = {Change.OLD: "del", Change.NEW: "ins"}


def show(item: Labelled, found: Sequence[Revision], say: Words) -> None:
    parts.heading(say("revisions"))
    zone = newsroom.house().profile.timezone
    if len(found) < 2:
        st.caption(forms.plain(say("revisions.one", time=forms.moment(item.article.seen_at, zone))))
        return
    st.caption(forms.plain(say("revisions.legend")))
    newest_first = list(pairwise(found))[::-1][:SHOWN]
    for n, (old, new) in enumerate(newest_first):
        label = say("revisions.pair", old=old.number, new=new.number, time=forms.moment(new.seen_at, zone))
        with st.expander(label, expanded=n == 0):
            st.html(_drawn(old, new, say))


def _drawn(old: Revision, new: Revision, say: Words) -> str:
    """One block for each of title, lead and body that changed."""
    blocks = [
        f"<p><b>{forms.html(say(f'revisions.{name}'))}</b><br>{''.join(_part(part, say) for part in changed)}</p>"
        for name in ("title", "lead", "text")
        if (changed := difference(getattr(old, name), getattr(new, name)))
    ]
    return f'<div class="diembao-text diembao-diff">{"".join(blocks) or forms.html(say("revisions.same"))}</div>'


def drawn(differences: Sequence[Sequence[Part]], say: Words) -> str:
    """Differences as HTML, a paragraph each."""
    blocks = [f"<p>{''.join(_part(part, say) for part in changed)}</p>" for changed in differences if changed]
    return f'<div class="diembao-text diembao-diff">{"".join(blocks) or forms.html(say("revisions.same"))}</div>'


def _part(part: Part, say: Words) -> str:
    if part.change is Change.SKIP:
        return f' <span class="skip">{forms.html(say("revisions.skip", n=forms.number(int(part.text), say)))}</span> '
    tag = _TAGS.get(part.change)
    return f"<{tag}>{forms.html(part.text)}</{tag}>" if tag else forms.html(part.text)
