"""What each unit has to do, and the reports that are due, from the part "Tổ chức thực hiện"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diembao.core.text import fold
from diembao.plan.importer.records import Duty, Line, Point, Report
from diembao.plan.importer.times import days_before
from diembao.plan.importer.units import addressed, units_in

_NUMBERED = re.compile(r"([0-9]+)\s*[.)]\s+(\S.*)", re.DOTALL)
# Paragraphs for everybody that close the part: they belong to no unit's duties.
_CLOSING = re.compile(
    r"^(?:\(?co phu luc|dinh ky truoc|trong qua trinh|tren day la|cac co quan, don vi dinh ky"
    r"|uy ban nhan dan tinh yeu cau|ubnd tinh yeu cau|yeu cau cac|can cu noi dung ke hoach, yeu cau)"
)
_TO = re.compile(
    r"(?:gửi|về|qua)\s+(?P<to>(?:Sở|UBND|Ủy ban|Ban|Văn phòng|Bộ)\b[^,;.()]*?)"
    r"(?=\s+(?:tổng hợp|để|theo|trước|\()|[,;.()]|$)"
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐ\"“])")
_HALF_YEAR = re.compile(r"6 thang|sau thang|giua nam|nua nam")
_YEARLY = re.compile(r"h[aă]ng nam|bao cao nam|mot nam|cuoi nam")
_PERIODIC = re.compile(r"dinh ky")
_ON_DEMAND = re.compile(r"dot xuat|khi co yeu cau|theo yeu cau")
_REPORTS = re.compile(r"\bbao cao\b")


def duties_in(paragraphs: Sequence[Line]) -> list[Duty]:
    """One entry for each number; paragraphs under it belong to it."""
    duties: list[Duty] = []
    for paragraph in paragraphs:
        numbered = _NUMBERED.match(paragraph.text)
        if numbered:
            duties.append(_duty(numbered[2], paragraph.number))
        elif duties and not _CLOSING.match(fold(paragraph.text)):
            duties[-1] = _with(duties[-1], paragraph)
    return [duty for duty in duties if duty.unit]


def _duty(text: str, line: int) -> Duty:
    whom = addressed(text)
    if whom is None:
        return Duty("", text, line)
    unit, what = whom
    points = (Point(what, line),) if what else ()
    return Duty(unit, what, line, units_in(unit), points)


def _with(duty: Duty, paragraph: Line) -> Duty:
    text = paragraph.text.lstrip("-–+• ")
    whole = f"{duty.text}\n{text}" if duty.text else text
    return Duty(duty.unit, whole, duty.line, duty.units, (*duty.points, Point(text, paragraph.number)))


def reports_in(paragraphs: Iterable[Line]) -> list[Report]:
    """Reports with a day or a rhythm; one sentence with two days is two reports."""
    found: dict[tuple[str, str, int], Report] = {}
    for paragraph in paragraphs:
        for sentence in _SENTENCE.split(paragraph.text):
            for report in _reports(sentence, paragraph.number):
                found.setdefault((report.kind, report.before, report.line), report)
    return list(found.values())


def _reports(sentence: str, line: int) -> Iterable[Report]:
    plain = fold(sentence)
    if not _REPORTS.search(plain):
        return
    to = found["to"].strip() if (found := _TO.search(sentence)) else ""
    text = " ".join(sentence.split())
    days = days_before(sentence)
    for at, (day, place) in enumerate(days):
        after = plain[place : days[at + 1][1] if at + 1 < len(days) else len(plain)]
        yield Report("half-year" if _HALF_YEAR.search(after) else "year", day, to, text, line)
    if days:
        return
    if _YEARLY.search(plain) or _PERIODIC.search(plain):
        yield Report("year" if _YEARLY.search(plain) else "periodic", "", to, text, line)
    if _ON_DEMAND.search(plain):
        yield Report("on-demand", "", to, text, line)
