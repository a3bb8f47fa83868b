"""The parts of a plan under Roman numbers, and the groups of tasks that are written in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diembao.core.text import fold
from diembao.plan.importer.records import Group, Line, Point

_ROMAN = re.compile(r"([IVX]+)\s*[.)/]\s*(\S.*)")
_NUMBERED = re.compile(r"([0-9]+)\s*[.)]\s+(\S.*)")
_TASKS = re.compile(r"\bnhiem vu\b|noi dung ke hoach|noi dung thuc hien")
_DUTIES = re.compile(r"to chuc thuc hien|trach nhiem thuc hien|phan cong (?:nhiem vu|thuc hien)|phan cong to chuc")
_END = re.compile(r"^n[o0]i nhan|^kt\. |^tm\. |^phu luc\b|^tren day la ke hoach")


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    line: int
    paragraphs: tuple[Line, ...]


def sections(paragraphs: Sequence[Line]) -> list[Section]:
    """The parts between Roman numbers, up to the signature."""
    found: list[Section] = []
    title, line, held = "", 0, list[Line]()
    for paragraph in paragraphs:
        if _END.match(fold(paragraph.text)) and found:
            break
        heading = _ROMAN.match(paragraph.text)
        if heading and "\t" not in paragraph.text:
            found.append(Section(title, line, tuple(held)))
            title, line, held = heading[2], paragraph.number, []
        else:
            held.append(paragraph)
    found.append(Section(title, line, tuple(held)))
    return found


def of_tasks(parts: Sequence[Section]) -> tuple[Line, ...]:
    """The paragraphs that hold the tasks; empty where no heading says so."""
    return next((part.paragraphs for part in parts if _TASKS.search(fold(part.title))), ())


def of_duties(parts: Sequence[Section]) -> tuple[Line, ...]:
    return next((part.paragraphs for part in parts if _DUTIES.search(fold(part.title))), ())


def groups_in_prose(paragraphs: Sequence[Line]) -> list[Group]:
    """Numbered headings with the paragraphs under each."""
    groups: list[Group] = []
    for paragraph in paragraphs:
        heading = _NUMBERED.match(paragraph.text)
        if heading:
            groups.append(Group(heading[1], " ".join(heading[2].split()).rstrip(" .:"), paragraph.number))
        elif groups:
            last = groups[-1]
            point = Point(paragraph.text.lstrip("-–+• "), paragraph.number)
            groups[-1] = Group(last.number, last.title, last.line, (*last.points, point))
    return groups
