"""Tasks written as blocks: a numbered title, then "Đơn vị thực hiện: …", "Đơn vị phối hợp: …", "Thời gian …: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from diembao.core.text import fold
from diembao.plan.importer.records import Group, Line, PlanTask
from diembao.plan.importer.references import references
from diembao.plan.importer.times import period
from diembao.plan.importer.units import units_in

_TITLE = re.compile(r"([0-9]+(?:\.[0-9]+)*)[.)]?\s+(\S.*)", re.DOTALL)
_LABEL = re.compile(r"[-–+•*\s]*(?P<label>[^:]{4,60}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_LABELS = (
    (
        "lead",
        re.compile(r"^(?:don vi|co quan)(?: chu tri)?(?: thuc hien)?$|^chu tri(?: thuc hien)?$|^giao$"),
    ),
    ("help", re.compile(r"^(?:(?:don vi|co quan) )?(?:phoi hop|theo doi|huong dan)\b")),
    ("time", re.compile(r"^thoi gian|^tien do|^thoi han")),
    ("content", re.compile(r"^noi dung")),
)


@dataclass(slots=True)
class _Block:
    number: str
    title: str
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def from_blocks(paragraphs: Iterable[Line]) -> tuple[list[Group], list[PlanTask]]:
    """Numbered titles with a unit of their own are tasks, the others are groups."""
    blocks = list(_blocks(paragraphs))
    tasks = [_task(block) for block in blocks if "lead" in block.cells]
    groups = [Group(block.number, block.title, block.line) for block in blocks if "." not in block.number]
    return (groups, tasks) if tasks else ([], [])


def _task(block: _Block) -> PlanTask:
    cells = block.cells
    text = f"{block.title} {cells.get('content', '')}"
    return PlanTask(
        block.number,
        block.title,
        units_in(cells["lead"]),
        units_in(cells.get("help", "")),
        period(cells.get("time", "")),
        block.line,
        block.lines,
        references(text),
    )


def _blocks(paragraphs: Iterable[Line]) -> Sequence[_Block]:
    blocks: list[_Block] = []
    for line in paragraphs:
        label = _LABEL.match(line.text)
        kind = _kind(label["label"]) if label else ""
        if kind and label and blocks:
            blocks[-1].lines.setdefault(kind, line.number)
            blocks[-1].cells.setdefault(kind, label["value"])
        elif title := _TITLE.match(line.text):
            blocks.append(_Block(title[1], " ".join(title[2].split()).rstrip(" .:"), line.number))
    return blocks


def _kind(label: str) -> str:
    plain = fold(label.strip(" -–+•*"))
    return next((kind for kind, says in _LABELS if says.search(plain)), "")
