"""Tin chính: the stories of a period by their weight; one of them with all that tells it."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from dashboard import forms, health, newsroom, parts
from dashboard.stories import listed, one, reading
from dashboard.texts import Words

ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")


def show() -> None:
    say, now = newsroom.words(), newsroom.now().replace(second=0, microsecond=0)
    asked = st.query_params.get("id", "")
    if asked:
        _one(asked, say)
        return
    parts.title(say("stories"))
    fresh = health.freshness(newsroom.house(), newsroom.now())
    parts.freshness_line(fresh, newsroom.now(), say)
    parts.follow(fresh)
    if fresh.searchable and fresh.articles:
        listed.show(now, say)


def _one(asked: str, say: Words) -> None:
    """From the record, which is there though the searchable copy is away."""
    found = newsroom.read(reading.whole, asked) if ID.fullmatch(asked) else None
    st.page_link(
        parts.screen("stories"),
        label=say("stories.all"),
        query_params=parts.language_in_address(say),
        icon=":material/arrow_back:",
    )
    if found is None:
        parts.title(say("stories"))
        st.warning(forms.plain(say("stories.unknown", id=forms.shortened(asked, 40))))
        return
    parts.title(found.headline.title or found.story)
    one.show(found, newsroom.now(), say)
