"""The log of a case, line by line."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import claiming, shown
from dashboard.texts import Words
from diembao.core.case import Act, CaseFile, CaseLine, CaseState
from diembao.core.desk import Outcome
from diembao.core.statement import Verdict

# Lines that are drawn.
LOG_SHOWN: Final = 200
# Fields of a change, in the words of the screen.
_FIELDS: Final = {
    "title": "case.title",
    "unit": "case.unit",
    "helping": "case.helping",
    "task": "case.task",
    "priority": "case.priority",
    "themes": "theme",
    "people": "case.people",
}
_OF_REQUESTS: Final = frozenset({Act.ASKED, Act.REMINDED, Act.ANSWERED, Act.WITHDRAWN, Act.LINKED})
# Acts of which the log tells a number: of the version, of the claim.
_NUMBERED: Final = {
    Act.DRAFTED: "version",
    Act.APPROVED: "version",
    Act.ISSUED: "version",
    Act.RETRACTED: "issue",
    Act.CLAIMED: "claim",
    Act.ATTACHED: "claim",
    Act.MARKED: "claim",
}


def show(found: CaseFile, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    parts.heading(say("case.log"))
    for line in found.log[::-1][:LOG_SHOWN]:
        who = shown.who(line.by, say)
        who = say("case.by_console", who=who) if line.facts.get("where") else who
        told = f"{forms.moment(line.at, zone)} · {who}: {_told(line, say)}"
        st.caption(forms.plain(told))
    if len(found.log) > LOG_SHOWN:
        st.caption(forms.plain(say("case.log_more", n=LOG_SHOWN)))


def _told(line: CaseLine, say: Words) -> str:
    facts = line.facts
    if line.act is Act.MOVED:
        told = say("case.act.moved", state=shown.state_name(CaseState(facts["to"]), say))
        if outcome := facts.get("outcome"):
            told = f"{told}: {shown.outcome_name(Outcome(outcome), say)}"
        return f"{told} ({forms.shortened(facts['reason'], 200)})" if facts["reason"] else told
    if line.act is Act.CHANGED:
        changes = [
            f"{say(_FIELDS[name])}: {_change(name, change, say)}" for name, change in facts.items() if name in _FIELDS
        ]
        return say("case.act.changed", what="; ".join(changes))
    if line.act in _OF_REQUESTS:
        through = say(f"requests.through.{facts['through']}") if "through" in facts else ""
        unit = shown.unit_name(facts["unit"])
        return say(f"case.act.{line.act.value}", unit=unit, n=facts.get("n", ""), through=through)
    if line.act is Act.WARNED:
        return say("case.act.warned", stage=say(f"case.warned.{facts['stage']}"))
    if line.act in _NUMBERED:
        verdict = claiming.verdict_name(Verdict(facts["verdict"]), say) if line.act is Act.MARKED else ""
        why = forms.shortened(facts.get("reason", ""), 200)
        return say(f"case.act.{line.act.value}", n=facts[_NUMBERED[line.act]], verdict=verdict, why=why)
    return say(f"case.act.{line.act.value}", n=len(facts.get("articles", "").split()))


def _change(name: str, change: str, say: Words) -> str:
    """What a field was → what it is, in the words of the screen."""
    if name == "title":
        return forms.shortened(change, 200)
    names = {
        "unit": shown.unit_name,
        "helping": shown.unit_name,
        "themes": lambda key: parts.theme_name(key, say),
        "priority": lambda key: say(f"case.priority.{key}"),
        "people": lambda key: shown.who(key, say),
    }
    named = names.get(name, lambda key: key)
    old, _, new = change.partition(" → ")
    return f"{', '.join(map(named, old.split())) or '∅'} → {', '.join(map(named, new.split())) or '∅'}"
