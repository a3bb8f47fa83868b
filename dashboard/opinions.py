"""What a language model says of an article, on *Bài báo*, *Trực* and lists: marked as a machine's, beside the original.

With the door shut (`opinion.url` is empty) nothing of it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import streamlit as st

from dashboard import corrections, forms, newsroom, parts, people
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.article import Kind, Label, Labelled
from diembao.core.errors import WrongUse
from diembao.core.names import language_name
from diembao.core.opinion import GIST_LENGTH, SECOND, SECOND_KINDS, Gist, GistVerdict, Judgement, QueueState, Task
from diembao.pipeline.asking import differing

MISSED: Final = 10  # articles under *Trực*
REACH: Final = timedelta(days=14)
WHY: Final = 300  # characters of a reason
_NOTE: Final = "gist-note"
_BADGES: Final = {GistVerdict.ACCEPTED: "green", GistVerdict.EDITED: "green", GistVerdict.REFUSED: "gray"}
OF_HOUSE: Final = {second: own for own, second in SECOND.items()}


def on() -> bool:
    return newsroom.house().settings.opinion.on


def lines(article_ids: Sequence[str], language: str) -> dict[str, list[Gist]]:
    """Of each article of a list its gists in this language that nobody refused: that of its newest revision first,
    after it the one that a person accepted of an older one.
    """
    found: dict[str, list[Gist]] = {}
    for one in newsroom.house().store.gists(article_ids) if on() else ():
        if one.language == language and one.verdict != GistVerdict.REFUSED:
            found.setdefault(one.article_id, []).insert(0, one)
    return found


def under(item: Labelled, found: Mapping[str, Sequence[Gist]], say: Words) -> None:
    """The gists under an article's row in a list."""
    for one in found.get(item.article.id, ()):
        st.markdown(f"{_badge(one, item, say)} {forms.plain(one.words)}")


# -- Bài báo -----------------------------------------------------------------------------------------


def on_article(item: Labelled, say: Words) -> None:
    if not on():
        return
    note = st.session_state.pop(_NOTE, None)
    if note:
        (st.success if note[0] else st.warning)(forms.plain(note[1]))
    house = newsroom.house()
    found: dict[str, list[Gist]] = {}
    for one in house.store.gists([item.article.id]):
        found.setdefault(one.language, []).insert(0, one)
    languages = sorted(dict.fromkeys((*house.settings.opinion.gists, *found)), key=lambda each: each != say.language)
    for place, language in enumerate(languages):
        if language not in found:
            _not_yet(item, language, say)
        elif place == 0:
            parts.heading(say(f"gist.{language}"))
            _gists(item, found[language], say)
        else:  # folded away: the article's own words stand close by
            with st.expander(say(f"gist.{language}")):
                _gists(item, found[language], say)


def _gists(item: Labelled, found: Sequence[Gist], say: Words) -> None:
    for one in found:
        _gist(item, one, say)


def _not_yet(item: Labelled, language: str, say: Words) -> None:
    asked = newsroom.house().store.opinion_of(item.article.id, Task(f"gist-{language}"))
    if asked is None or asked.state is QueueState.DONE:
        return
    parts.heading(say(f"gist.{language}"))
    if asked.state is QueueState.ASIDE:
        st.caption(forms.plain(say("gist.aside", why=forms.in_language(asked.why, say))))
    else:
        st.caption(forms.plain(say("gist.waiting")))


def _gist(item: Labelled, one: Gist, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    by = say("gist.by", model=one.model, time=forms.moment(one.at, zone))
    if one.judged_at:
        who = people.name_of(one.by) or one.by
        by = f"{by} · {say('gist.person', who=who, time=forms.moment(one.judged_at, zone))}"
    st.markdown(f"{_badge(one, item, say)} :gray[{forms.plain(by)}]")
    body = "".join(f"<p>{forms.html(each)}</p>" for each in ([one.text] if one.text else one.sentences))
    st.html(f'<div class="diembao-text" lang="{one.language}">{body}</div>')
    if one.passage:
        _passage(item, one, say)
    if newsroom.may(Act.CORRECT_LABEL, foreign=is_foreign(newsroom.house(), item)):
        _judging(one, say)


def _passage(item: Labelled, one: Gist, say: Words) -> None:
    """The original first, in its own words."""
    language = item.key(Kind.LANGUAGE) or item.article.language
    st.caption(forms.plain(f"{say('gist.passage')} ({language_name(language, say.language)})"))
    told = f'<p lang="{one.language}">{forms.html(one.told)}</p>' if one.told else ""
    original = f'<blockquote lang="{forms.html(language)}">{forms.html(one.passage)}</blockquote>'
    st.html(f'<div class="diembao-text">{original}{told}</div>')


def _badge(one: Gist, item: Labelled, say: Words) -> str:
    """Whose words they are, and whether the article has changed since."""
    colour = _BADGES[one.verdict] if one.verdict else "orange"
    badge = f":{colour}-badge[{forms.plain(say(f'gist.{one.verdict.value}' if one.verdict else 'gist.machine'))}]"
    changed = one.revision < item.article.revision
    return f"{badge} :gray-badge[{forms.plain(say('gist.before', n=one.revision))}]" if changed else badge


def _judging(one: Gist, say: Words) -> None:
    key = f"gist-{one.article_id}-{one.language}-{one.revision}"
    with st.container(horizontal=True, gap="small"):
        if not one.accepted:
            st.button(
                say("gist.accept"), key=f"{key}-accept", on_click=_judge, args=(one, GistVerdict.ACCEPTED, "", "")
            )
        with st.popover(say("gist.edit")), st.form(f"{key}-edit-form", border=False):
            st.text_area(say("gist.words"), one.words, key=f"{key}-text", max_chars=GIST_LENGTH, height=160)
            st.form_submit_button(say("gist.edit"), on_click=_judge, args=(one, GistVerdict.EDITED, f"{key}-text", ""))
        if one.verdict is not GistVerdict.REFUSED:
            with st.popover(say("gist.refuse")), st.form(f"{key}-refuse-form", border=False):
                st.text_input(say("gist.why"), key=f"{key}-why", max_chars=WHY)
                st.form_submit_button(
                    say("gist.refuse"), on_click=_judge, args=(one, GistVerdict.REFUSED, "", f"{key}-why")
                )


def _judge(one: Gist, verdict: GistVerdict, text: str, why: str) -> None:
    house, say = newsroom.house(), newsroom.words()
    hand = corrections.hand(one.article_id)
    reason = " ".join((st.session_state.get(why) or "").split()) if why else ""
    words = (st.session_state.get(text) or "") if text else ""
    judged = Judgement(one.article_id, one.language, one.revision, verdict, words, reason, one.judged_at)
    try:
        house.store.judge_gist(judged, now=newsroom.now(), by=hand)
    except WrongUse as error:
        st.session_state[_NOTE] = (False, forms.in_language(str(error), say))
        return
    st.session_state[_NOTE] = (True, say(f"gist.done.{verdict.value}"))


# -- the second opinion --------------------------------------------------------------------------------


def labels(item: Labelled, say: Words) -> None:
    """Beside the house's own labels, each with its quote."""
    here = newsroom.house().profile.id
    found = [each for each in item.labels if each.kind in SECOND_KINDS and each.about == here]
    if not on() or not found:
        return
    parts.heading(say("second"))
    st.caption(forms.plain(say("second.help")))
    apart = differing(item, here)
    for each in found:
        differs = f" :orange-badge[{forms.plain(say('second.differs'))}]" if each in apart else ""
        st.markdown(f"{forms.plain(told(each, say))}{differs}  \n:gray[{forms.plain(each.why)}]")


def told(label: Label, say: Words) -> str:
    """What it judges, and how: Thái độ: phê phán."""
    own = OF_HOUSE[label.kind]
    value = parts.theme_name(label.key, say) if own is Kind.THEME else say(f"{own.value}.{label.key}")
    return f"{say(own.value)}: {value}"


def on_question(second: Sequence[Label], say: Words) -> None:
    """Under the article that *Trực* asks about."""
    if not on() or not second:
        return
    what = "; ".join(f"{told(each, say)} {forms.shortened(each.why, WHY)}" for each in second)
    model = second[0].by.removeprefix("model:")
    st.caption(forms.plain(say("second.duty", model=model, what=what)))


def missed(say: Words) -> None:
    """Articles that the machine takes for not about the province, and the model for about it."""
    if not on():
        return
    store, now = newsroom.house().store, newsroom.now()
    items = store.rows(store.opinion_missed(now - REACH, newsroom.house().profile.id, MISSED))
    if not items:
        return
    parts.heading(say("second.missed"))
    for item in items:
        with st.container(key=f"row-missed-{item.article.id}", gap=None):
            parts.open_link(item, forms.plain(forms.seen(item.article.title, item.article.id)))
            why = next((each.why for each in item.labels if each.kind is Kind.SECOND_RELEVANCE), "")
            st.caption(forms.plain(why))
