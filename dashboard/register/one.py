"""One question of the press: what was asked, what is done about it, what it leads to, its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting
from dashboard.desk import shown as cases
from dashboard.register import acting, entering, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Covered
from diembao.core.questions import Question, QuestionState
from diembao.pipeline.registering import article_id_of
from diembao.response.acts import Actor
from diembao.response.questions import ANSWER, REASON, WHERE

# Articles of the outlet's case that one may say the answer came out in.
OFFERED: Final = 50
# Characters of a question that are its title.
TITLE: Final = 160


def show(question: Question, say: Words) -> None:
    now = newsroom.now()
    st.page_link(parts.screen("questions"), label=say("questions.back"), icon=":material/arrow_back:")
    whole = " ".join(question.text.split())
    title = forms.shortened(whole, TITLE)
    parts.title(title)
    told = [question.number, shown.outlet(question.asker.outlet), shown.due(question, now, say)]
    st.markdown(f"{shown.chips(question, now, say)}  \n:gray[{forms.plain(' · '.join(filter(None, told)))}]")
    noting.show()
    acting.as_first_seen(question)
    left, right = st.columns([5, 3], gap="large")
    with left:
        if title != whole:
            st.html(noting.lines(question.text, say))
        _answer(question, say)
        if acting.on_question(Act.WORK_QUESTION, question):
            _acts(question, say)
            entering.change(question, say)
    with right:
        _about(question, say)
        shown.history(newsroom.house().store.steps(f"question:{question.number}"), say)


def _answer(question: Question, say: Words) -> None:
    parts.heading(say("question.answer"))
    if question.reason:
        st.info(forms.plain(f"{say(f'question.state.{question.state.value}')}: {question.reason}"))
    if question.statement:
        number = question.statement.partition("/")[0]
        st.markdown(forms.plain(say("question.by_statement", number=question.statement)))
        _retracted(question.statement, say)
        st.page_link(parts.screen("case"), label=number, query_params=parts.address(number, say))
    elif question.answer:
        st.html(noting.lines(question.answer, say))
        who = cases.who(question.answer_by, say)
        st.caption(forms.plain(say("question.written" if question.given else "question.waits", who=who)))
    elif not question.reason:
        st.caption(forms.plain(say("question.no_answer")))
    if question.published or question.articles:
        st.markdown(forms.plain(say("question.published", where=question.published or "")))
    for item in newsroom.house().store.rows(question.articles):
        parts.open_link(item, forms.plain(forms.seen(item.article.title, item.article.id)))


def _about(question: Question, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    asker = question.asker
    who = " · ".join(filter(None, (asker.name, asker.function, asker.contact)))
    shows = acting.on_question(Act.WORK_QUESTION, question)
    how = say(f"question.how.{question.how.value}")
    nobody = say("question.erased" if question.erased_at else "question.nobody")
    rows = [
        ("question.received", f"{forms.moment(question.received_at, zone)} ({how})"),
        ("question.due", forms.moment(question.due_at, zone) if question.due_at else say("question.no_due")),
        ("register.unit", shown.unit_or_none(question.unit, say)),
        ("question.asker", (who or nobody) if shows else ""),
    ]
    for name, value in rows:
        if value:
            st.markdown(f":gray[{forms.plain(say(name))}]  \n{forms.plain(value)}")
    if question.case:
        st.page_link(parts.screen("case"), label=question.case, query_params=parts.address(question.case, say))
    elif acting.on_question(Act.WORK_QUESTION, question) and acting.on_question(Act.OPEN_CASE, question):
        st.button(say("question.to_case"), key="question-case", on_click=_to_case, args=(question,))
    if shows and (asker.name or asker.contact):
        st.button(
            say("question.forget"),
            key="question-forget",
            type="tertiary",
            help=say("question.forget_help"),
            on_click=_simple,
            args=(question, acting.questions().forget),
        )


# -- acts -------------------------------------------------------------------------------------------


def _retracted(statement: str, say: Words) -> None:
    """The answer that a question points to may have been taken back since."""
    number, _, issue = statement.partition("/")
    found = newsroom.house().store.case_file(number)
    its = next((each for each in found.issues if str(each.number) == issue), None) if found else None
    if its is not None and its.retracted is not None:
        st.warning(forms.plain(say("question.retracted")), icon=":material/undo:")


def _acts(question: Question, say: Words) -> None:
    state, key = question.state, f"question-{question.number}"
    if not state.answered:
        _draft(question, key, say)
        _statement(question, key, say)
    if state is QuestionState.ANSWERED or state is QuestionState.PUBLISHED:
        _publish(question, key, say)
    with st.container(horizontal=True, gap="small"):
        with st.popover(say("question.assign")), st.form(f"{key}-assign", border=False):
            st.session_state.setdefault(f"{key}-unit", question.unit or acting.units(none=False)[0])
            names = acting.units(none=False)
            st.selectbox(say("register.unit"), names, format_func=cases.unit_name, key=f"{key}-unit")
            if state.answered:
                st.text_input(say("register.reason"), key=f"{key}-again", max_chars=REASON)
            st.form_submit_button(say("question.assign"), on_click=_assign, args=(question, key))
        if not state.answered:
            for act in ("refuse", "withdraw"):
                with st.popover(say(f"question.{act}")), st.form(f"{key}-{act}-form", border=False):
                    st.text_area(say("register.reason"), key=f"{key}-{act}", max_chars=REASON, height=70)
                    st.form_submit_button(say(f"question.{act}"), on_click=_end, args=(question, key, act))


def _draft(question: Question, key: str, say: Words) -> None:
    if question.answer and acting.on_question(Act.APPROVE_ANSWER, question):
        st.button(say("question.approve"), key=f"{key}-approve", type="primary", on_click=_approve, args=(question,))
    st.session_state.setdefault(f"{key}-answer", question.answer)
    with st.form(f"{key}-draft", border=False):
        st.text_area(say("question.write"), key=f"{key}-answer", max_chars=ANSWER, height=140)
        st.form_submit_button(say("register.save"), help=say("question.second"), on_click=_save, args=(question, key))


def _statement(question: Question, key: str, say: Words) -> None:
    with st.popover(say("question.point")), st.form(f"{key}-point-form", border=False):
        st.text_input(say("question.point_help"), key=f"{key}-statement", max_chars=60, placeholder="VV-2026-0042")
        st.form_submit_button(say("question.point"), on_click=_point, args=(question, key))


def _publish(question: Question, key: str, say: Words) -> None:
    """Where it came out: in words, or an article of the case that it became."""
    found = _coverage(question)
    ids = [each.article_id for each in found[::-1][:OFFERED]]
    items = {item.article.id: item.article for item in newsroom.house().store.rows(ids)}
    with st.form(f"{key}-publish", border=False):
        st.text_input(say("question.where"), key=f"{key}-where", max_chars=WHERE)
        st.text_input(say("question.article"), key=f"{key}-address", max_chars=2000, help=say("question.article_help"))
        if items:
            st.multiselect(
                say("question.articles"), list(items), format_func=lambda x: items[x].title, key=f"{key}-articles"
            )
        st.form_submit_button(say("question.publish"), on_click=_published, args=(question, key))


def _coverage(question: Question) -> Sequence[Covered]:
    """Coverage of its case, where the reader may see that."""
    case = newsroom.house().store.case_file(question.case) if question.case else None
    return case.coverage if case is not None and asking.seen(case.case) else ()


def _simple(question: Question, act: Callable[[Question, Actor], object]) -> None:
    seen = acting.as_first_seen(question)
    acting.done(lambda: act(seen, acting.by_question(Act.WORK_QUESTION, question)), "")
    acting.seen_anew()


def _approve(question: Question) -> None:
    seen = acting.as_first_seen(question)
    acting.done(lambda: acting.questions().approve(seen, acting.by_question(Act.APPROVE_ANSWER, question)), "")
    acting.seen_anew()


def _save(question: Question, key: str) -> None:
    _simple(question, lambda seen, by: acting.questions().draft(seen, acting.typed(key, "answer"), by))


def _point(question: Question, key: str) -> None:
    _simple(question, lambda seen, by: acting.questions().point_to(seen, acting.typed(key, "statement"), by))


def _assign(question: Question, key: str) -> None:
    unit, why = acting.typed(key, "unit"), acting.typed(key, "again")
    _simple(question, lambda seen, by: acting.questions().assign(seen, unit, by, reason=why))


def _end(question: Question, key: str, act: str) -> None:
    room = acting.questions()
    does = room.refuse if act == "refuse" else room.withdraw
    _simple(question, lambda seen, by: does(seen, acting.typed(key, act), by))


def _published(question: Question, key: str) -> None:
    def act(seen: Question, by: Actor) -> object:
        ids: list[str] = list(st.session_state.get(f"{key}-articles") or ())
        address = acting.typed(key, "address").strip()
        ids += [article_id_of(address)] if address else []
        return acting.questions().publish(seen, acting.typed(key, "where"), ids, by)

    _simple(question, act)


def _to_case(question: Question) -> None:
    def act(seen: Question, by: Actor) -> object:
        acting.by_question(Act.OPEN_CASE, question)
        return acting.questions().to_case(seen, by)

    _simple(question, act)
