"""The plan's tasks over a period: what was done, by whom, until when; and of which nobody has told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.ports import Store
from diembao.core.progress import Progress, TaskState
from diembao.core.text import snippet
from diembao.paper import forms
from diembao.paper.letter import Block, Paragraph, Span, Table, Words, words
from diembao.paper.scripts import printable
from diembao.paper.sheet import Cell
from diembao.plan.reader import Profile, Task
from diembao.reports.period import Period

STATES: Final = {
    TaskState.PLANNED: ("chưa làm", "planned"),
    TaskState.RUNNING: ("đang làm", "under way"),
    TaskState.DONE: ("xong", "done"),
    TaskState.HELD: ("đang vướng", "held up"),
}
# Characters of what one unit has told, of a task's title.
NOTE, TITLE = 600, 300


@dataclass(frozen=True, slots=True)
class TaskTold:
    """``entries``: what each unit told last by the end of the period, the units in the plan's order; those of before
    the period stand too, and are said to be.
    """

    task: Task
    entries: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class TasksTold:
    """Of the tasks in force in the period. ``untold``: nobody has told of them in it."""

    period: Period
    tasks: tuple[TaskTold, ...]

    @property
    def untold(self) -> tuple[Task, ...]:
        return tuple(each.task for each in self.tasks if not any(self.fresh(entry) for entry in each.entries))

    def fresh(self, entry: Progress) -> bool:
        """Was it told in the period?"""
        return entry.at >= self.period.start

    def count(self, state: TaskState) -> int:
        """Tasks of which a unit that leads (else any that told) said so last."""
        return sum(_standing(each) is state for each in self.tasks)


def tasks_told(store: Store, profile: Profile, period: Period, unit: str = "") -> TasksTold:
    """With a ``unit``, the tasks that it leads or helps with."""
    latest: dict[tuple[str, str], Progress] = {}
    for entry in store.progress(profile.plan or profile.id):  # newest first
        if entry.at < period.end:
            latest.setdefault((entry.task, entry.unit), entry)
    of_unit = (task for task in profile.tasks if not unit or unit in task.lead + task.helping)
    wanted = (task for task in of_unit if _in_force(task, period))
    return TasksTold(period, tuple(TaskTold(task, tuple(_entries(task, latest))) for task in wanted))


def _in_force(task: Task, period: Period) -> bool:
    return not task.expired(period.first.year) and (task.start is None or task.start <= period.last.year)


def _entries(task: Task, latest: dict[tuple[str, str], Progress]) -> Iterator[Progress]:
    """Of its own units first, then of those that have it no more."""
    own = task.lead + task.helping
    others = sorted(unit for number, unit in latest if number == task.number and unit not in own)
    for unit in (*own, *others):
        if entry := latest.get((task.number, unit)):
            yield entry


def _standing(told: TaskTold) -> TaskState | None:
    lead = next((entry for entry in told.entries if entry.unit in told.task.lead), None)
    entry = lead or next(iter(told.entries), None)
    return entry.state if entry else None


# -- in words


def section(found: TasksTold, profile: Profile, caption: str) -> Iterator[Block]:
    if not found.tasks:
        yield Paragraph(words("Kế hoạch không có nhiệm vụ nào còn hiệu lực trong kỳ."))
        return
    counts = "; ".join(f"{STATES[state][0]}: {found.count(state)}" for state in TaskState if found.count(state))
    said = f"Trong kỳ có {len(found.tasks)} nhiệm vụ còn hiệu lực{f' ({counts})' if counts else ''}."
    yield Paragraph(words(f"{said} Kết quả do các đơn vị báo trên phần mềm; máy không tự đánh giá."))
    if untold := found.untold:
        numbers = ", ".join(task.number for task in untold)
        yield Paragraph(words(Span(f"Chưa có đơn vị nào báo trong kỳ ({len(untold)}): ", bold=True), f"{numbers}."))
    head = ("Nhiệm vụ", "Chủ trì; thời gian theo kế hoạch", "Kết quả, đơn vị báo")
    rows = tuple(_row(each, found, profile) for each in found.tasks)
    yield Table(caption, head, rows, (5.4, 3.9, 7.2), "lll")


def _row(told: TaskTold, found: TasksTold, profile: Profile) -> tuple[Words, ...]:
    task = told.task
    leads = "; ".join(_unit(profile, unit) for unit in task.lead)
    results: list[str | Span] = []
    for entry in told.entries:
        results += ["\u2003" if results else "", *_result(entry, found, profile)]
    return (
        words(Span(f"{task.number}. ", bold=True), snippet(printable(task.title), length=TITLE)),
        words(f"{leads}{f'; {task.time}' if task.time else ''}"),
        words(*(results or ["Chưa có đơn vị nào báo."])),
    )


def _result(entry: Progress, found: TasksTold, profile: Profile) -> Iterable[str | Span]:
    share = "" if entry.share is None else f", {entry.share}%"
    yield Span(f"{_unit(profile, entry.unit)}: ", bold=True)
    parts = [f"{STATES[entry.state][0]}{share}"]
    parts += [snippet(printable(entry.note), length=NOTE).rstrip(". ")] if entry.note else []
    parts += [f"văn bản {printable(entry.document)}"] if entry.document else []
    parts += [f"đến ngày {forms.day(entry.until)}"] if entry.until else []
    day = forms.day(entry.at.astimezone(ZoneInfo(found.period.zone)).date())
    parts.append(f"báo ngày {day}" if found.fresh(entry) else f"báo ngày {day}, trước kỳ này")
    yield "; ".join(parts) + "."


def _unit(profile: Profile, unit: str) -> str:
    known = profile.standing(unit)
    return known.name if known else unit


# -- as a table

HEADS: Final = (
    (
        *("Nhiệm vụ", "Tên", "Chủ trì", "Thời gian", "Đơn vị báo", "Tình trạng"),
        *("%", "Kết quả", "Văn bản", "Đến ngày", "Báo lúc"),
    ),
    ("Task", "Title", "Lead", "Time", "Told by", "State", "%", "Result", "Document", "Until", "Told at"),
)


def rows(found: TasksTold, profile: Profile, language: int) -> Iterator[Sequence[Cell]]:
    """A row for each unit that told, one for each task of which nobody did; values as a sheet takes them."""
    zone = ZoneInfo(found.period.zone)
    for told in found.tasks:
        task = told.task
        first = (task.number, task.title, "; ".join(_unit(profile, x) for x in task.lead), task.time)
        if not told.entries:
            yield (*first, "", ("chưa có đơn vị nào báo", "nobody has told")[language], "", "", "", "", "")
        for x in told.entries:
            share, until = "" if x.share is None else x.share, x.until or ""
            state = STATES[x.state][language]
            yield (*first, _unit(profile, x.unit), state, share, x.note, x.document, until, x.at.astimezone(zone))
