"""The calendar: what can be foreseen, who prepares what until when, what is near. The program proposes (the profile's
days, public holidays, dates of reports and briefings); a person takes a proposal up or refuses it, once for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from diembao.core.errors import Outdated, WrongUse
from diembao.core.foreseen import Due, Matter, Occurrence, Preparation, Standing, tasks_of
from diembao.core.ports import Store, Writer
from diembao.core.register import Step
from diembao.plan.reader import Profile
from diembao.response.acts import Actor, words
from diembao.response.proposals import Proposed, Wanted, proposed

__all__ = ["Calendar", "Near", "Proposed", "Wanted"]

# Characters; tasks of a matter; days that one may last, and that a task may be due before it.
TITLE, NOTE, WHAT = 300, 2_000, 300
TASKS, LONGEST, BEFORE = 30, 366, 366
# Days ahead that are near, and in which a task is due soon.
NEAR, SOON = 30, 7
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Near:
    matter: Matter
    occurrence: Occurrence
    tasks: tuple[Due, ...]

    def late(self, today: date) -> bool:
        return any(not each.done and each.due < today for each in self.tasks)


class Calendar:
    """The calendar of one province."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store, self._profile = store, profile

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self._profile.timezone)).date()

    # -- what there is
    def near(self, today: date, days: int = NEAR) -> list[Near]:
        """What goes on or begins within so many days, or has a task to be done by then; the soonest first."""
        found = []
        for matter in self._store.matters():
            occurrence = matter.next(today)
            if occurrence is None:
                continue
            tasks = tasks_of(matter, occurrence)
            until = today + timedelta(days=days)
            if occurrence.start <= until or any(not each.done and each.due <= until for each in tasks):
                found.append(Near(matter, occurrence, tasks))
        return sorted(found, key=lambda each: (each.occurrence.start, each.matter.number))

    def due(self, today: date, days: int = SOON) -> list[Due]:
        """Tasks that are late or due within so many days, and not done; the latest first."""
        until = today + timedelta(days=days)
        found = (
            each for matter in self._store.matters() if (at := matter.next(today)) for each in tasks_of(matter, at)
        )
        return sorted((each for each in found if not each.done and each.due <= until), key=lambda each: each.due)

    def proposals(self, today: date) -> list[Proposed]:
        """What was neither taken up nor refused, the soonest first."""
        known = {each.source for each in self._store.matters(every=True)}
        found = proposed(self._profile, self._store.briefings(limit=50), today)
        return sorted((each for each in found if each.key not in known), key=lambda each: each.wanted.start)

    # -- acts
    def add(self, wanted: Wanted, actor: Actor, *, source: str = "") -> Matter:
        """Raises:
        WrongUse: no title, days that will not do, an unknown unit, or a proposal that somebody answered before.
        """
        checked = self._checked(wanted, ())
        with self._store.writing() as write:
            _fresh(write, source)
            kept = write.add_matter(_matter(checked, actor, source))
            facts = {"title": kept.title, "start": kept.start.isoformat(), "source": source}
            write.add_step(_step(kept, "added", actor, facts))
        return kept

    def refuse(self, given: Proposed, actor: Actor) -> Matter:
        """It is not proposed again."""
        with self._store.writing() as write:
            _fresh(write, given.key)
            new = replace(_matter(given.wanted, actor, given.key), standing=Standing.REFUSED)
            kept = write.add_matter(new)
            write.add_step(_step(kept, "refused", actor, {"title": kept.title, "source": given.key}))
        return kept

    def change(self, seen: Matter, wanted: Wanted, actor: Actor) -> Matter:
        """A task that is no longer among ``wanted.tasks`` goes, with what was done of it in the history."""
        checked = self._checked(wanted, seen.tasks)
        with self._store.writing() as write:
            now = _standing(write, seen)
            new = replace(_matter(checked, actor, now.source), number=now.number, by=now.by)
            later = replace(new, changed_at=now.changed_at, version=now.version)
            if later == now:
                return now
            names = ("title", "kind", "start", "end", "yearly", "unit", "note")
            facts = {
                name: f"{getattr(now, name)} → {getattr(later, name)}"
                for name in names
                if getattr(now, name) != getattr(later, name)
            }
            if later.tasks != now.tasks:
                facts |= _retold(now.tasks, later.tasks)
            return _put(write, later, "changed", actor, facts)

    def end(self, seen: Matter, actor: Actor) -> Matter:
        """It is no longer expected; it is kept, and shown no more."""
        with self._store.writing() as write:
            now = _standing(write, seen)
            return _put(write, replace(now, standing=Standing.ENDED), "ended", actor, {"title": now.title})

    def tick(self, seen: Matter, task: int, start: date, actor: Actor, *, done: bool) -> Matter:
        """A task of the occurrence that begins on ``start`` was done, or was not after all."""
        with self._store.writing() as write:
            now = _standing(write, seen)
            its = next((each for each in now.tasks if each.number == task), None)
            if its is None:
                raise _no_task(task)
            days = set(its.done) | {start} if done else set(its.done) - {start}
            tasks = tuple(replace(x, done=tuple(sorted(days))) if x is its else x for x in now.tasks)
            facts = {"task": its.what, "start": start.isoformat(), "done": "yes" if done else "no"}
            return _put(write, replace(now, tasks=tasks), "ticked", actor, facts)

    def drop(self, seen: Matter, task: int, actor: Actor) -> Matter:
        """A task that is not to be done, for no occurrence; what it was stands in the history."""
        with self._store.writing() as write:
            now = _standing(write, seen)
            left = tuple(each for each in now.tasks if each.number != task)
            if left == now.tasks:
                raise _no_task(task)
            return _put(write, replace(now, tasks=left), "changed", actor, _retold(now.tasks, left))

    # -- inside
    def _checked(self, wanted: Wanted, before: Sequence[Preparation]) -> Wanted:
        title = words(" ".join(wanted.title.split()), TITLE, "tên", "the title", needed=True)
        note = words(wanted.note, NOTE, "ghi chú", "the note")
        if not FIRST <= wanted.start <= wanted.end <= LAST:
            raise WrongUse("Ngày cuối phải không đứng trước ngày đầu, từ 2000 đến 2100 (The days will not do)")
        if (wanted.end - wanted.start).days >= LONGEST:
            raise WrongUse(f"Nhiều nhất {LONGEST} ngày (At most {LONGEST} days)")
        self._known(wanted.unit)
        if len(wanted.tasks) > TASKS:
            raise WrongUse(f"Nhiều nhất {TASKS} việc chuẩn bị (At most {TASKS} tasks)")
        return replace(wanted, title=title, note=note, tasks=tuple(self._tasks(wanted.tasks, before)))

    def _tasks(self, wanted: Sequence[Preparation], before: Sequence[Preparation]) -> Iterator[Preparation]:
        known = {each.number: each for each in before}
        free = max([*known, *(each.number for each in wanted)], default=0) + 1
        for each in wanted:
            what = words(" ".join(each.what.split()), WHAT, "việc chuẩn bị", "the task", needed=True)
            self._known(each.unit)
            if not 0 <= each.days <= BEFORE:
                raise WrongUse(f"Trước 0 đến {BEFORE} ngày (0 to {BEFORE} days before)")
            old = known.get(each.number)
            yield replace(each, what=what, number=old.number if old else free, done=old.done if old else ())
            free += old is None

    def _known(self, unit: str) -> None:
        if unit and unit not in self._profile.units:
            raise WrongUse(f"Không có đơn vị '{unit[:40]}' (There is no unit '{unit[:40]}')")


def _matter(wanted: Wanted, actor: Actor, source: str) -> Matter:
    days = (wanted.start, wanted.end, actor.by, wanted.yearly)
    more = (wanted.unit, wanted.note, source, wanted.tasks)
    return Matter(0, wanted.title, wanted.kind, *days, *more, changed_at=actor.now)


def _no_task(task: int) -> WrongUse:
    return WrongUse(f"Không có việc {task} (There is no task {task})")


def _retold(before: Sequence[Preparation], after: Sequence[Preparation]) -> dict[str, str]:
    return {"tasks": f"{_told(before)} → {_told(after)}"}


def _told(tasks: Sequence[Preparation]) -> str:
    return "; ".join(f"{each.what} (-{each.days}: {' '.join(map(str, each.done)) or '–'})" for each in tasks) or "∅"


def _fresh(write: Writer, source: str) -> None:
    if source and source in write.matter_sources():
        raise WrongUse("Đề xuất này đã có người trả lời (Somebody has answered this proposal already)")


def _standing(write: Writer, seen: Matter) -> Matter:
    found = write.matter(seen.number)
    if found is None or found.standing is not Standing.STANDS:
        raise WrongUse(f"Lịch không còn mục {seen.number} (The calendar has no matter {seen.number} any more)")
    if found.version != seen.version:
        raise Outdated(
            "Có người vừa sửa mục này; xem lại rồi làm tiếp, chưa ghi gì (Somebody has just changed it; look again,"
            " nothing was written)"
        )
    return found


def _put(write: Writer, later: Matter, act: str, actor: Actor, facts: Mapping[str, str]) -> Matter:
    kept = replace(later, version=later.version + 1, changed_at=actor.now)
    write.put_matter(kept)
    write.add_step(_step(kept, act, actor, facts))
    return kept


def _step(matter: Matter, act: str, actor: Actor, facts: Mapping[str, str]) -> Step:
    told = {name: value for name, value in facts.items() if value}
    return Step(f"matter:{matter.number}", f"matter.{act}", actor.by, actor.now, told, actor.where)
