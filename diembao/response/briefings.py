"""Briefings of the press: planned, held, and followed up to the last point's result.

planned ─▶ held · cancelled (with a reason). An agenda is changed while it is planned or held; points are added then
too, and stand open on every later briefing until they are done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from diembao.core.briefings import AgendaItem, Briefing, BriefingState, Paper, Point
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store, Writer
from diembao.core.register import Step
from diembao.plan.reader import Profile
from diembao.response import files
from diembao.response.acts import Actor, words

__all__ = ["Briefings", "Wanted"]

# Characters; items of an agenda; papers of one item; points of one briefing.
TITLE, PLACE, TEXT, REASON = 300, 500, 2_000, 2_000
ITEMS, PAPERS, POINTS = 50, 20, 100
STATES: Final[Mapping[BriefingState, tuple[str, str]]] = {
    BriefingState.PLANNED: ("dự kiến", "planned"),
    BriefingState.HELD: ("đã họp", "held"),
    BriefingState.CANCELLED: ("hủy", "cancelled"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a briefing; ``agenda`` None: as it was."""

    title: str
    at: datetime
    place: str
    agenda: tuple[AgendaItem, ...] | None = None


class Briefings:
    """The briefings of one province."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store, self._profile = store, profile

    def plan(self, wanted: Wanted, actor: Actor) -> Briefing:
        """Raises:
        WrongUse: no title; an unknown unit, theme or case on the agenda; too much of something.
        """
        checked = self._checked(wanted)
        new = Briefing(
            0, checked.title, checked.at, checked.place, actor.by, checked.agenda or (), changed_at=actor.now
        )
        with self._store.writing() as write:
            kept = write.add_briefing(new)
            write.add_step(_step(kept, "planned", actor, {"title": kept.title, "at": kept.at.isoformat()}))
        return kept

    def change(self, seen: Briefing, wanted: Wanted, actor: Actor) -> Briefing:
        """Raises:
        WrongUse: as for `plan`, or it was cancelled. Outdated: somebody else changed it.
        """
        checked = self._checked(wanted)
        with self._store.writing() as write:
            now = _standing(write, seen)
            agenda = now.agenda if checked.agenda is None else checked.agenda
            later = replace(now, title=checked.title, at=checked.at, place=checked.place, agenda=agenda)
            if later == now:
                return now
            told = {"title": (now.title, later.title), "at": (now.at.isoformat(), later.at.isoformat())}
            told |= {"place": (now.place, later.place), "agenda": (_titles(now.agenda), _titles(later.agenda))}
            facts = {name: f"{old} → {new}" for name, (old, new) in told.items() if old != new}
            return _put(write, later, "changed", actor, facts)

    def hold(self, seen: Briefing, actor: Actor) -> Briefing:
        """It took place. WrongUse: it lies ahead."""
        if seen.at > actor.now:
            raise WrongUse("Buổi này chưa đến giờ (It has not begun yet)")
        with self._store.writing() as write:
            now = _standing(write, seen)
            return _put(write, replace(now, state=BriefingState.HELD), "held", actor, {})

    def cancel(self, seen: Briefing, reason: str, actor: Actor) -> Briefing:
        why = words(reason, REASON, "lý do", "the reason", needed=True)
        with self._store.writing() as write:
            now = _standing(write, seen)
            if now.state is BriefingState.HELD:
                raise WrongUse("Buổi đã họp thì không hủy được (It was held: it cannot be cancelled)")
            later = replace(now, state=BriefingState.CANCELLED, reason=why)
            return _put(write, later, "cancelled", actor, {"reason": why})

    def attach(self, seen: Briefing, item: int, name: str, data: bytes, actor: Actor) -> Briefing:
        """A document of the ``item``-th point of the agenda, from 1; the limits are those of evidence (`files`)."""
        taken = files.checked(name, data)
        with self._store.writing() as write:
            now = _standing(write, seen)
            if not 1 <= item <= len(now.agenda):
                raise WrongUse(f"Chương trình không có mục {item} (There is no item {item})")
            its = now.agenda[item - 1]
            if len(its.papers) >= PAPERS:
                raise WrongUse(f"Một mục có nhiều nhất {PAPERS} tài liệu (An item has at most {PAPERS} documents)")
            paper = Paper(taken.name, write.keep_bytes(data), len(data), taken.media)
            more = replace(its, papers=(*its.papers, paper))
            agenda = (*now.agenda[: item - 1], more, *now.agenda[item:])
            facts = {"item": str(item), "name": paper.name, "value": paper.value}
            return _put(write, replace(now, agenda=agenda), "attached", actor, facts)

    def paper(self, briefing: int, value: str) -> tuple[Paper, bytes] | None:
        """A document of this briefing, with its bytes; None: there is no such document on its agenda."""
        found = self._store.briefing(briefing)
        papers = [paper for item in found.agenda for paper in item.papers] if found else []
        its = next((paper for paper in papers if paper.value == value), None)
        data = self._store.response(value) if its else None
        return None if its is None or data is None else (its, data)

    # -- what follows from it
    def add_point(self, briefing: int, text: str, unit: str, due: date | None, actor: Actor) -> Point:
        """Raises:
        WrongUse: no words, no known unit, or no such briefing that stands.
        """
        said = words(text, TEXT, "việc phải làm", "what is to be done", needed=True)
        _known([unit], self._profile.units, "đơn vị", "unit")
        with self._store.writing() as write:
            its = write.briefing(briefing)
            if its is None or its.state is BriefingState.CANCELLED:
                raise WrongUse(f"Không có buổi giao ban {briefing} (There is no briefing {briefing})")
            if len(self._store.points(briefing=briefing)) >= POINTS:
                raise WrongUse(f"Một buổi có nhiều nhất {POINTS} việc (A briefing has at most {POINTS} points)")
            point = write.add_point(Point(0, briefing, said, unit, actor.by, due))
            facts = {
                "briefing": str(briefing),
                "text": said[:TITLE],
                "unit": unit,
                "due": due.isoformat() if due else "",
            }
            write.add_step(_of_point(point, "added", actor, facts))
        return point

    def tell(self, seen: Point, progress: str, actor: Actor, *, done: bool = False) -> Point:
        """How far it is; ``done``: what came of it, for good (told again, it is open again).

        Raises:
            WrongUse: no words. Outdated: somebody else told meanwhile.
        """
        said = words(progress, TEXT, "kết quả" if done else "tiến độ", "the result" if done else "how far", needed=True)
        with self._store.writing() as write:
            now = write.point(seen.number)
            if now is None:
                raise WrongUse(f"Không có việc {seen.number} (There is no point {seen.number})")
            if now.version != seen.version:
                raise _outdated()
            result, at = (said, actor.now) if done else ("", None)
            later = replace(now, progress=said, result=result, done_at=at, version=now.version + 1)
            write.put_point(later)
            write.add_step(_of_point(later, "done" if done else "told", actor, {"text": said}))
        return later

    def carried(self, briefing: Briefing) -> list[tuple[Point, Briefing]]:
        """Points of earlier briefings that were still open when this one came, with where they are from."""
        earlier = {each.number: each for each in self._store.briefings(limit=1_000) if each.at < briefing.at}
        return [
            (point, earlier[point.briefing])
            for point in self._store.points()
            if point.briefing in earlier and (point.done_at is None or point.done_at >= briefing.at)
        ]

    # -- inside
    def _checked(self, wanted: Wanted) -> Wanted:
        title = words(" ".join(wanted.title.split()), TITLE, "tên buổi", "the title", needed=True)
        place = words(" ".join(wanted.place.split()), PLACE, "địa điểm", "the place")
        agenda = wanted.agenda
        if agenda is not None:
            if len(agenda) > ITEMS:
                raise WrongUse(f"Chương trình có nhiều nhất {ITEMS} mục (An agenda has at most {ITEMS} items)")
            agenda = tuple(self._item(each) for each in agenda)
        return Wanted(title, wanted.at, place, agenda)

    def _item(self, item: AgendaItem) -> AgendaItem:
        title = words(" ".join(item.title.split()), TITLE, "nội dung", "what is told", needed=True)
        speaker = words(" ".join(item.speaker.split()), TITLE, "người trình bày", "who speaks")
        _known([item.unit] if item.unit else [], self._profile.units, "đơn vị", "unit")
        _known([item.theme] if item.theme else [], self._profile.themes, "chủ đề", "theme")
        if item.case and self._store.case_file(item.case) is None:
            raise WrongUse(f"Không có vụ việc {item.case[:40]} (There is no case {item.case[:40]})")
        return replace(item, title=title, speaker=speaker)


def _known(given: Sequence[str], known: Mapping[str, object], vietnamese: str, english: str) -> None:
    for each in given:
        if each not in known:
            raise WrongUse(f"Không có {vietnamese} '{each[:40]}' (There is no {english} '{each[:40]}')")


def _standing(write: Writer, seen: Briefing) -> Briefing:
    found = write.briefing(seen.number)
    if found is None:
        raise WrongUse(f"Không có buổi giao ban {seen.number} (There is no briefing {seen.number})")
    if found.version != seen.version:
        raise _outdated()
    if found.state is BriefingState.CANCELLED:
        raise WrongUse("Buổi này đã hủy (It was cancelled)")
    return found


def _outdated() -> Outdated:
    return Outdated(
        "Có người vừa sửa; xem lại rồi làm tiếp, chưa ghi gì (Somebody has just changed it; look again, nothing was"
        " written)"
    )


def _put(write: Writer, later: Briefing, act: str, actor: Actor, facts: Mapping[str, str]) -> Briefing:
    kept = replace(later, version=later.version + 1, changed_at=actor.now)
    write.put_briefing(kept)
    write.add_step(_step(kept, act, actor, facts))
    return kept


def _step(briefing: Briefing, act: str, actor: Actor, facts: Mapping[str, str]) -> Step:
    return Step(f"briefing:{briefing.number}", f"briefing.{act}", actor.by, actor.now, facts, actor.where)


def _of_point(point: Point, act: str, actor: Actor, facts: Mapping[str, str]) -> Step:
    return Step(f"point:{point.number}", f"point.{act}", actor.by, actor.now, facts, actor.where)


def _titles(agenda: Sequence[AgendaItem]) -> str:
    return "; ".join(item.title for item in agenda)[:REASON]
