"""*Điều đã trả lời*, a view of *Trả lời*: claims that were answered, their answers to copy, what repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, remembered, shown
from dashboard.texts import Words
from diembao.core.case import Case, CaseQuery
from diembao.core.document import Document
from diembao.core.memory import Answered, MatchQuery
from diembao.core.query import Query
from diembao.pipeline.wiring import Installation
from diembao.response.memory import answered_claims

SHOWN: Final = 50
MATCHES: Final = 2_000  # looked at to count those that repeat a claim


def show(typed: Query | None, now: datetime, say: Words) -> None:
    """``typed`` narrows the claims; None: everything."""
    remembered.on_today(now, say)
    claims, repeats = newsroom.read(claims_and_repeats, typed, newsroom.house().store.memory_position())
    cases = _cases(claims)
    mine = [each for each in claims if each.case in cases]
    if not mine:
        st.info(say("statements.claims_none" if typed is None else "statements.no_match"))
        return
    parts.heading(say("statements.claims", n=forms.number(len(mine), say)))
    for each in mine[:SHOWN]:
        _row(each, cases[each.case], repeats.get(each.key, 0), say)
    if len(mine) > SHOWN:
        st.caption(forms.plain(say("statements.more", n=SHOWN)))


def claims_and_repeats(
    house: Installation, typed: Query | None, _memory: tuple[int, int]
) -> tuple[list[Answered], Mapping[tuple[str, int], int]]:
    """The newest answers first, and how many articles repeat each. It is kept until something is matched or judged."""
    claims = sorted(answered_claims(house.store), key=lambda each: (each.issued_at, each.key), reverse=True)
    if typed is not None:
        documents = [_document(each) for each in claims]
        named = set(house.matcher.matching(documents, [typed])[0])
        claims = [each for each in claims if _key(each) in named]
    matches = house.store.matches(MatchQuery(), limit=MATCHES)
    return claims, Counter(match.key for match in matches)


def _key(each: Answered) -> str:
    return f"{each.case}/{each.claim}"


def _document(each: Answered) -> Document:
    return Document(_key(each), each.title, each.quote, each.answer, each.issued_at, each.issued_at, {})


def _cases(claims: list[Answered]) -> Mapping[str, Case]:
    """Those that the reader may see."""
    numbers = tuple({each.case for each in claims})
    if not numbers:
        return {}
    found = newsroom.house().store.cases(CaseQuery(numbers=numbers), limit=len(numbers))[1]
    return {case.number: case for case in found if asking.seen(case)}


def _row(each: Answered, case: Case, repeats: int, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    with st.container(key=f"row-answered-{each.case}-{each.claim}", gap=None):
        shown.link(case, say("quote", text=forms.shortened(" ".join(each.quote.split()), 240)))
        told = [
            say("memory.answered", date=forms.date(each.issued_at, zone)),
            f"{case.number} {case.details.title}",
            say("statements.repeats", n=forms.number(repeats, say)) if repeats else "",
        ]
        st.markdown(f":gray[{forms.plain(' · '.join(filter(None, told)))}]")
        with st.expander(say("memory.answer"), icon=":material/content_copy:"):
            st.markdown(f"**{forms.plain(each.title)}**")
            st.code(each.answer, language=None, wrap_lines=True)
