"""What people do at the desk in the walk: to the case itself, to its articles, claims and statement."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from diembao.api.rights import Act as Right
from diembao.api.rights import Visitor
from diembao.core.case import Case, CaseFile, CaseState, Priority
from diembao.core.desk import Outcome
from diembao.core.statement import Verdict, Wording
from diembao.response.acts import Actor
from diembao.response.moves import MOVES
from tests.response.walking_people import ARTICLES, UNITS
from tests.store.making import id_of

if TYPE_CHECKING:
    from tests.response.walking import Room

_S = CaseState
ONWARDS: Final = {
    _S.NEW: _S.TAKEN,
    _S.TAKEN: _S.VERIFYING,
    _S.VERIFYING: _S.DRAFTING,
    _S.DRAFTING: _S.APPROVAL,
    _S.APPROVAL: _S.DRAFTING,
    _S.ISSUED: _S.FOLLOWED,
    _S.FOLLOWED: _S.CLOSED,
    _S.CLOSED: _S.TAKEN,
    _S.NO_ANSWER: _S.TAKEN,
}
_NUMBER = itertools.count(1)  # no two versions have the same words

Deed = Callable[[Visitor, Case], None]


class DeskActs:
    """Each act is asked of the table of rights first, as a screen does it."""

    chance: random.Random
    files: dict[str, CaseFile]

    def room(self, number: str) -> Room:
        raise NotImplementedError

    def _actor(self, who: Visitor, right: Right, case: Case) -> Actor:
        raise NotImplementedError

    def _issue(self, who: Visitor, case: Case) -> None:
        raise NotImplementedError

    def _retract(self, who: Visitor, case: Case) -> None:
        raise NotImplementedError

    def acts(self) -> list[Deed]:
        often = [self._move] * 6 + [self._draft] * 3 + [self._approve] * 3 + [self._issue] * 3 + [self._change] * 3
        cover = [self._add, self._remove, self._by_api, self._by_api]
        return [*often, *cover, self._note, self._quote, self._attach, self._mark, self._mark, self._saw, self._retract]

    # -- the case
    def _onwards(self, who: Visitor, case: Case) -> None:
        to = ONWARDS[case.state]
        outcome = self.chance.choice(list(Outcome)) if to is CaseState.CLOSED else None
        by = self._actor(who, Right.WORK_CASE, case)
        self.room(case.number).desk.move(case, to, by, reason="Vì thế", outcome=outcome)

    def _move(self, who: Visitor, case: Case) -> None:
        to, reason, outcome = self._somewhere(case)
        by = self._actor(who, Right.WORK_CASE, case)
        self.room(case.number).desk.move(case, to, by, reason=reason, outcome=outcome)

    def _somewhere(self, case: Case) -> tuple[CaseState, str, Outcome | None]:
        if self.chance.random() < 0.8 and MOVES[case.state]:
            onwards = [to for to in MOVES[case.state] if not to.ended or self.chance.random() < 0.1]
            to = self.chance.choice(onwards or list(MOVES[case.state]))
        else:
            to = self.chance.choice(list(CaseState))
        ends = to is CaseState.CLOSED and self.chance.random() < 0.8
        return to, self.chance.choice(["", "Vì thế"]), self.chance.choice(list(Outcome)) if ends else None

    def _change(self, who: Visitor, case: Case) -> None:
        by, room = self._actor(who, Right.ASSIGN_CASE, case), self.room(case.number)
        tasks = ["", "9.9", *(task.number for task in room.house.profile.tasks[:6])]
        changes: Mapping[str, object] = self.chance.choice(
            [
                {"title": self.chance.choice(["Vụ", "Vụ việc", " "])},
                {"unit": self.chance.choice([*UNITS, "so-vu-tru"])},
                {"helping": tuple(self.chance.sample(UNITS, self.chance.randint(0, 2)))},
                {"priority": self.chance.choice(list(Priority))},
                {"task": self.chance.choice(tasks)},
                {"people": tuple(f"person:{n}" for n in self.chance.sample([1, 2, 3, 9, 999], 2))},
                {"themes": (self.chance.choice(["policy-communication", "province-brand", "vu-tru"]),)},
            ]
        )
        room.desk.change(case, replace(case.details, **changes), by)  # type: ignore[arg-type]  # of one field each

    def _note(self, who: Visitor, case: Case) -> None:
        text = self.chance.choice(["Đã gọi xã.", "Đã gọi xã.", "@khong-co xem giúp"])
        self.room(case.number).desk.note(case.number, text, self._actor(who, Right.WORK_CASE, case))

    def _saw(self, who: Visitor, case: Case) -> None:
        self.room(case.number).desk.saw(case.number, self._actor(who, Right.READ_CASE, case))

    # -- its articles
    def _add(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.WORK_CASE, case)
        self.room(case.number).desk.add(case.number, [self._some_article()], by)

    def _remove(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.WORK_CASE, case)
        self.room(case.number).desk.remove(case.number, self._some_article(), by)

    def _some_article(self) -> str:
        return id_of(self.chance.choice([*ARTICLES, *ARTICLES, "khong-co"]))

    # -- claims and evidence
    def _quote(self, who: Visitor, case: Case) -> None:
        slug = self.chance.choice(ARTICLES)
        sentence, by = f"tàu {slug} cập cảng Quy Nhơn", self._actor(who, Right.WORK_CASE, case)
        self.room(case.number).claims.quote(case.number, id_of(slug), sentence, by)

    def _attach(self, who: Visitor, case: Case) -> None:
        by, claim = self._actor(who, Right.WORK_CASE, case), self.chance.randint(1, 3)
        self.room(case.number).claims.attach_document(case.number, claim, "12/BC", "Báo cáo", by)

    def _mark(self, who: Visitor, case: Case) -> None:
        by, verdict = self._actor(who, Right.MARK_CLAIM, case), self.chance.choice(list(Verdict))
        why, claim = self.chance.choice(["", "Đã hỏi"]), self.chance.randint(1, 3)
        self.room(case.number).claims.mark(case.number, claim, verdict, why, by)

    # -- the statement
    def _write(self, who: Visitor, case: Case) -> None:
        """A whole one, in two languages."""
        last = self.files[case.number].draft
        by, wording = self._actor(who, Right.DRAFT_ANSWER, case), _wording("written", "Giám đốc")
        self.room(case.number).statements.save(case.number, wording, by, based_on=last.version if last else 0)

    def _draft(self, who: Visitor, case: Case) -> None:
        """Whatever somebody types: without form, speaker or title, half in another language, on an older version."""
        last = self.files[case.number].draft
        based = last.version if last and self.chance.random() < 0.9 else 0
        form, speaker = self.chance.choice(["written", "portal", ""]), self.chance.choice(["Giám đốc", "Giám đốc", ""])
        wording = _wording(form, speaker, self.chance.choice(["", " [#1]", " [#2]"]))
        changes: list[Mapping[str, object]] = [{}, {"text": " "}, {"title": ""}, {"others": {}}, {"titles": {}}]
        changes += [{"others": {}, "titles": {}, "speakers": {}}, {"others": {"xx": "?"}}]
        wording = replace(wording, **self.chance.choice(changes))  # type: ignore[arg-type]  # of some fields each
        by = self._actor(who, Right.DRAFT_ANSWER, case)
        self.room(case.number).statements.save(case.number, wording, by, based_on=based)

    def _approve(self, who: Visitor, case: Case) -> None:
        last = self.files[case.number].draft
        by = self._actor(who, Right.APPROVE_ANSWER, case)
        self.room(case.number).statements.approve(case, last.version if last else 1, by)

    # -- the same through the API
    def _by_api(self, who: Visitor, case: Case) -> None:
        number, api = case.number, self.room(case.number).api
        to, reason, outcome = self._somewhere(case)
        last = self.files[number].draft
        version = last.version if last else 0
        path, method, body = self.chance.choice(
            [
                ("moves", "POST", {"version": case.version, "to": to, "reason": reason, "outcome": outcome}),
                ("notes", "POST", {"text": self.chance.choice(["Đã gọi xã.", ""])}),
                ("articles", "POST", {"articles": [self._some_article()]}),
                (f"articles/{self._some_article()}", "DELETE", None),
                ("", "PATCH", {"version": case.version, "priority": self.chance.choice(list(Priority))}),
                ("approvals", "POST", {"version": case.version, "draft": max(1, version)}),
            ]
        )
        api(who, method, f"{number}/{path}".rstrip("/"), body)


def _wording(form: str, speaker: str, mark: str = "") -> Wording:
    """In Vietnamese and English, in words that no other version has."""
    number = next(_NUMBER)
    said = f"Trả lời {number} đây.{mark}", f"Answer {number} stands.{mark}"
    titles = f"Về việc số {number} này", f"On matter {number} here"
    director = {"en": "The director"}
    return Wording(said[0], form, speaker, {"en": said[1]}, titles[0], {"en": titles[1]}, director)
