"""Every word of the screens: Vietnamese first, English second, side by side; one file for each screen.

Words of an office: short, no exclamation marks, no English in the Vietnamese. A machine's opinion
is a *gợi ý* (suggestion); an article is *phê phán* (critical), never *tiêu cực* or *sai*. A key stands in
one file only (a test counts them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard.texts import (
    accounts,
    alerting,
    article,
    calendar,
    calling,
    cases,
    desk,
    duty,
    entrance,
    foreign,
    frame,
    helping,
    keys,
    kits,
    memory,
    opinion,
    outgoing,
    plan,
    register,
    register_log,
    reports,
    requests,
    shared,
    shift,
    sources,
    statements,
    storage,
    stories,
    stream,
    today,
    trends,
)

LANGUAGES: Final = ("vi", "en")

PARTS: Final = (
    frame.TEXTS,
    shared.TEXTS,
    helping.TEXTS,
    entrance.TEXTS,
    accounts.TEXTS,
    keys.TEXTS,
    today.TEXTS,
    stream.TEXTS,
    stories.TEXTS,
    article.TEXTS,
    duty.TEXTS,
    shift.TEXTS,
    cases.TEXTS,
    calling.TEXTS,
    desk.TEXTS,
    requests.TEXTS,
    memory.TEXTS,
    statements.TEXTS,
    storage.TEXTS,
    opinion.TEXTS,
    outgoing.TEXTS,
    plan.TEXTS,
    sources.TEXTS,
    kits.TEXTS,
    alerting.TEXTS,
    register.TEXTS,
    register_log.TEXTS,
    reports.TEXTS,
    calendar.TEXTS,
    trends.TEXTS,
    foreign.TEXTS,
)
TEXTS: Final[dict[str, tuple[str, str]]] = {key: both for part in PARTS for key, both in part.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: ``say("row.story", n="7", m="4")``."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        text = TEXTS[key][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text
