"""From which state of a case to which, and what each move asks for.

new ──▶ taken ──▶ verifying ──▶ drafting ──▶ (approval and issue: not built yet)
 │        │           ▲   │        │
 │        │           └───┼────────┘
 └────────┴───────────────┴──▶ no answer needed · closed, each with its reason ──▶ taken again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from diembao.core.case import Case, CaseState
from diembao.core.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Needs:
    """What a move asks for: a reason in words, a note that tells what was verified."""

    reason: bool = False
    note: bool = False


PLAIN, WITH_REASON, WITH_NOTE = Needs(), Needs(reason=True), Needs(note=True)

_S = CaseState
MOVES: Final[Mapping[CaseState, Mapping[CaseState, Needs]]] = {
    _S.NEW: {_S.TAKEN: PLAIN, _S.NO_ANSWER: WITH_REASON},
    _S.TAKEN: {_S.VERIFYING: PLAIN, _S.NO_ANSWER: WITH_REASON, _S.CLOSED: WITH_REASON},
    _S.VERIFYING: {_S.DRAFTING: WITH_NOTE, _S.NO_ANSWER: WITH_REASON, _S.CLOSED: WITH_REASON},
    _S.DRAFTING: {_S.VERIFYING: PLAIN, _S.NO_ANSWER: WITH_REASON, _S.CLOSED: WITH_REASON},
    _S.CLOSED: {_S.TAKEN: WITH_REASON},
    _S.NO_ANSWER: {_S.TAKEN: WITH_REASON},
}

# Messages are "tiếng Việt (English)": a screen shows the reader's half.
NAMES: Final[Mapping[CaseState, tuple[str, str]]] = {
    _S.NEW: ("mới", "new"),
    _S.TAKEN: ("đã nhận", "taken"),
    _S.VERIFYING: ("đang xác minh", "verifying"),
    _S.DRAFTING: ("đang soạn", "drafting"),
    _S.CLOSED: ("đã đóng", "closed"),
    _S.NO_ANSWER: ("không cần trả lời", "no answer needed"),
}

# What stands between a state and the one that was asked for, where there is more to say than "from here to there".
_FIRST: Final[Mapping[CaseState, tuple[str, str]]] = {
    _S.NEW: ("Chưa ai nhận vụ việc; nhận trước đã", "Nobody has taken the case; take it first"),
    _S.TAKEN: ("Chưa xác minh; chuyển sang đang xác minh trước đã", "Nothing is verified; begin to verify first"),
    _S.CLOSED: ("Vụ việc đã đóng; mở lại trước đã", "The case is closed; reopen it first"),
    _S.NO_ANSWER: ("Vụ việc đã ghi là không cần trả lời; mở lại trước đã", "No answer is needed; reopen it first"),
}


def check(case: Case, to: CaseState, *, reason: str, notes: int) -> None:
    """May it move there now? ``notes`` is how many it has.

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
    if case.state is CaseState.DRAFTING:
        return
    if case.state in _FIRST:
        vietnamese, english = _FIRST[case.state]
    else:
        vietnamese = "Vụ việc đang xác minh; chuyển sang đang soạn trước đã"
        english = "The case is being verified; move it to drafting first"
    raise WrongUse(f"{vietnamese} ({english})")


def _no_way(now: CaseState, to: CaseState) -> str:
    if now in _FIRST:
        vietnamese, english = _FIRST[now]
        return f"{vietnamese} ({english})"
    here, there = NAMES[now], NAMES[to]
    return f"Không chuyển được từ {here[0]} sang {there[0]} (A case that is {here[1]} cannot become {there[1]})"
