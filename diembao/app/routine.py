"""`diembao report daily` and `report schedule`: the morning's brief, and what is due when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from diembao.app import periodic  # noqa: F401 (its commands)
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.app.report import day_of, report_app
from diembao.core.accounts import CONSOLE
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation
    from diembao.reports.schedule import Due

Language = Annotated[str, typer.Option("--language", help="vi hoặc en. The language.")]


@report_app.command("daily")
def daily(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    date_: Annotated[
        str, typer.Option("--date", help="Sáng ngày nào; mặc định: hôm nay. The morning of which day.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Thư mục để ghi DOCX. Where to write the page.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Cả bản PDF (cần LibreOffice). A PDF too.")] = False,
    language: Language = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Điểm báo ngày, một trang: mới, phê phán, đã trả lời, đến hạn. The morning's brief on one page."""
    from diembao.pipeline.worker import utc_now
    from diembao.reports import daily as brief
    from diembao.reports import daily_text

    if pdf and out is None:
        raise WrongUse("--pdf cần --out (--pdf needs --out)")
    if language and language not in daily_text.LANGUAGES:
        raise WrongUse(f"--language: vi hoặc en, không phải '{language[:20]}' (vi or en, not '{language[:20]}')")
    with opened(home, province=province) as house:
        now = utc_now()
        day = day_of("--date", date_) if date_ else now.astimezone(ZoneInfo(house.profile.timezone)).date()
        found = brief.daily(house, day, now)
        made = daily_text.make(house, found, language=language or house.profile.routine.daily_language, with_pdf=pdf)
        files = _written(house, out, day, made) if out else {}
        told = brief.as_json(found, {x.id: x.name for x in house.outlets.values()})
    if as_json:
        print_json(told | {"files": files})
        return
    typer.echo(made.text, nl=False)
    for path in files.values():
        typer.echo(f"Đã viết {path}")


def _written(house: Installation, out: Path, day: date, made: Any) -> dict[str, str]:  # noqa: ANN401 (`daily_text.Made`, imported late)
    from diembao.pipeline.worker import utc_now
    from diembao.reports import filing

    contents = {".docx": made.docx, ".html": made.html.encode(), **({".pdf": made.pdf} if made.pdf else {})}
    about = f"report:{house.profile.id}:{day.isoformat()}"
    with house.store.noted(CONSOLE.actor, "report.make", about, where=CONSOLE.where, now=utc_now()):
        paths = filing.file(out, f"diem-bao_{house.profile.id}_{day.isoformat()}", lambda _: contents)
    return {ending[1:]: str(path) for ending, path in paths.items()}


@report_app.command("schedule")
def schedule(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Báo cáo nào đến hạn khi nào, nói về những ngày nào. Which reports are due when."""
    from diembao.pipeline.worker import utc_now
    from diembao.reports import schedule as plan

    with opened(home, province=province) as house:
        now = utc_now()
        today = now.astimezone(ZoneInfo(house.profile.timezone)).date()
        found = plan.schedule(house.profile, now)
        if as_json:
            print_json({"province": house.profile.id, "due": [plan.as_json(each, today) for each in found]})
            return
        typer.echo("\n".join(_line(house, each, today) for each in found))


def _line(house: Installation, due: Due, today: date) -> str:
    from diembao.paper import forms

    made = f"; lập lúc {forms.moment(due.draft_at, house.profile.timezone)}" if due.draft_at else ""
    days = f"từ {forms.day(due.period.first)} đến {forms.day(due.period.last)}"
    if not due.round.periodic:
        return f"{due.name}{'' if due.round is due.round.DAILY else f' {days}'}{made}"
    wanted = f"trước ngày {forms.day(due.before)} (còn {due.left(today)} ngày)" if due.before else "không ghi ngày"
    return f"{due.name}: {wanted}; số liệu {days}{made}"
