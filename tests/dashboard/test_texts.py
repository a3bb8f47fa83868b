from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import dashboard
from dashboard.abroad import BYS
from dashboard.address import EVER, PERIODS
from dashboard.address import SHAPES as LIST_SHAPES
from dashboard.alerting.deliveries import WHICH
from dashboard.desk.compared import MEASURES
from dashboard.fact_feeds import BECAME
from dashboard.health import State
from dashboard.marking import Mark
from dashboard.picking.table import COLUMNS
from dashboard.register.listing import SHOW as QUESTIONS
from dashboard.screens.cases import SHAPES, SHOW
from dashboard.screens.duty import SINCE as SPANS
from dashboard.screens.duty import VIEWS as DUTY
from dashboard.screens.effect import PERIODS as EFFECT_PERIODS
from dashboard.screens.sources import BEGUN
from dashboard.screens.statements import SHOW as STATEMENTS
from dashboard.stories.reading import Order
from dashboard.texts import PARTS, TEXTS, Words
from diembao.api.keys import SCOPES
from diembao.api.paths import SCREENS
from diembao.api.routes.export import Format
from diembao.core.accounts import Role as Given
from diembao.core.alert import Channel, Fate, News
from diembao.core.article import DateFrom, Kind, Relevance, Role, Stance
from diembao.core.briefings import BriefingState
from diembao.core.case import Act, CaseState, Priority
from diembao.core.desk import Origin, Outcome
from diembao.core.faults import AGAINST, FLOOR, WORSE
from diembao.core.faults import PARTS as HEADS
from diembao.core.foreseen import MatterKind
from diembao.core.kits import Holds
from diembao.core.memory import Differs, MatchVerdict
from diembao.core.opinion import GIST_LANGUAGES, GistVerdict
from diembao.core.opinion import Task as OpinionTask
from diembao.core.ports import SortBy
from diembao.core.progress import TaskState
from diembao.core.questions import How, QuestionState
from diembao.core.reading import Extent, Form
from diembao.core.requests import RequestStatus, Through
from diembao.core.retention import Kept as Retained
from diembao.core.statement import Verdict
from diembao.core.statement_list import Stage as OnItsWay
from diembao.core.subscription import Priority as Wakes
from diembao.core.subscription import Rhythm, Subject
from diembao.pipeline.health import Silence
from diembao.reports.reopening import FIELDS as COMPARED
from diembao.reports.reopening import Since
from diembao.reports.trends import By
from diembao.response.clock import Stage

ROOM = Path(dashboard.__file__).parent
SOURCES = [
    *(path for path in ROOM.rglob("*.py") if path.parent.name != "texts"),
    ROOM.parent / "diembao" / "app" / "server.py",
]
# What people do to what, in the audit log.
DIDS = {
    "search": ["save", "remove"],
    "outbox": ["resend"],
    "feed": ["make", "revoke"],
    "alert": ["add", "change", "pause", "resume", "remove", "test"],
    "plan": ["read", "task", "confirm", "drop"],
    "report": ["make", "write", "sign"],
    "model": ["rollback", "release", "retrain"],
    "shift": ["look", "unlook", "hand-over", "take-over"],
}
# Families of keys that are put together from a word of the trade.
FAMILIES = {
    "kits.feed": BECAME,
    "statements.show": STATEMENTS,
    "effects": ["period", "of"],
    "effects.period": list(EFFECT_PERIODS),
    "effects.of": MEASURES,
    "stage": [each.value for each in OnItsWay],
    "marks": [each.value for each in Mark],
    "duty": ["yes", "no"],
    "alerts.subject": [each.value for each in Subject],
    "alerts.rhythm": [each.value for each in Rhythm],
    "alerts.priority": [each.value for each in Wakes],
    "alerts.channel": [each.value for each in Channel if each is not Channel.MAIL],
    "alerts.news": [each.value for each in News if each is not News.FIRST],
    "model.state": ["judging", "aside", "other", "ready"],
    "model": [
        *("vi", "others", "themes_micro_f1", "stance_macro_f1", "critical_recall", "critical_precision"),
        *("stance_coverage", "stance_right_of_covered", *HEADS),
    ],
    "model.fault": [FLOOR, WORSE, AGAINST],
    "kits": [each.value for each in Holds],
    "themes": ["vi", "en", "covers"],
    "stance": [each.value for each in Stance],
    "relevance": [each.value for each in Relevance],
    "extent": [f"{each.value}{told}" for each in Extent if each is not Extent.WHOLE for told in ("", ".told")],
    "form": [each.value for each in Form if each is not Form.ARTICLE],
    "said": [each.value for each in DateFrom if each is not DateFrom.NONE],
    "role": [each.value for each in Role],
    "date": [each.value for each in DateFrom],
    "sort": [each.value for each in SortBy],
    "silent": [each.value for each in Silence],
    "source": ["feed", "sitemap", "listing", "channel"],
    "state": [each.value for each in State if each is not State.FINE],
    "trends": ["from", "to"],
    "trends.by": [each.value for each in By],
    "foreign.by": list(BYS),
    "period": [*PERIODS, EVER, "custom", "visit"],
    "before": ["visit", "24h", "7d"],
    "day": [str(n) for n in range(7)],
    "nav": ["vi", "en"],
    "shape": list(LIST_SHAPES),
    "duty.view": list(DUTY),
    "duty.since": ["shift", *SPANS],
    "stories.role": [each.value for each in Role],
    "stories.sort": [each.value for each in Order],
    "stories": ["critical", "several"],
    "column": list(COLUMNS),
    "take": [each.value for each in Format],
    "pick": ["theme_yes", "theme_no"],
    "number": ["about", "critical", "texts", "cases", "silent"],
    "similar": ["very", "close", "related"],
    "gist": [*GIST_LANGUAGES, *(each.value for each in GistVerdict)],
    "gist.done": [each.value for each in GistVerdict],
    "opinion.task": [each.value for each in OpinionTask],
    "memory.differs": [each.value for each in Differs],
    "memory.done": [each.value for each in MatchVerdict],
    "case.state": [each.value for each in CaseState],
    "case.origin": [each.value for each in Origin],
    "cases": list(SHAPES),
    "case.outcome": [each.value for each in Outcome],
    "case.priority": [each.value for each in Priority],
    "case.act": [each.value for each in Act],
    "case.move": [each.value for each in CaseState if each not in {CaseState.NEW, CaseState.ISSUED}],
    "case.warned": [f"{step}{each.value}" for step in ("", "step-") for each in Stage],
    "helping": list(SCREENS),
    "requests.status": [each.value for each in RequestStatus],
    "requests.through": [each.value for each in Through],
    "claims.verdict": [each.value for each in Verdict],
    "cases.show": list(SHOW),
    "given": [each.value for each in Given],
    "audit.did": [
        *(f"account.{did}" for did in ("add", "roles", "password", "disable", "enable", "erase")),
        *(f"session.{did}" for did in ("open", "end", "failed", "locked")),
        *(f"story.{did}" for did in ("split", "merge", "untie")),
        *(f"{what}.{did}" for what, dids in DIDS.items() for did in dids),
        *(f"source.{did}" for did in ("add", "backfill", "reopen")),
        *(f"gist.{each.value}" for each in GistVerdict),
        *("access.refused", "opinion.ask"),
        "address.change",
        "proposal.dismissed",
        "plan.progress",
        *(f"case.{each.value}" for each in Act),
        *(f"source.{did}" for did in ("accept", "reject", "replay", "drop")),
        *("link.make", "label.correct", "label.retract", "evidence.export", "key.add", "key.revoke"),
    ],
    "question.state": [each.value for each in QuestionState],
    "question.how": [each.value for each in How],
    "question": ["refuse", "withdraw", "written", "waits", "erased", "nobody"],
    "questions.show": list(QUESTIONS),
    "meeting.state": [each.value for each in BriefingState],
    "calendar.kind": [each.value for each in MatterKind],
    "audit.did.question": [
        *("received", "assigned", "changed", "drafted", "answered", "published", "refused", "withdrawn", "case"),
        *("forgot", "forget", "reopened"),
    ],
    "audit.did.briefing": ["planned", "changed", "attached", "held", "cancelled"],
    "audit.did.point": ["added", "told", "done"],
    "audit.did.matter": ["added", "refused", "changed", "ended", "ticked"],
    "audit.actor": ["link", "console", "machine", "demo", "stranger", "many"],
    "audit.of": [
        "account",
        "session",
        "article",
        "case",
        "key",
        "task",
        "refusal",
        "entry",
        "outlet",
        "host",
        "office",
        "aside",
        *("question", "briefing", "point", "matter", "handover"),
        *(what for what in DIDS if what != "shift"),
    ],
    "reports.since": [each.value for each in Since],
    "reports.field": list(COMPARED),
    "audit.did.backup": ["make", "verify", "restore"],
    "audit.did.retention": ["drop"],
    "storage.kind": [each.value for each in Retained],
    "audit.did.alert": ["stop", "take-up"],
    "deliveries": [*Fate, *WHICH, Channel.FOLDER, Channel.PAGE],
    "sources.by": list(BEGUN),
    "audit.said": [
        "how",
        "grants",
        "before",
        "after",
        "provider",
        "sessions_ended",
        "purpose",
        "facts",
        "kind",
        "about",
        "keys",
        "why",
        "revision",
        "account",
        "scopes",
        "until",
        *("channel", "address", "search", "province"),
        *("language", "wanted", "times", "source", "tasks", "task", "kept", "days", "outlets", "numbers"),
        *("version", "section", "paragraph", "document"),
    ],
    "audit.how": ["demo", "password", "first", "oidc"],
    "scope": [each.value for each in SCOPES],
    "revisions": ["title", "lead", "text"],
    "plan.state": [each.value for each in TaskState],
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def keys_asked() -> set[str]:
    """Every key that the code names outright."""
    return {
        node.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in TEXTS
    }


def test_a_key_stands_in_one_file_only() -> None:
    assert sum(map(len, PARTS)) == len(TEXTS)


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_the_same_thing_with_the_same_values(key: str) -> None:
    vietnamese, english = TEXTS[key]
    assert vietnamese.strip()
    assert english.strip()
    assert fields(vietnamese) == fields(english)


def test_every_word_put_together_from_a_family_is_there() -> None:
    missing = [f"{name}.{word}" for name, words in FAMILIES.items() for word in words if f"{name}.{word}" not in TEXTS]
    assert missing == []
    assert [kind.value for kind in Kind if kind.value not in TEXTS] == []


def test_no_text_is_left_over() -> None:
    families = {f"{name}.{word}" for name, words in FAMILIES.items() for word in words} | {k.value for k in Kind}
    assert set(TEXTS) - keys_asked() - families == set()


def test_every_key_that_is_said_exists() -> None:
    said = {
        node.args[0].value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert said - set(TEXTS) == set()


def test_the_vietnamese_is_calm_and_has_no_english() -> None:
    english = re.compile(
        r"\b(article|index|search|stream|filter|label|error|the|of|and|loading|click)\b", re.IGNORECASE
    )
    for key, (vietnamese, _) in TEXTS.items():
        without_code = re.sub(r"`[^`]*`|\{[^}]*\}", "", vietnamese)
        assert "!" not in vietnamese, key
        assert key == "nav.en" or not english.search(without_code), key


def test_a_stance_is_critical_never_negative_and_a_machines_opinion_never_false() -> None:
    for key, (vietnamese, _) in TEXTS.items():
        assert "tiêu cực" not in vietnamese, key
        assert not re.search(r"\bsai\b", vietnamese), key


def test_words_are_those_of_the_language() -> None:
    assert Words("vi")("row.story", n="7", m="4") == "7 bài, 4 văn bản khác nhau"
    assert Words("en")("row.story", n="7", m="4") == "7 articles, 4 distinct texts"
