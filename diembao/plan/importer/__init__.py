"""A plan's document read into groups, tasks, duties and reporting days: a draft that a person confirms.

It reads what is written and guesses nothing: a field that the document does not say stays empty, and what could not
be read for certain is said in ``doubts``. The documents of the five provinces have five forms; tables of tasks,
blocks with labels, groups in prose and duties by unit are told apart by their headings.
"""

from __future__ import annotations

from collections.abc import Iterable

from diembao.core.errors import SetAside
from diembao.plan.importer.blocks import from_blocks
from diembao.plan.importer.duties import duties_in, reports_in
from diembao.plan.importer.layout import lines_of, paragraphs
from diembao.plan.importer.records import Duty, Group, ImportedPlan, Line, Period, PlanTask, Point, Report
from diembao.plan.importer.sections import groups_in_prose, of_duties, of_tasks, sections
from diembao.plan.importer.tables import from_tables

__all__ = ["Duty", "Group", "ImportedPlan", "Line", "Period", "PlanTask", "Point", "Report", "read_plan"]

LONGEST = 200_000  # lines; a plan has a few hundred


def read_plan(texts: Iterable[str]) -> ImportedPlan:
    """The plan in these lines; cells of a table are parted by tabs.

    Raises:
        SetAside: nothing in it looks like a plan, or it is longer than any plan.
    """
    lines = lines_of(texts)
    if len(lines) > LONGEST:
        raise SetAside(f"văn bản có {len(lines)} dòng. / It has {len(lines)} lines; a plan has a few hundred.")
    whole = paragraphs(lines)
    parts = sections(whole)
    prose = groups_in_prose(of_tasks(parts))
    groups, tasks = from_tables(lines)
    if not tasks:
        groups, tasks = from_blocks(of_tasks(parts))
    duties = duties_in(of_duties(parts))
    plan = ImportedPlan(
        groups=tuple(_with_points(groups, prose) if tasks else prose),
        tasks=tuple(tasks),
        duties=tuple(duties),
        reports=tuple(reports_in(_after_tasks(whole, of_duties(parts)))),
    )
    if not (plan.groups or plan.tasks or plan.duties):
        raise SetAside(
            "không thấy nhóm nhiệm vụ, nhiệm vụ hay phân công nào. / No tasks and no duties were found: is this a plan?"
        )
    return ImportedPlan(plan.groups, plan.tasks, plan.duties, plan.reports, tuple(_doubts(plan, whole)))


def _with_points(groups: list[Group], prose: list[Group]) -> list[Group]:
    """What the prose says under the same number belongs to the table's group."""
    points = {group.number: group.points for group in prose}
    return [Group(group.number, group.title, group.line, points.get(group.number, ())) for group in groups]


def _after_tasks(whole: list[Line], duties: tuple[Line, ...]) -> list[Line]:
    """The duties and the closing paragraphs behind them, down to the signature."""
    if not duties:
        return []
    closing = [line for line in whole if line.number > duties[-1].number and "\t" not in line.text][:3]
    return [*duties, *closing]


def _doubts(plan: ImportedPlan, whole: list[Line]) -> Iterable[str]:
    seen: set[str] = set()
    for task in plan.tasks:
        if task.number in seen:
            yield f"Nhiệm vụ {task.number} có hai lần (dòng {task.line})."
        seen.add(task.number)
        if not task.lead:
            yield f"Nhiệm vụ {task.number} (dòng {task.line}): không đọc được đơn vị chủ trì."
        if not task.period.words:
            yield f"Nhiệm vụ {task.number} (dòng {task.line}): không đọc được thời gian."
    yield from _holes(plan)
    if not plan.duties:
        yield "Không đọc được phần tổ chức thực hiện."
    if not plan.reports and (elsewhere := [report.line for report in reports_in(whole) if report.before]):
        where = ", ".join(str(line) for line in dict.fromkeys(elsewhere))
        yield f"Ngày báo cáo nêu ở dòng {where}, ngoài phần tổ chức thực hiện, không được đọc: ghi vào hồ sơ tỉnh."


def _holes(plan: ImportedPlan) -> Iterable[str]:
    """Numbers that are missing between others of one group."""
    by_group: dict[str, list[int]] = {}
    for task in plan.tasks:
        group, _, number = task.number.rpartition(".")
        if group:
            by_group.setdefault(group, []).append(int(number))
    for group, numbers in by_group.items():
        for missing in sorted(set(range(1, max(numbers) + 1)) - set(numbers)):
            yield f"Thiếu nhiệm vụ {group}.{missing}: có thể dòng của bảng bị vỡ."
