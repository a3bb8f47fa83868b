"""Why an outlet, a language or a kind of source is said to be silent, in the reader's words."""

from __future__ import annotations

from datetime import datetime

from dashboard import forms
from dashboard.names import language_name
from dashboard.reasons import reason
from dashboard.texts import Words
from diembao.pipeline.health import Silence, SilentGroup, SilentOutlet
from diembao.reports.silence import Fall


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
