"""`diembao cases …`: the desk from the command line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from diembao.app.options import AsJson, Home, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.core.case import Case, CaseFile, CaseQuery
    from diembao.pipeline.wiring import Installation

cases_app = typer.Typer(help="Vụ việc: mở, xem, ghi chú. Cases: open, read, note.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="Số vụ việc, như VV-2026-0042. Its number.")]
By = Annotated[str, typer.Option("--by", help="Tài khoản của người làm. The account of who acts.")]
LOCAL = "local"  # whoever sits at this machine


@cases_app.command("list")
def list_all(
    state: Annotated[str, typer.Option(help="new, taken, verifying, drafting, closed, no-answer")] = "",
    unit: Annotated[str, typer.Option(help="Đơn vị chủ trì. Unit in charge, by its id.")] = "",
    late: Annotated[bool, typer.Option("--late", help="Chỉ vụ trễ hạn. Only the late ones.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các vụ việc, đến hạn trước ở trên. Cases, those due soonest first."""
    from diembao.pipeline.worker import utc_now
    from diembao.response.case_json import summary

    with opened(home) as house:
        now = utc_now()
        total, found = house.store.cases(_asked(house, state, unit, now if late else None), limit=limit)
        if as_json:
            print_json({"total": total, "cases": [summary(case, now) for case in found]})
            return
        typer.echo("\n".join([f"{total} vụ việc", *(_told(house, case, now) for case in found)]))


@cases_app.command("show")
def show(number: Number, home: Home = None, as_json: AsJson = False) -> None:
    """Một vụ việc, cả nhật ký. One case, its log too."""
    from diembao.pipeline.worker import utc_now
    from diembao.response.case_json import whole

    with opened(home) as house:
        found = house.store.case_file(number)
        if found is None:
            msg = f"there is no case '{number}' (`diembao cases list`)"
            raise WrongUse(msg)
        print_json(whole(found, utc_now())) if as_json else typer.echo(_all_of(house, found, utc_now()))


@cases_app.command("open")
def open_one(  # noqa: PLR0913, PLR0917 (one option each)
    article: Annotated[str, typer.Argument(help="Số của bài báo. The id of an article.")],
    title: Annotated[str, typer.Option(help="Tên; mặc định là tiêu đề bài. Its title; else the article's.")] = "",
    unit: Annotated[str, typer.Option(help="Đơn vị chủ trì; mặc định theo chủ đề. Else by the theme.")] = "",
    priority: Annotated[str, typer.Option(help="urgent, high, normal")] = "normal",
    by: By = LOCAL,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Mở một vụ việc từ một bài báo. Open a case about an article."""
    from dataclasses import replace

    from diembao.core.case import Priority
    from diembao.pipeline.worker import utc_now
    from diembao.response.case_json import summary
    from diembao.response.cases import Actor, Desk

    with opened(home) as house:
        now = utc_now()
        item = house.store.article(article)
        if item is None:
            msg = f"there is no article '{article}'"
            raise WrongUse(msg)
        if priority not in set(Priority):
            msg = f"--priority is one of {', '.join(Priority)}, not '{priority}'"
            raise WrongUse(msg)
        desk = Desk(house.store, house.profile)
        proposed = desk.proposal(item, now)
        details = replace(
            proposed, title=title or proposed.title, unit=unit or proposed.unit, priority=Priority(priority)
        )
        case = desk.open(details, [article], Actor(f"person:{by}", now))
        print_json(summary(case, now)) if as_json else typer.echo(_told(house, case, now))


@cases_app.command("note")
def note(
    number: Number,
    text: Annotated[str, typer.Argument(help="Ghi chú. The note.")],
    by: By = LOCAL,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi chú vào một vụ việc. Write a note on a case."""
    from diembao.pipeline.worker import utc_now
    from diembao.response.cases import Actor, Desk

    with opened(home) as house:
        now = utc_now()
        Desk(house.store, house.profile).note(number, text, Actor(f"person:{by}", now))
    print_json({"number": number, "at": now}) if as_json else typer.echo(f"Đã ghi chú vào {number}.")


def _asked(house: Installation, state: str, unit: str, late_at: datetime | None) -> CaseQuery:
    from diembao.core.case import CaseQuery, CaseState

    if state and state not in set(CaseState):
        msg = f"--state is one of {', '.join(CaseState)}, not '{state}'"
        raise WrongUse(msg)
    if unit and unit not in house.profile.units:
        msg = f"--unit: no unit '{unit}' in the profile {house.profile.id}"
        raise WrongUse(msg)
    return CaseQuery((CaseState(state),) if state else (), (unit,) if unit else (), late_at)


def _told(house: Installation, case: Case, now: datetime) -> str:
    from diembao.response.moves import NAMES

    unit = house.profile.units.get(case.details.unit)
    due = f"hạn {_time(house, case.due_at)}" if case.due_at and not case.state.ended else ""
    told = [
        case.number,
        NAMES[case.state][0],
        unit.name if unit else case.details.unit,
        f"{due} (TRỄ)" if case.late(now) else due,
        f"{case.articles} bài",
    ]
    return f"{' · '.join(part for part in told if part)}\n    {case.details.title}"


def _all_of(house: Installation, found: CaseFile, now: datetime) -> str:
    lines = [_told(house, found.case, now)]
    lines += [f"  bài {each.article_id} · {each.by} · {_time(house, each.at)}" for each in found.coverage]
    lines += [f"  {_time(house, each.at)} · {each.by}: {each.text}" for each in found.notes]
    if found.draft:
        lines.append(f"  dự thảo, bản {found.draft.version} · {found.draft.by}:\n{found.draft.text}")
    lines += [
        f"  {_time(house, line.at)} · {line.by} · {line.act} {' '.join(line.facts.values())}".rstrip()
        for line in found.log
    ]
    return "\n".join(lines)


def _time(house: Installation, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(house.profile.timezone)):%d/%m/%Y %H:%M}"
