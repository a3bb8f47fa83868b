"""The revisions of an article, newest change first: what was struck out, what was put in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.difference import Change, Part, difference, pairs
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
    """A block for each of title, lead and body that changed; in it the old words left, the new ones right."""
    blocks = [
        f"<h3>{forms.html(say(f'revisions.{name}'))}</h3>{_beside(changed, old.number, new.number, say)}"
        for name in ("title", "lead", "text")
        if (changed := difference(getattr(old, name), getattr(new, name)))
    ]
    return f'<div class="diembao-beside">{"".join(blocks) or forms.html(say("revisions.same"))}</div>'


def _beside(changed: Sequence[Part], old: int, new: int, say: Words) -> str:
    rows = ((_side(pair.old, old, say), _side(pair.new, new, say)) for pair in pairs(changed))
    return "".join(f'<div class="pair">{left}{right}</div>' for left, right in rows)


def _side(of_it: Sequence[Part], revision: int, say: Words) -> str:
    """Its number is read out, and stands above it where the sides are below one another."""
    words = "".join(_part(part, say) for part in of_it) or f"<i>{forms.html(say('revisions.nothing'))}</i>"
    return f'<p><span class="of">{forms.html(say("article.revision", n=revision))}: </span>{words}</p>'


def drawn(differences: Sequence[Sequence[Part]], say: Words) -> str:
    """Differences as HTML, a paragraph each."""
    blocks = [f"<p>{''.join(_part(part, say) for part in changed)}</p>" for changed in differences if changed]
    return f'<div class="diembao-text diembao-diff">{"".join(blocks) or forms.html(say("revisions.same"))}</div>'


def _part(part: Part, say: Words) -> str:
    if part.change is Change.SKIP:
        return f' <span class="skip">{forms.html(say("revisions.skip", n=forms.number(int(part.text), say)))}</span> '
    tag = _TAGS.get(part.change)
    return f"<{tag}>{forms.html(part.text)}</{tag}>" if tag else forms.html(part.text)
