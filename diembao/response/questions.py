"""What is done about a question of the press. Each act is one transaction, one step of its history, one row of the
audit log; who acts on a question as it no longer is gets ``Outdated``, and nothing is written.

received ─▶ assigned ─▶ answered ─▶ published
    └──────────┴─▶ refused · withdrawn (each with its reason)        answered, published, refused, withdrawn ─▶ assigned

An answer in words counts as given when a second person approved it; one that points to an issued statement was approved
there, and the question waits again when that is retracted (`pointing.reopen`). The program sends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.accounts import number_of
from diembao.core.case import Case, Details, Priority
from diembao.core.desk import Opening, Origin
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store, Writer
from diembao.core.questions import Asker, How, Question, QuestionState
from diembao.core.register import Step
from diembao.plan.reader import Profile
from diembao.response.acts import Actor, words
from diembao.response.cases import TITLE, Desk
from diembao.response.clock import Clock
from diembao.response.pointing import issued

__all__ = ["Asked", "Questions", "forget"]

# Characters; articles of one question.
TEXT, ANSWER, REASON, OUTLET, NAME, CONTACT, WHERE = 4_000, 10_000, 2_000, 120, 120, 200, 300
ARTICLES: Final = 50
# How long the name and the contact of whoever asked are kept after the answer: until it has come out in a monthly too.
KEPT: Final = timedelta(days=90)

_S = QuestionState
_MOVES: Final[Mapping[QuestionState, frozenset[QuestionState]]] = {
    _S.RECEIVED: frozenset({_S.ASSIGNED, _S.ANSWERED, _S.REFUSED, _S.WITHDRAWN}),
    _S.ASSIGNED: frozenset({_S.ASSIGNED, _S.ANSWERED, _S.REFUSED, _S.WITHDRAWN}),
    _S.ANSWERED: frozenset({_S.PUBLISHED, _S.ASSIGNED}),
    _S.PUBLISHED: frozenset({_S.PUBLISHED, _S.ASSIGNED}),
    _S.REFUSED: frozenset({_S.ASSIGNED}),
    _S.WITHDRAWN: frozenset({_S.ASSIGNED}),
}
NAMES: Final[Mapping[QuestionState, tuple[str, str]]] = {
    _S.RECEIVED: ("mới nhận", "received"),
    _S.ASSIGNED: ("đã giao", "assigned"),
    _S.ANSWERED: ("đã trả lời", "answered"),
    _S.PUBLISHED: ("đã đăng", "published"),
    _S.REFUSED: ("không trả lời", "refused"),
    _S.WITHDRAWN: ("đã rút", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is entered of a question. ``due_at`` None: as the profile's usual deadline has it."""

    text: str
    asker: Asker
    how: How
    received_at: datetime
    unit: str = ""
    due_at: datetime | None = None
    briefing: int = 0


class Questions:
    """The questions of one province."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store, self._profile = store, profile

    def receive(self, asked: Asked, actor: Actor) -> Question:
        """Raises:
        WrongUse: no question, no outlet, an unknown unit or briefing, or it came in later than now.
        """
        checked = self._checked(asked, actor)
        due = checked.due_at or Clock(self._profile).usual(Priority.NORMAL, checked.received_at)
        state = _S.ASSIGNED if checked.unit else _S.RECEIVED
        new = Question("", checked.text, checked.asker, checked.received_at, checked.how, actor.by, due_at=due)
        year = checked.received_at.astimezone(ZoneInfo(self._profile.timezone)).year
        with self._store.writing() as write:
            self._briefing(write, checked.briefing)
            more = {"unit": checked.unit, "state": state, "briefing": checked.briefing, "changed_at": actor.now}
            kept = write.open_question(year, replace(new, **more))  # type: ignore[arg-type]  # values of four kinds
            facts = {"outlet": kept.asker.outlet, "text": kept.text[:TITLE], "unit": kept.unit}
            write.add_step(_step(kept, "received", actor, facts))
        return kept

    def change(self, seen: Question, asked: Asked, actor: Actor) -> Question:
        """Other details; an answer that was given stays. Raises: WrongUse, Outdated as all of these."""
        checked = self._checked(asked, actor)
        with self._store.writing() as write:
            now = _unchanged(write, seen)
            self._briefing(write, checked.briefing)
            due = checked.due_at or now.due_at
            told = {
                "text": (now.text, checked.text),
                "outlet": (now.asker.outlet, checked.asker.outlet),
                "how": (now.how.value, checked.how.value),
                "due": (_iso(now.due_at), _iso(due)),
                "unit": (now.unit, checked.unit),
            }
            facts = {name: f"{old} → {new}" for name, (old, new) in told.items() if old != new}
            asker, erased = checked.asker, now.erased_at
            if (asker.name, asker.contact) != (now.asker.name, now.asker.contact):
                erased = None if asker.name or asker.contact else actor.now
                facts["asker"] = "changed"
            later = replace(now, text=checked.text, asker=asker, how=checked.how, received_at=checked.received_at)
            later = replace(later, due_at=due, unit=checked.unit, briefing=checked.briefing, erased_at=erased)
            if later == now:
                return now
            if later.unit and later.state is _S.RECEIVED:
                later = replace(later, state=_S.ASSIGNED)
            return _put(write, later, "changed", actor, facts)

    def assign(self, seen: Question, unit: str, actor: Actor, *, reason: str = "") -> Question:
        """To a unit; also takes one up again that was answered or ended, then with a reason."""
        self._known(unit)
        why = words(reason, REASON, "lý do", "the reason", needed=seen.state.answered)
        if not unit:
            raise WrongUse("Chọn đơn vị được giao (Choose the unit)")
        with self._store.writing() as write:
            now = _may(write, seen, _S.ASSIGNED)
            again = {"answered_at": None, "reason": why} if now.state.answered else {}
            later = replace(now, state=_S.ASSIGNED, unit=unit, **again)  # type: ignore[arg-type]  # two kinds
            return _put(write, later, "assigned", actor, {"unit": unit, "reason": why, "from": now.state.value})

    def draft(self, seen: Question, answer: str, actor: Actor) -> Question:
        """An answer in words, for a second person to approve. The one before stays in the history."""
        said = words(answer, ANSWER, "câu trả lời", "the answer", needed=True)
        with self._store.writing() as write:
            now = _unchanged(write, seen)
            if now.state.answered:
                raise WrongUse("Câu hỏi này đã xong; giao lại trước đã (It is done; assign it again first)")
            later = replace(now, answer=said, answer_by=actor.by, statement="")
            return _put(write, later, "drafted", actor, {"before": now.answer})

    def approve(self, seen: Question, actor: Actor) -> Question:
        """The answer in words was given. Never by whoever wrote it.

        Raises:
            WrongUse: nothing is written, or the same person wrote it, or nobody in particular approves.
        """
        if number_of(actor.by) is None:
            raise WrongUse("Việc này cần một tài khoản đứng tên (This needs somebody with an account)")
        with self._store.writing() as write:
            now = _may(write, seen, _S.ANSWERED)
            if not now.answer:
                raise WrongUse("Chưa có câu trả lời nào để duyệt (There is no answer to approve yet)")
            if now.answer_by == actor.by:
                raise WrongUse(
                    "Người soạn không tự duyệt; cần người thứ hai (Whoever wrote it cannot approve it; a second person"
                    " has to)"
                )
            later = replace(now, state=_S.ANSWERED, statement="", answered_at=actor.now, reason="")
            return _put(write, later, "answered", actor, {"answer": now.answer, "written_by": now.answer_by})

    def point_to(self, seen: Question, statement: str, actor: Actor) -> Question:
        """Answered by a statement that was issued: ``VV-2026-0042``, or ``VV-2026-0042/2`` for its second issue.

        Raises:
            WrongUse: that case has issued none.
        """
        with self._store.writing() as write:
            now, named = _may(write, seen, _S.ANSWERED), issued(write, statement)
            later = replace(now, state=_S.ANSWERED, statement=named, answered_at=actor.now, reason="")
            return _put(write, later, "answered", actor, {"statement": named})

    def publish(self, seen: Question, where: str, articles: Sequence[str], actor: Actor) -> Question:
        """The answer was seen: where, in words, and in which articles of the record."""
        said = words(" ".join(where.split()), WHERE, "nơi đăng", "where")
        known = [item.article.id for item in self._store.rows(list(articles[: ARTICLES + 1]))]
        if len(known) < len(articles) or len(known) > ARTICLES:
            raise WrongUse("Có bài không có trong kho (An article is not in the store)")
        if not said and not known:
            raise WrongUse("Ghi nơi đăng hoặc chọn bài (Say where, or choose the article)")
        with self._store.writing() as write:
            now = _may(write, seen, _S.PUBLISHED)
            all_of = tuple(dict.fromkeys((*now.articles, *known)))[:ARTICLES]
            later = replace(now, state=_S.PUBLISHED, published=said or now.published, articles=all_of)
            return _put(write, later, "published", actor, {"where": said, "articles": " ".join(known)})

    def refuse(self, seen: Question, reason: str, actor: Actor) -> Question:
        return self._ended(seen, _S.REFUSED, reason, actor)

    def withdraw(self, seen: Question, reason: str, actor: Actor) -> Question:
        return self._ended(seen, _S.WITHDRAWN, reason, actor)

    def to_case(self, seen: Question, actor: Actor) -> Case:
        """A case about it, in its unit's hands, each naming the other.

        Raises:
            WrongUse: it has one, or no unit of the profile could take it.
        """
        desk = Desk(self._store, self._profile)
        with self._store.writing() as write:
            now = _unchanged(write, seen)
            if now.case:
                raise WrongUse(f"Câu hỏi này đã có vụ việc {now.case} (It has the case {now.case} already)")
            unit = now.unit or self._profile.fields["policy-communication"]
            opening = Opening(Origin.QUESTION, f"{now.number}: {now.text}")
            case = desk.begin(write, Details(" ".join(now.text.split())[:TITLE], unit), actor, opening)
            _put(write, replace(now, case=case.number), "case", actor, {"case": case.number})
        return case

    def forget(self, seen: Question, actor: Actor) -> Question:
        """Name and contact of whoever asked, before their time."""
        with self._store.writing() as write:
            now = _unchanged(write, seen)
            asker = replace(now.asker, name="", contact="")
            return _put(write, replace(now, asker=asker, erased_at=actor.now), "forgot", actor, {})

    # -- inside
    def _ended(self, seen: Question, to: QuestionState, reason: str, actor: Actor) -> Question:
        why = words(reason, REASON, "lý do", "the reason", needed=True)
        with self._store.writing() as write:
            later = replace(_may(write, seen, to), state=to, reason=why)
            return _put(write, later, to.value, actor, {"reason": why})

    def _checked(self, asked: Asked, actor: Actor) -> Asked:
        text = words(asked.text, TEXT, "câu hỏi", "the question", needed=True)
        given = asked.asker
        asker = Asker(
            words(" ".join(given.outlet.split()), OUTLET, "cơ quan báo chí", "the outlet", needed=True),
            words(" ".join(given.name.split()), NAME, "họ tên", "the name"),
            words(" ".join(given.function.split()), NAME, "chức danh", "the function"),
            words(" ".join(given.contact.split()), CONTACT, "nơi nhận trả lời", "the contact"),
        )
        self._known(asked.unit)
        if asked.received_at > actor.now + timedelta(minutes=5):
            raise WrongUse("Câu hỏi không thể nhận sau lúc này (A question cannot have come in later than now)")
        if asked.due_at is not None and asked.due_at < asked.received_at:
            raise WrongUse("Hạn trả lời đứng trước lúc nhận (It is due before it came in)")
        return replace(asked, text=text, asker=asker)

    def _known(self, unit: str) -> None:
        if unit and unit not in self._profile.units:
            raise WrongUse(f"Không có đơn vị '{unit[:40]}' (There is no unit '{unit[:40]}')")

    def _briefing(self, write: Writer, number: int) -> None:
        if number and write.briefing(number) is None:
            raise WrongUse(f"Không có buổi giao ban {number} (There is no briefing {number})")


def forget(store: Store, now: datetime, longest: timedelta) -> int:
    """Names and contacts: `KEPT` after a question was done, ``longest`` after it came in; of how many."""
    return store.forget_askers(now - KEPT, now - longest, now=now)


def _unchanged(write: Writer, seen: Question) -> Question:
    found = write.question(seen.number)
    if found is None:
        raise WrongUse(f"Không có câu hỏi {seen.number[:40]} (There is no question {seen.number[:40]})")
    if found.version != seen.version:
        raise Outdated(
            "Có người vừa đổi câu hỏi này; xem lại rồi làm tiếp, chưa ghi gì"
            " (Somebody has just changed this question; look again, nothing was written)"
        )
    return found


def _may(write: Writer, seen: Question, to: QuestionState) -> Question:
    found = _unchanged(write, seen)
    if to not in _MOVES[found.state]:
        here, there = NAMES[found.state], NAMES[to]
        raise WrongUse(
            f"Câu hỏi {here[0]} không chuyển sang “{there[0]}” được (A question that is {here[1]} cannot be {there[1]})"
        )
    return found


def _put(write: Writer, later: Question, act: str, actor: Actor, facts: Mapping[str, str]) -> Question:
    kept = replace(later, version=later.version + 1, changed_at=actor.now)
    write.put_question(kept)
    write.add_step(_step(kept, act, actor, facts))
    return kept


def _step(question: Question, act: str, actor: Actor, facts: Mapping[str, str]) -> Step:
    told = {name: value for name, value in facts.items() if value}
    return Step(f"question:{question.number}", f"question.{act}", actor.by, actor.now, told, actor.where)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
