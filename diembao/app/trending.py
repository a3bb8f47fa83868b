"""`diembao report trends`: coverage abroad over months, with what may be said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.app.report import report_app
from diembao.reports.trends import By


@report_app.command("trends")
def trends(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    home: Home = None,
    first: Annotated[str, typer.Option("--from", help="Từ tháng, ví dụ 2026-05. The first month.")] = "",
    last: Annotated[str, typer.Option("--to", help="Đến hết tháng. The last month.")] = "",
    by: Annotated[By, typer.Option(help="Theo nước, ngôn ngữ, chủ đề, thái độ. What it is told by.")] = By.COUNTRY,
    province: Province = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Thư mục để ghi XLSX và CSV. The folder for XLSX and CSV.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="vi hoặc en. vi or en.")] = "vi",
    as_json: AsJson = False,
) -> None:
    """Quan tâm và thái độ của báo chí nước ngoài qua các tháng. Interest and perception abroad over months."""
    from diembao.core.errors import WrongUse
    from diembao.paper.sheet import csv_of, workbook
    from diembao.pipeline.worker import utc_now
    from diembao.reports.filing import file
    from diembao.reports.trend_months import months_of
    from diembao.reports.trend_text import LANGUAGES, lines, sheets
    from diembao.reports.trend_text import as_json as told
    from diembao.reports.trends import trend

    if language not in LANGUAGES:
        msg = f"--lang: {' / '.join(LANGUAGES)}"
        raise WrongUse(msg)
    with opened(home, province=province) as house:
        now = utc_now()
        period = months_of(first, last, now, house.profile.timezone)
        found = trend(house, period, by, province=house.profile.id, now=now)
        names = {each.id: each.name for each in house.outlets.values()}
    if out:
        whole, outlets = sheets(found, language, names)
        contents = {".xlsx": workbook([whole, outlets]), ".csv": csv_of(whole.head, whole.rows)}
        stem = f"xu-huong_{found.province}_{by}_{period.first:%Y-%m}_{period.last:%Y-%m}"
        files = file(out, stem, lambda _: contents)
        if not as_json:
            typer.echo("\n".join(f"Đã viết {each}" for each in files.values()))
    print_json(told(found)) if as_json else typer.echo("\n".join(lines(found, language, names)))
