"""What is read out of a plan's document. Every part knows the line it begins on, so that a person can look it up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document: its number counted from 1, and its words. Cells of a table are parted by tabs."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph of a group or of a unit's duties."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Group:
    number: str
    title: str
    line: int
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """When: first and last year (None: not said), how often where it comes again, and the plan's own words."""

    first: int | None = None
    last: int | None = None
    rhythm: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task with who leads and who helps, named as in the plan; ``references`` are the documents it names."""

    number: str
    title: str
    lead: tuple[str, ...]
    help: tuple[str, ...]
    period: Period
    line: int
    lines: dict[str, int] = field(default_factory=dict)
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What one unit, or several named together, has to do: ``unit`` as written, ``units`` one by one."""

    unit: str
    text: str
    line: int
    units: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is due: half-year, year, periodic or on-demand; ``before`` is the day (MM-DD), if one is named."""

    kind: str
    before: str
    to: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """``doubts`` are sentences about what could not be read for certain."""

    groups: tuple[Group, ...] = ()
    tasks: tuple[PlanTask, ...] = ()
    duties: tuple[Duty, ...] = ()
    reports: tuple[Report, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form of `diembao plan import --json`."""
        return {
            "groups": [asdict(group) for group in self.groups],
            "tasks": [_task(task) for task in self.tasks],
            "duties": [asdict(duty) for duty in self.duties],
            "reports": [asdict(report) for report in self.reports],
            "doubts": list(self.doubts),
        }


def _task(task: PlanTask) -> dict[str, Any]:
    return {
        "number": task.number,
        "title": task.title,
        "lead": list(task.lead),
        "help": list(task.help),
        "from": task.period.first,
        "to": task.period.last,
        "rhythm": task.period.rhythm,
        "time": task.period.words,
        "references": list(task.references),
        "line": task.line,
        "lines": task.lines,
    }
