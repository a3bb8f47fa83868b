"""Parts that several screens share: the row of a list, chips, the line that says how fresh it is."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, province_choice
from dashboard.address import QUERY_LENGTH
from dashboard.health import Freshness, State
from dashboard.look import STANCE_BADGES
from dashboard.names import language_name
from dashboard.texts import Words
from dashboard.views import Row
from diembao.core.article import Kind, Label, Labelled
from diembao.core.headlines import Headline

# Themes shown on a row; the article's own screen shows all.
ROW_THEMES: Final = 3
# Characters of a theme's name on a chip.
CHIP: Final = 40
# Seconds between two looks for something new.
SOON, NOW_AND_THEN = 5, 60

# The colour of a chip and its words.
Chip = tuple[str, str]


def title(text: str) -> None:
    """The one heading of a screen."""
    st.title(forms.plain(text), anchor=False)


def heading(text: str) -> None:
    st.header(forms.plain(text), anchor=False)


# -- chips ----------------------------------------------------------------------------------------


def _stance(label: Label, say: Words) -> Chip:
    what = say(f"stance.{label.key}")
    return STANCE_BADGES[label.key], say("person", what=what) if label.by_person else say("suggest", what=what)


def chips(item: Labelled, province: str, say: Words) -> str:
    """As Markdown."""
    return " ".join(_badge(*each) for each in chips_of(item, province, say))


def chips_of(item: Labelled, province: str, say: Words) -> list[Chip]:
    """Stance, what is unusual about the relevance, themes."""
    found = [_stance(label, say) for label in _labels(item, Kind.STANCE, province) if label.key in STANCE_BADGES]
    relevance = item.key(Kind.RELEVANCE, province)
    if relevance != "yes":
        found.append(("gray", say(f"relevance.{relevance}") if relevance else say("labels.none")))
    themed = item.keys(Kind.THEME, province)
    found += [("gray", forms.shortened(theme_name(key, say), CHIP)) for key in themed[:ROW_THEMES]]
    if len(themed) > ROW_THEMES:
        found.append(("gray", f"+{len(themed) - ROW_THEMES}"))
    extent = item.key(Kind.EXTENT)
    if extent:
        found.append(("yellow", say(f"extent.{extent}")))  # orange is critical
    form = item.key(Kind.FORM)
    if form:
        found.append(("gray", say(f"form.{form}")))
    if any(item.look_again(label) for label in item.labels):
        found.append(("orange", say("labels.look_again")))
    return found


def theme_name(key: str, say: Words) -> str:
    known = newsroom.profile().themes.get(key)
    if known is None:
        return say("theme.none") if key == "none" else key
    return known.vi if say.language == "vi" else known.en


def _labels(item: Labelled, kind: Kind, province: str) -> list[Label]:
    return [label for label in item.labels if label.kind is kind and label.about == province]


def _badge(colour: str, text: str) -> str:
    return f":{colour}-badge[{forms.plain(text)}]"


# -- what a row of a list says ---------------------------------------------------------------------


def origin(each: Row, now: datetime, say: Words, country: str = "") -> str:
    """Outlet · language if foreign · time · "7 bài, 4 văn bản khác nhau"."""
    article, zone = each.item.article, newsroom.profile().timezone
    language = each.item.key(Kind.LANGUAGE) or article.language
    time = forms.clock(article.when, now, zone, say)
    parts = [
        each.outlet,
        country,
        language_name(language, say.language) if language != "vi" else "",
        time if article.published_at else say("row.no_date", time=time),
        say("row.story", n=forms.number(each.articles, say), m=forms.number(each.texts, say))
        if each.articles > 1
        else "",
    ]
    return " · ".join(part for part in parts if part)


def headline(told: Headline, say: Words) -> str:
    """Chuyện: its most central title, and the original's where that is in another language."""
    first = told.original
    beside = say("story.original", title=first.article.title) if first else ""
    return say("story.headline", title=told.title) + (f" {beside}" if beside else "")


def open_link(item: Labelled, label: str) -> None:
    """With what was searched for on this screen: it is marked in the text there."""
    searched = st.query_params.get("q", "").strip()[: QUERY_LENGTH + 1]
    to = address(item.article.id, newsroom.words()) | ({"q": searched} if searched else {})
    st.page_link(screen("article"), label=label, query_params=to)


def asking(query: str) -> dict[str, str]:
    """The address of a search in the stream."""
    say = newsroom.words()
    language = {"lang": say.language} if say.language != newsroom.house().settings.web.language else {}
    return {"q": query, **language, **province_choice.in_address()}


def language_in_address(say: Words) -> dict[str, str]:
    """Where the reader's language is not the installation's; and the province, where there are several."""
    other = say.language != newsroom.house().settings.web.language
    return province_choice.in_address() | ({"lang": say.language} if other else {})


def address(article_id: str, say: Words) -> dict[str, str]:
    return {"id": article_id} | language_in_address(say)


# -- the screens of this session, for links between them ------------------------------------------


def screen(name: str) -> st.Page:
    found: st.Page = st.session_state["screens"][name]
    return found


# -- pages of a list ------------------------------------------------------------------------------


def page_asked(pages: int) -> int:
    """The page that the address names, of so many; else the first."""
    text = st.query_params.get("page", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(1, asked), max(1, pages))


def pages(page: int, of: int, key: str) -> None:
    """Where there are several, the way to the others."""
    if of > 1:
        st.session_state[key] = page
        st.pagination(of, key=key, on_change=_turn, args=(key,))


def _turn(key: str) -> None:
    st.query_params["page"] = str(st.session_state[key])


# -- how fresh it is ------------------------------------------------------------------------------


def freshness_line(fresh: Freshness, now: datetime, say: Words) -> None:
    """How fresh this is and since when; a warning above it where something is wrong."""
    zone = newsroom.profile().timezone
    if fresh.state is not State.FINE:
        since = fresh.ended or fresh.started
        shown = say(
            f"state.{fresh.state.value}",
            n=forms.number(fresh.articles if fresh.state is State.FIRST else fresh.behind, say),
            ago=forms.ago(since, now, say) if since else "",
            why=forms.plain(forms.in_language(fresh.why, say)),
            since=forms.clock(fresh.held_since, now, zone, say) if fresh.held_since else "",
        )
        (st.info if fresh.state in {State.FIRST, State.NEVER} else st.warning)(shown)
    if fresh.started is None:
        return
    index = (
        say("fresh.behind", n=forms.number(fresh.behind, say))
        if fresh.behind
        else say("fresh.complete", n=forms.number(fresh.articles, say))
    )
    at = fresh.ended or fresh.started
    key = "fresh.running" if fresh.running else "fresh.line"
    st.caption(forms.plain(say(key, ago=forms.ago(at, now, say), time=forms.clock(at, now, zone, say), index=index)))


def follow(fresh: Freshness) -> None:
    """Draw the screen anew when something has come in: soon while a collection runs, else once a minute."""
    st.session_state["drawn"] = newsroom.stamp()
    st.fragment(_look, run_every=SOON if fresh.running else NOW_AND_THEN)()


def _look() -> None:
    if newsroom.stamp() != st.session_state["drawn"]:
        st.session_state["by-itself"] = True  # nobody has done anything: a session's idle time goes on
        st.rerun()
