"""From which state of a case to which, and what each move asks for.

new ─▶ taken ─▶ verifying ◀─▶ drafting ◀─▶ awaiting approval ─(issue)─▶ issued ─▶ followed ─▶ closed
 │       │          │             │                │                      │          │
 └───────┴──────────┴─────────────┴────────────────┘                      └──────────┴─▶ drafting (a further answer)
              ▼
   no answer needed · closed, each with its reason ─▶ taken again

Nothing moves to *issued*: `statements.Statements.issue` does, with an approved version. Whatever moves out of *awaiting
approval* takes the approval with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from diembao.core.case import Case, CaseState
from diembao.core.desk import Outcome
from diembao.core.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Needs:
    """What a move asks for: a reason in words, a note that tells what was verified, a statement that is ready to be
    read by a second person, what came of it (with the reason beside).
    """

    reason: bool = False
    note: bool = False
    statement: bool = False
    outcome: bool = False


PLAIN, WITH_REASON, WITH_NOTE, WITH_STATEMENT = Needs(), Needs(reason=True), Needs(note=True), Needs(statement=True)
WITH_OUTCOME = Needs(reason=True, outcome=True)

_S = CaseState
MOVES: Final[Mapping[CaseState, Mapping[CaseState, Needs]]] = {
    _S.NEW: {_S.TAKEN: PLAIN, _S.NO_ANSWER: WITH_REASON},
    _S.TAKEN: {_S.VERIFYING: PLAIN, _S.NO_ANSWER: WITH_REASON, _S.CLOSED: WITH_OUTCOME},
    _S.VERIFYING: {_S.DRAFTING: WITH_NOTE, _S.NO_ANSWER: WITH_REASON, _S.CLOSED: WITH_OUTCOME},
    _S.DRAFTING: {
        _S.APPROVAL: WITH_STATEMENT,
        _S.VERIFYING: PLAIN,
        _S.NO_ANSWER: WITH_REASON,
        _S.CLOSED: WITH_OUTCOME,
    },
    _S.APPROVAL: {_S.DRAFTING: WITH_REASON, _S.NO_ANSWER: WITH_REASON, _S.CLOSED: WITH_OUTCOME},
    _S.ISSUED: {_S.FOLLOWED: PLAIN, _S.DRAFTING: WITH_REASON, _S.CLOSED: WITH_OUTCOME},
    _S.FOLLOWED: {_S.CLOSED: WITH_OUTCOME, _S.DRAFTING: WITH_REASON},
    _S.CLOSED: {_S.TAKEN: WITH_REASON},
    _S.NO_ANSWER: {_S.TAKEN: WITH_REASON},
}

# Messages are "tiếng Việt (English)": a screen shows the reader's half.
NAMES: Final[Mapping[CaseState, tuple[str, str]]] = {
    _S.NEW: ("mới", "new"),
    _S.TAKEN: ("đã nhận", "taken"),
    _S.VERIFYING: ("đang xác minh", "verifying"),
    _S.DRAFTING: ("đang soạn", "drafting"),
    _S.APPROVAL: ("chờ phê duyệt", "awaiting approval"),
    _S.ISSUED: ("đã phát hành", "issued"),
    _S.FOLLOWED: ("đang theo dõi", "being followed"),
    _S.CLOSED: ("đã đóng", "closed"),
    _S.NO_ANSWER: ("không cần trả lời", "no answer needed"),
}

OUTCOMES: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.CORRECTED: ("báo đã đính chính", "the press corrected it"),
    Outcome.CLARIFIED: ("đã làm rõ, báo đã đưa", "made clear, and published"),
    Outcome.REPAIRED: ("báo nêu đúng, đã nhận và khắc phục", "the press was right: admitted and repaired"),
    Outcome.ADMITTED: ("báo nêu đúng, đã nhận, đang khắc phục", "the press was right: admitted, under repair"),
    Outcome.NOT_TAKEN_UP: ("đã trả lời, báo không đưa", "answered, and not taken up"),
    Outcome.HANDED_ON: ("chuyển cơ quan có thẩm quyền", "handed on to whom it concerns"),
    Outcome.MERGED: ("nhập vào vụ việc khác", "merged into another case"),
    Outcome.LAPSED: ("không còn phải xử lý", "nothing more to be done"),
}

# What stands between a state and the one that was asked for, where there is more to say than "from here to there".
_FIRST: Final[Mapping[CaseState, tuple[str, str]]] = {
    _S.NEW: ("Chưa ai nhận vụ việc; nhận trước đã", "Nobody has taken the case; take it first"),
    _S.TAKEN: ("Chưa xác minh; chuyển sang đang xác minh trước đã", "Nothing is verified; begin to verify first"),
    _S.CLOSED: ("Vụ việc đã đóng; mở lại trước đã", "The case is closed; reopen it first"),
    _S.NO_ANSWER: ("Vụ việc đã ghi là không cần trả lời; mở lại trước đã", "No answer is needed; reopen it first"),
}
# What has to come before a statement can be written at.
_BEFORE_DRAFTING: Final[Mapping[CaseState, tuple[str, str]]] = {
    **_FIRST,
    _S.VERIFYING: (
        "Vụ việc đang xác minh; chuyển sang đang soạn trước đã",
        "The case is being verified; move it to drafting first",
    ),
    _S.APPROVAL: (
        "Dự thảo đang chờ phê duyệt; đưa về soạn trước đã, rồi phải duyệt lại",
        "The draft awaits approval; take it back to drafting first, and it has to be approved again",
    ),
    _S.ISSUED: (
        "Câu trả lời đã phát hành; đưa về soạn để trả lời thêm",
        "The answer is issued; take the case back to drafting for a further one",
    ),
    _S.FOLLOWED: (
        "Câu trả lời đã phát hành; đưa về soạn để trả lời thêm",
        "The answer is issued; take the case back to drafting for a further one",
    ),
}


def check(case: Case, to: CaseState, *, reason: str, notes: int, outcome: Outcome | None = None) -> None:
    """May it move there now? ``notes`` is how many it has. Whether its statement is ready is asked by
    `statements.check_ready`.

    Raises:
        WrongUse: no, with the sentence that says what is missing.
    """
    if to is case.state:
        vietnamese, english = NAMES[to]
        raise WrongUse(f"Vụ việc đang ở bước {vietnamese} rồi (The case is {english} already)")
    needs = MOVES[case.state].get(to)
    if needs is None:
        raise WrongUse(_no_way(case.state, to))
    if needs.reason and not reason:
        vietnamese, english = NAMES[to]
        raise WrongUse(f"Thiếu lý do để chuyển sang {vietnamese} (A reason is missing for: {english})")
    if needs.outcome and outcome is None:
        raise WrongUse(
            f"Chưa chọn kết quả của vụ việc; có: {'; '.join(name for name, _ in OUTCOMES.values())}"
            f" (What came of the case is missing; one of: {', '.join(OUTCOMES)})"
        )
    if outcome is not None and not needs.outcome:
        raise WrongUse("Kết quả chỉ ghi khi đóng vụ việc (What came of it is said when the case is closed)")
    if needs.note and not notes:
        raise WrongUse(
            "Chưa có ghi chú nào nói đã xác minh gì; ghi một ghi chú trước đã"
            " (No note tells what was verified; write one first)"
        )


def check_open(case: Case) -> None:
    """Raises:
    WrongUse: it is closed, or needs no answer.
    """
    if case.state.ended:
        vietnamese, english = _FIRST[case.state]
        raise WrongUse(f"{vietnamese} ({english})")


def check_drafting(case: Case) -> None:
    """Raises:
    WrongUse: it is in another state, with what has to come first.
    """
    if case.state is not CaseState.DRAFTING:
        vietnamese, english = _BEFORE_DRAFTING[case.state]
        raise WrongUse(f"{vietnamese} ({english})")


def check_approval(case: Case) -> None:
    """Raises:
    WrongUse: it does not await approval.
    """
    if case.state is not CaseState.APPROVAL:
        here = NAMES[case.state]
        raise WrongUse(
            f"Vụ việc {here[0]}, không chờ phê duyệt; gửi dự thảo đi phê duyệt trước đã"
            f" (The case is {here[1]}, not awaiting approval; hand the draft in first)"
        )


def check_issue(case: Case, newest: int) -> None:
    """May its statement be issued? ``newest`` is the last version.

    Raises:
        WrongUse: no, with what is missing.
    """
    check_approval(case)
    if not case.approved or case.approved != newest:
        raise WrongUse(
            "Chưa có người thứ hai phê duyệt bản này (Nobody has approved this version yet; a second person does)"
        )


def _no_way(now: CaseState, to: CaseState) -> str:
    if now in _FIRST:
        vietnamese, english = _FIRST[now]
        return f"{vietnamese} ({english})"
    if to is CaseState.ISSUED:
        return (
            "Phát hành là một việc riêng, sau khi người thứ hai phê duyệt"
            " (To issue is an act of its own, after a second person has approved)"
        )
    here, there = NAMES[now], NAMES[to]
    return f"Không chuyển được từ {here[0]} sang {there[0]} (A case that is {here[1]} cannot become {there[1]})"
