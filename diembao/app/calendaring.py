"""`diembao calendar …`: what can be foreseen, and what is to be prepared for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.briefing import CHANGE, Number, day_of, say, today_at
from diembao.app.casework import By, none_of
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.app.questions import actor
from diembao.core.errors import Misconfigured, WrongUse

if TYPE_CHECKING:
    from diembao.core.foreseen import Matter
    from diembao.pipeline.wiring import Installation

calendar_app = typer.Typer(help="Lịch việc lường trước được. What can be foreseen.", no_args_is_help=True)


@calendar_app.command("list")
def list_matters(
    near: Annotated[bool, typer.Option("--near", help="Chỉ việc sắp tới. Only what is near.")] = False,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Việc lường trước được và việc chuẩn bị. What can be foreseen, and what is to be prepared."""
    from diembao.app.register_text import matter
    from diembao.response import register_json
    from diembao.response.foreseen import Calendar

    with opened(home, province=province) as house:
        today = today_at(house)
        every = [each.matter for each in Calendar(house.store, house.profile).near(today)]
        found = every if near else house.store.matters()
        if as_json:
            print_json({"matters": [register_json.matter(each, today) for each in found]})
            return
        typer.echo("\n".join(matter(house, each, today) for each in found) or "Lịch chưa có mục nào.")


@calendar_app.command("proposals")
def proposals(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Những gì máy đề xuất đưa vào lịch. What the program proposes."""
    from diembao.response.foreseen import Calendar

    with opened(home, province=province) as house:
        found = Calendar(house.store, house.profile).proposals(today_at(house))
    rows = [{"key": x.key, "title": x.wanted.title, "start": x.wanted.start, "why": x.why} for x in found]
    if as_json:
        print_json({"proposals": rows})
        return
    typer.echo("\n".join(f"{row['start']:%d/%m/%Y} {row['title']}\n    {row['key']} · {row['why']}" for row in rows))


@calendar_app.command("add")
def add_matter(  # noqa: PLR0913, PLR0917 (one option each)
    title: Annotated[str, typer.Argument(help="Tên, hoặc khóa của một đề xuất. A title, or a proposal's key.")],
    start: Annotated[str, typer.Option(help="Ngày đầu, như 2026-12-10. The first day.")] = "",
    end: Annotated[str, typer.Option(help="Ngày cuối; mặc định như ngày đầu. The last day.")] = "",
    kind: Annotated[str, typer.Option(help="storms, anniversary, visit, festival, hearing, holiday, …")] = "other",
    yearly: Annotated[bool, typer.Option("--yearly", help="Hằng năm, cùng ngày dương lịch. Every year.")] = False,
    unit: Annotated[str, typer.Option(help="Đơn vị, theo mã. The unit, by its id.")] = "",
    task: Annotated[list[str] | None, typer.Option(help="Số-ngày-trước=việc, lặp lại được. 10=Press release.")] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đưa một việc vào lịch. Put a matter into the calendar."""
    from dataclasses import replace

    from diembao.api.registering import of_unit
    from diembao.core.foreseen import MatterKind
    from diembao.response.foreseen import Calendar, Wanted

    if kind not in set(MatterKind):
        raise none_of("--kind", kind, MatterKind)
    tasks = tuple(_task(each) for each in task or ())
    with opened(home, province=province) as house:
        who, room = actor(house, by, CHANGE, of_unit(house, unit)), Calendar(house.store, house.profile)
        proposed = next((each for each in room.proposals(today_at(house)) if each.key == title), None)
        if proposed is not None:
            kept = room.add(replace(proposed.wanted, unit=unit, tasks=tasks), who, source=proposed.key)
        else:
            first = day_of("--start", start)
            last = day_of("--end", end) if end else first
            kept = room.add(Wanted(title, MatterKind(kind), first, last, yearly, unit, "", tasks), who)
    say({"number": kept.number}, f"Đã đưa mục {kept.number} vào lịch.", as_json=as_json)


@calendar_app.command("done")
def done(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    task: Annotated[int, typer.Argument(help="Số của việc chuẩn bị. The task's number.", min=1)],
    undo: Annotated[bool, typer.Option("--undo", help="Chưa xong. Not done after all.")] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đánh dấu việc chuẩn bị của lần tới là xong. A task of the next occurrence is done."""
    from diembao.api.registering import of_unit
    from diembao.response.foreseen import Calendar

    with opened(home, province=province) as house:
        seen = _matter(house, number)
        who, coming = actor(house, by, CHANGE, of_unit(house, seen.unit)), seen.next(today_at(house))
        if coming is None:
            raise WrongUse("Việc này đã qua (It is over)")
        Calendar(house.store, house.profile).tick(seen, task, coming.start, who, done=not undo)
    say({"number": number, "task": task, "done": not undo}, f"Mục {number}, việc {task}: đã ghi.", as_json=as_json)


@calendar_app.command("drop")
def drop(
    number: Number,
    task: Annotated[int, typer.Argument(help="Số của việc chuẩn bị. The task's number.", min=1)],
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bỏ một việc chuẩn bị; nhật ký vẫn giữ. Take a preparation task out; the history keeps it."""
    from diembao.api.registering import of_unit
    from diembao.response.foreseen import Calendar

    with opened(home, province=province) as house:
        seen = _matter(house, number)
        Calendar(house.store, house.profile).drop(seen, task, actor(house, by, CHANGE, of_unit(house, seen.unit)))
    say({"number": number, "dropped": task}, f"Mục {number}: đã bỏ việc {task}.", as_json=as_json)


@calendar_app.command("end")
def end_matter(
    number: Number, by: By = "", province: Province = "", home: Home = None, as_json: AsJson = False
) -> None:
    """Bỏ một mục khỏi lịch; vẫn giữ trong kho. Take a matter out; it is kept."""
    from diembao.api.registering import of_unit
    from diembao.response.foreseen import Calendar

    with opened(home, province=province) as house:
        seen = _matter(house, number)
        Calendar(house.store, house.profile).end(seen, actor(house, by, CHANGE, of_unit(house, seen.unit)))
    say({"ended": number}, f"Đã bỏ mục {number}.", as_json=as_json)


@calendar_app.command("ics")
def as_ics(
    out: Annotated[Path, typer.Option(help="Tệp .ics sẽ viết. The file to write.")],
    province: Province = "",
    home: Home = None,
) -> None:
    """Viết lịch ra tệp iCalendar. The calendar as an iCalendar file."""
    from diembao.response import ics

    with opened(home, province=province) as house:
        name = f"Điểm Báo {house.profile.name}"
        made = ics.calendar(house.store.matters(), house.store.briefings(), name=name, today=today_at(house))
    try:
        out.write_bytes(made.encode())
    except OSError as error:
        raise Misconfigured(f"không ghi được {out}: {error.strerror} ({out} cannot be written)") from error
    typer.echo(f"Đã viết {out}.")


def _matter(house: Installation, number: int) -> Matter:
    found = house.store.matter(number)
    if found is None:
        raise WrongUse(f"Lịch không có mục {number} (The calendar has no matter {number})")
    return found


def _task(typed: str) -> Any:  # noqa: ANN401 (a `Preparation`, imported late)
    from diembao.core.foreseen import Preparation

    days, equals, what = typed.partition("=")
    if not equals or not (days.isascii() and days.isdigit()):
        raise WrongUse("--task là số ngày trước=việc, như 10=Thông cáo (--task is like 10=Press release)")
    return Preparation(0, what, days=int(days[:6]))
