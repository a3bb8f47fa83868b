"""The plan: its tasks, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse

from diembao.api import cursors, problems, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, Thing, require
from diembao.core.errors import WrongUse
from diembao.core.progress import Progress
from diembao.plan.reader import Profile, Task

Number = Annotated[str, Path(pattern=r"^[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8}){0,4}$", examples=["4.1"])]
OfUnit = Annotated[str, Query(max_length=shapes.KEY, description="Tasks that this unit leads or helps with")]


def add(app: FastAPI, its: Frame) -> None:
    _add_reading(app, its)
    _add_telling(app, its)


def _add_reading(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/plan/tasks", summary="Tasks of the plan, with what stands of each", response_model=shapes.Tasks)
    def tasks(unit: OfUnit = "", limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        profile = house.profile
        question = f"tasks:{unit}"
        place = cursors.read(question, cursor, "s")
        wanted = [task for task in profile.tasks if not unit or unit in task.lead + task.helping]
        numbers = [task.number for task in wanted]
        if place and place[0] not in numbers:  # another plan since
            raise cursors.wrong()
        start = numbers.index(str(place[0])) + 1 if place else 0
        page = wanted[start : start + limit]
        latest = house.store.latest_progress(_plan(profile)).values()
        more = start + limit < len(wanted)
        return {
            "plan": _plan(profile),
            "total": len(wanted),
            "tasks": [_task(its, task, latest) for task in page],
            "next": cursors.write(question, [page[-1].number]) if more else None,
        }

    @app.get("/v1/plan/tasks/{number}", summary="A task, with what stands of it", response_model=shapes.Task)
    def task(number: Number) -> Any:  # noqa: ANN401 (a task or a problem)
        found = _found(its, number)
        if found is None:
            return _no_task(number)
        return _task(its, found, house.store.latest_progress(_plan(house.profile)).values())

    @app.get(
        "/v1/plan/tasks/{number}/progress", summary="Everything told of a task", response_model=shapes.TaskProgress
    )
    def progress(number: Number, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        if _found(its, number) is None:
            return _no_task(number)
        question = f"progress:{number}"
        entries = house.store.progress(_plan(house.profile), number)
        page, left = cursors.older(entries, cursors.read(question, cursor, "i"), limit)
        following = cursors.write(question, [left]) if left else None
        return {"task": number, "progress": [_progress(entry) for entry in page], "next": following}


def _add_telling(app: FastAPI, its: Frame) -> None:
    @app.post(
        "/v1/plan/tasks/{number}/progress",
        summary="Tell how far a task has come, in the name of the person whose session or key this is",
        response_model=shapes.Progress,
        status_code=201,
    )
    def tell(number: Number, said: shapes.Telling, request: Request) -> Any:  # noqa: ANN401 (or a problem)
        found = _found(its, number)
        if found is None:
            return _no_task(number)
        who = visitor_of(request)
        require(who, Act.TELL_PROGRESS, Thing(its.house.profile.id, units=(said.unit,)))
        entry = _told(its, found, said, who.actor)
        its.house.store.add_progress(entry, where=who.where)
        return _progress(entry)


def _told(its: Frame, task: Task, said: shapes.Telling, by: str) -> Progress:
    """Raises WrongUse where the task is not this unit's."""
    if said.unit not in task.lead + task.helping:
        raise WrongUse(
            f"đơn vị “{said.unit}” không chủ trì, không phối hợp nhiệm vụ {task.number}"
            f" (the unit '{said.unit}' neither leads task {task.number} nor helps with it)"
        )
    return Progress(
        province=_plan(its.house.profile),
        task=task.number,
        unit=said.unit,
        state=said.state,
        share=said.share,
        note=said.note.strip(),
        by=by,
        at=its.now(),
        until=said.until,
        document=said.document.strip(),
    )


def _plan(profile: Profile) -> str:
    """Whose plan it is: progress is kept under it."""
    return profile.plan or profile.id


def _found(its: Frame, number: str) -> Task | None:
    return next((task for task in its.house.profile.tasks if task.number == number), None)


def _task(its: Frame, task: Task, latest: Iterable[Progress]) -> dict[str, Any]:
    profile = its.house.profile
    return {
        "number": task.number,
        "group": profile.groups.get(task.number.split(".")[0], ""),
        "title": task.title,
        "lead": _units(profile, task.lead),
        "helping": _units(profile, task.helping),
        "time": task.time,
        "start": task.start,
        "end": task.end,
        "expired": task.expired(its.now().year),
        "themes": list(task.themes),
        "progress": [_progress(entry) for entry in latest if entry.task == task.number],
    }


def _units(profile: Profile, ids: Iterable[str]) -> list[dict[str, str]]:
    return [{"id": unit, "name": profile.units[unit].name} for unit in ids]


def _progress(entry: Progress) -> dict[str, Any]:
    return {
        "unit": entry.unit,
        "state": entry.state,
        "share": entry.share,
        "note": entry.note,
        "by": entry.by,
        "at": entry.at,
        "until": entry.until,
        "document": entry.document,
    }


def _no_task(number: str) -> JSONResponse:
    missing = f"Kế hoạch không có nhiệm vụ {number}.", f"The plan has no task {number}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:task")
