"""A read plan as the draft of a profile: kept in the office's folder until a person has confirmed it.

``<home>/plan/drafts/<id>.yaml`` holds the draft beside the document's own lines; confirming it writes
``<home>/plan/provinces/<id>.yaml``, which goes before the file that comes with the program.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.text import fold
from diembao.plan.files import ProfileFile, ReportDateEntry, TaskEntry, UnitEntry, parse, read
from diembao.plan.importer import Group, ImportedPlan, PlanTask, Report
from diembao.plan.importer.links import links
from diembao.plan.importer.matching import Match, match_all
from diembao.plan.importer.times import period
from diembao.plan.reader import Profile, Unit
from diembao.plan.strict import Strict

_TITLE = 200  # characters; a paragraph of prose becomes a title by its first sentence
_REPORTS = {"half-year": "Báo cáo 6 tháng", "year": "Báo cáo năm", "periodic": "Báo cáo định kỳ"}


class DraftTask(Strict):
    """A task as proposed. ``lead`` and ``helping`` are ids of units; ``named`` are the document's own words by field;
    ``doubts`` are what a person must settle; ``why`` gives the words behind each theme.
    """

    number: str
    title: str
    lead: tuple[str, ...] = ()
    helping: tuple[str, ...] = ()
    time: str = ""
    start: int | None = None
    end: int | None = None
    themes: tuple[str, ...] = ()
    line: int
    named: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    why: Mapping[str, str] = Field(default_factory=dict)
    doubts: tuple[str, ...] = ()


class DraftReport(Strict):
    """A report that the document asks for; ``before`` is MM-DD, empty where it names no day."""

    name: str
    before: str
    line: int


class Draft(Strict):
    """``lines`` are the document's own, from which line numbers are counted (from 1)."""

    province: str
    source: str
    digest: str
    read_at: datetime
    groups: dict[str, str]
    units: Mapping[str, UnitEntry] = Field(default_factory=dict)
    tasks: tuple[DraftTask, ...]
    reports: tuple[DraftReport, ...] = ()
    doubts: tuple[str, ...] = ()
    lines: tuple[str, ...] = Field(repr=False)


def draft_of(plan: ImportedPlan, profile: Profile, *, source: str, lines: Sequence[str], now: datetime) -> Draft:
    """Units become ids of the profile where their names are known; a plan in prose proposes each paragraph of a
    group as a task, led by the unit in whose field it lies.
    """
    tasks = plan.tasks or tuple(_from_prose(plan.groups))
    units = dict(profile.units)
    added: dict[str, UnitEntry] = {}
    proposed = [_proposed(task, profile, units, added) for task in tasks]
    named = {group.number: group.title for group in plan.groups}
    nameless = dict.fromkeys(number for task in tasks if (number := group_of(task.number)) not in named)
    text = "\n".join(lines)
    return Draft(
        province=profile.plan or profile.id,
        source=source,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        read_at=now,
        groups={**named, **{number: f"Nhóm {number}" for number in nameless}},
        units=added,
        tasks=tuple(proposed),
        reports=tuple(_reports(plan.reports)),
        doubts=(*plan.doubts, *map(_nameless, nameless)),
        lines=tuple(lines),
    )


def group_of(task: str) -> str:
    """The number of the group that a task's number stands in."""
    return task.partition(".")[0]


def _nameless(group: str) -> str:
    return f"Văn bản không ghi tên nhóm {group}; tạm gọi “Nhóm {group}”, đặt tên ở mục groups của hồ sơ tỉnh."


def _reports(found: Iterable[Report]) -> Iterable[DraftReport]:
    """Each kind once, with its day where one sentence names it; what is due on demand has none."""
    by_kind: dict[str, Report] = {}
    for each in found:
        known = by_kind.get(each.kind)
        if each.kind in _REPORTS and (known is None or (each.before and not known.before)):
            by_kind[each.kind] = each
    return (DraftReport(name=_REPORTS[kind], before=x.before, line=x.line) for kind, x in by_kind.items())


def _from_prose(groups: Iterable[Group]) -> Iterable[PlanTask]:
    for group in groups:
        for number, point in enumerate(group.points, 1):
            title = re.split(r"(?<=[.;:])\s", point.text, maxsplit=1)[0].rstrip(" .;:")
            short = title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + " …"
            yield PlanTask(f"{group.number}.{number}", short, (), (), period(""), point.line)


def _proposed(task: PlanTask, profile: Profile, units: dict[str, Unit], added: dict[str, UnitEntry]) -> DraftTask:
    found = links(task.title)
    fields = [profile.fields[link.theme] for link in found]
    doubts: list[str] = []
    lead = _chosen(task.lead, fields, units, added, doubts)
    helping = [unit for unit in _chosen(task.help, fields, units, added, doubts) if unit not in lead]
    if not lead and fields:
        lead = fields[:1]
        doubts.append(f"Văn bản không nêu đơn vị chủ trì; đề nghị {units[fields[0]].name} theo lĩnh vực.")
    return DraftTask(
        number=task.number,
        title=task.title,
        lead=tuple(lead),
        helping=tuple(helping),
        time=task.period.words,
        start=task.period.first,
        end=task.period.last,
        themes=tuple(link.theme for link in found),
        line=task.line,
        named={"lead": task.lead, "helping": task.help},
        why={link.theme: link.words for link in found},
        doubts=tuple(doubts),
    )


def _chosen(
    names: Sequence[str], fields: Sequence[str], units: dict[str, Unit], added: dict[str, UnitEntry], doubts: list[str]
) -> list[str]:
    """One unit for each name: of several successors the one in whose field the task lies; unknown ones are added."""
    chosen: list[str] = []
    for found in match_all(names, units):
        unit = next((one for one in fields if one in found.units), "") or next(iter(found.units), "")
        if not unit:
            unit = _add(found, units, added)
        if not found.sure:
            doubts.append(_doubt(found, unit, units))
        chosen.append(unit)
    return list(dict.fromkeys(chosen))


def _add(found: Match, units: dict[str, Unit], added: dict[str, UnitEntry]) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", fold(found.name)).strip("-")[:60].strip("-") or f"don-vi-{len(units)}"
    note = "Lấy từ văn bản kế hoạch; chưa rõ đơn vị kế tục."
    added[key] = UnitEntry(name=found.name, plan_names=(found.name,), note=note)
    units[key] = Unit(key, found.name, (found.name,), "", note)
    return key


def _doubt(found: Match, unit: str, units: Mapping[str, Unit]) -> str:
    if len(found.units) > 1:
        others = ", ".join(units[one].name for one in found.units if one != unit)
        return f"“{found.name}” nay thuộc nhiều đơn vị; đề nghị {units[unit].name} (khác: {others})."
    if found.units:
        return f"“{found.name}” được hiểu là {units[unit].name}: kiểm tra chính tả."
    return f"“{found.name}” chưa có trong hồ sơ tỉnh; giữ lại thì được thêm thành đơn vị mới."


# -- in the office's folder -------------------------------------------------------------------------


def path_of(folder: Path, province: str) -> Path:
    return folder / "drafts" / f"{province}.yaml"


def save(folder: Path, draft: Draft) -> Path:
    """Keep a draft; the one before it of the same plan is replaced.

    Raises:
        Misconfigured: the folder cannot be written.
    """
    path = path_of(folder, draft.province)
    _write(path, yaml.safe_dump(draft.model_dump(mode="json"), allow_unicode=True, sort_keys=False, width=120))
    return path


def load(folder: Path, province: str) -> Draft | None:
    """The draft that waits for a person, if there is one."""
    path = path_of(folder, province)
    return parse(path, Draft) if path.is_file() else None


def drop(folder: Path, province: str) -> None:
    path_of(folder, province).unlink(missing_ok=True)


def confirm(folder: Path, draft: Draft, tasks: Sequence[DraftTask], *, by: str, now: datetime) -> Path:
    """Write the plan's file with these tasks and the draft's reports, as a person left them, and take the draft away.

    Raises:
        WrongUse: a task without a leading unit, two with one number, an end before a start, or a group nobody knows.
    """
    _check(draft, tasks)
    before = read("provinces", draft.province, ProfileFile, folder)
    confirmed = before.model_copy(
        update={
            "groups": dict(draft.groups),
            "tasks": tuple(TaskEntry(**task.model_dump(include=set(TaskEntry.model_fields))) for task in tasks),
            "units": {**before.units, **draft.units},
            "reports": tuple(_entry(each, draft.source) for each in draft.reports) or before.reports,
        }
    )
    head = f"# Từ “{' '.join(draft.source.split())}”, {by} xác nhận {now:%Y-%m-%d %H:%M %Z}.\n"
    path = folder / "provinces" / f"{draft.province}.yaml"
    if path.exists():
        path.replace(path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}"))
    _write(path, head + yaml.safe_dump(_plain(confirmed), allow_unicode=True, sort_keys=False, width=120))
    drop(folder, draft.province)
    return path


def _entry(report: DraftReport, source: str) -> ReportDateEntry:
    return ReportDateEntry(name=report.name, before=report.before, source=f"{source}, dòng {report.line}")


def _check(draft: Draft, tasks: Sequence[DraftTask]) -> None:
    if not tasks:
        raise WrongUse("Kế hoạch cần ít nhất một nhiệm vụ. / A plan needs at least one task.")
    seen: set[str] = set()
    for task in tasks:
        wrong = ""
        if task.number in seen:
            wrong = "có hai lần / comes twice"
        elif not task.lead:
            wrong = "chưa có đơn vị chủ trì / has no leading unit"
        elif group_of(task.number) not in draft.groups:
            wrong = "không thuộc nhóm nào / belongs to no group"
        elif task.start and task.end and task.start > task.end:
            wrong = "kết thúc trước khi bắt đầu / ends before it starts"
        if wrong:
            raise WrongUse(f"Nhiệm vụ {task.number} {wrong}.")
        seen.add(task.number)


def _plain(file: ProfileFile) -> dict[str, Any]:
    """Without what is empty anyway: the file stays readable."""
    data: dict[str, Any] = file.model_dump(mode="json", exclude_defaults=True)
    return data


def _write(path: Path, text: str) -> None:
    """All of it or nothing: written beside it and moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise Misconfigured(f"không ghi được {path}: {error.strerror} ({path} cannot be written)") from error
