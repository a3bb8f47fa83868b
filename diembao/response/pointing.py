"""Questions that point to an issued statement: to which, and what becomes of them when it is taken back."""

from __future__ import annotations

from dataclasses import replace

from diembao.core.errors import WrongUse
from diembao.core.ports import Writer
from diembao.core.questions import QuestionState
from diembao.core.register import Step
from diembao.core.statement import standing
from diembao.response.acts import Actor


def issued(write: Writer, statement: str) -> str:
    """Which one is not said: the one that stands. An older one may be named as long as it was not retracted.

    Raises:
        WrongUse: nothing that was issued there stands.
    """
    number, _, issue = statement.strip().partition("/")
    issues = write.issues(number) if len(number) < 40 and write.case(number) else ()
    holds = standing(issues)
    said = int(issue) if issue.isascii() and issue.isdigit() and len(issue) < 6 else holds.number if holds else 0
    if said not in {each.number for each in issues if each.retracted is None}:
        raise WrongUse(f"Không có phát ngôn còn hiệu lực ở '{number[:40]}' (Nothing that was issued there stands)")
    return f"{number}/{said}"


def reopen(write: Writer, statement: str, why: str, actor: Actor) -> None:
    """Every question that this issued statement ("VV-2026-0042/1") answered waits again, due as it was before: in its
    unit's hands, or received where no unit has it. What was answered, when and by whom stays in the history, and the
    statement stays named, until another answer is given.
    """
    for question in write.answered_with(statement):
        state = QuestionState.ASSIGNED if question.unit else QuestionState.RECEIVED
        reason = f"Câu trả lời {statement} đã thu hồi: {why}"
        version = question.version + 1
        later = replace(question, state=state, reason=reason, answered_at=None, changed_at=actor.now, version=version)
        facts = {"statement": statement, "reason": why, "from": question.state.value}
        write.put_question(later)
        write.add_step(
            Step(f"question:{question.number}", "question.reopened", actor.by, actor.now, facts, actor.where)
        )
