"""What has gone silent: an outlet, a language or a kind of source, and why, in the reader's words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import fact_feeds, forms, newsroom, parts, views
from dashboard.names import language_name
from dashboard.reasons import reason
from dashboard.texts import Words
from diembao.pipeline.health import Health, Silence, SilentGroup, SilentOutlet
from diembao.reports.silence import Fall

SHOWN: Final = 8


def show(quiet: Health, now: datetime, say: Words) -> None:
    """On *Hôm nay*."""
    parts.heading(say("today.silent"))
    troubles = fact_feeds.troubles(now, say)
    if not quiet.outlets and not quiet.groups and not troubles:
        st.caption(say("today.no_silent"))
        return
    house = newsroom.house()
    lines = [f"- {forms.plain(of_group(each, now, say))}" for each in quiet.groups]
    lines += [f"- {forms.plain(each)}" for each in troubles]
    lines += [
        f"- {forms.plain(views.outlet_name(house, each.outlet))}: :gray[{forms.plain(why(each, now, say))}]"
        for each in quiet.outlets[:SHOWN]
    ]
    if len(quiet.outlets) > SHOWN:
        lines.append(f"- {forms.plain(say('silent.more', n=len(quiet.outlets) - SHOWN))}")
    st.markdown("\n".join(lines))


def of_all(quiet: Health, say: Words) -> str:
    """The tile counts outlets; a source is one of the addresses that an outlet is read at."""
    of = say("number.silent_of", n=forms.number(len(newsroom.house().crawled), say))
    if not quiet.failing:
        return of
    failing = (forms.number(n, say) for n in (quiet.failing, quiet.sources))
    return f"{of} · {say('number.failing_of', **dict(zip(('n', 'm'), failing, strict=True)))}"


def of_group(each: SilentGroup, now: datetime, say: Words) -> str:
    name = language_name(each.name, say.language) if each.scope == "language" else say(f"source.{each.name}")
    return f"{name}: {_fewer(each.fall, now, say)}"


def why(each: SilentOutlet, now: datetime, say: Words) -> str:
    ago = forms.ago(each.since, now, say) if each.since else ""
    told_why = forms.shortened(reason(each.why, say), 80)
    if each.fall is not None:
        return _fewer(each.fall, now, say)
    told = say(f"silent.{each.silence.value}", n=each.failures, ago=ago, why=told_why, usual="")
    return f"{told} ({told_why})" if each.silence is Silence.NEVER and told_why else told


def _fewer(fall: Fall, now: datetime, say: Words) -> str:
    usual = forms.number(round(fall.expected), say)
    return say("silent.quiet", n=forms.number(fall.seen, say), ago=forms.ago(fall.since, now, say), usual=usual)
