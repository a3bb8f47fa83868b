"""Who answered what was critical: the cases that hold the articles, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from diembao.core.case import Case, CaseQuery, CaseState
from diembao.core.ports import Store
from diembao.core.statement import first_standing
from diembao.reports.figures import Book, Figure

TOGETHER: Final = 500  # cases read at a time


@dataclass(frozen=True, slots=True)
class Answer:
    """A case that holds an article; ``issued_at`` is when its first answer that stands left, None: none has;
    ``channel`` is the form in which it did.
    """

    case: Case
    issued_at: datetime | None = None
    channel: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """``of`` has for each critical article the cases that hold it. The figures share no article, and are all of what
    is critical.
    """

    of: Mapping[str, tuple[Answer, ...]]
    answered: Figure
    in_hand: Figure
    not_to_answer: Figure
    no_case: Figure


def answering(book: Book, critical: Figure) -> Answering:
    found = answers(book.house.store, critical.now.ids)
    kinds: dict[str, list[str]] = {name: [] for name in ("answered", "in_hand", "not_to_answer", "no_case")}
    for each in critical.now.ids:
        kinds[_kind(found.get(each, ()))].append(each)
    names = {
        "answered": "Bài phê phán đã có trả lời",
        "in_hand": "Bài phê phán có vụ việc, chưa trả lời",
        "not_to_answer": "Bài phê phán đã kết thúc xử lý, không phát hành trả lời",
        "no_case": "Bài phê phán chưa mở vụ việc",
    }
    figures = {kind: book.of_record(names[kind], ids, critical) for kind, ids in kinds.items()}
    book.add_up(critical, figures.values())
    return Answering(found, **figures)


def _kind(found: Sequence[Answer]) -> str:
    if any(each.issued_at for each in found):
        return "answered"
    if any(not each.case.state.ended for each in found):
        return "in_hand"
    return "not_to_answer" if found else "no_case"


def answers(store: Store, ids: Sequence[str]) -> dict[str, tuple[Answer, ...]]:
    """The cases of each of these articles that has any."""
    wanted = frozenset(ids)
    pairs = [(case, article) for case, article in store.covered() if article in wanted] if wanted else []
    told = {number: _answer(store, case) for number, case in _cases(store, {case for case, _ in pairs}).items()}
    found: dict[str, list[Answer]] = {}
    for case, article in sorted(pairs):
        if case in told:
            found.setdefault(article, []).append(told[case])
    return {article: tuple(each) for article, each in found.items()}


def _cases(store: Store, numbers: set[str]) -> dict[str, Case]:
    ordered = sorted(numbers)
    parts = (ordered[at : at + TOGETHER] for at in range(0, len(ordered), TOGETHER))
    return {
        case.number: case for part in parts for case in store.cases(CaseQuery(numbers=tuple(part)), limit=TOGETHER)[1]
    }


_MAY_HAVE_ISSUED: Final = frozenset({CaseState.ISSUED, CaseState.FOLLOWED, CaseState.CLOSED})


def _answer(store: Store, case: Case) -> Answer:
    whole = store.case_file(case.number) if case.state in _MAY_HAVE_ISSUED else None
    first = first_standing(whole.issues) if whole else None
    if whole is None or first is None:
        return Answer(case)
    said = next((draft for draft in whole.drafts if draft.version == first.version), None)
    return Answer(case, first.at, first.channel, said.speaker if said else "")
