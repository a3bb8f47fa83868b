"""`diembao report half-year`, `annual` and `period`: reports of any time, theme, unit or country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from diembao.app.options import AsJson, Home, opened, print_json
from diembao.app.report import Out, period_of, report_app, watching
from diembao.core.accounts import CONSOLE
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diembao.pipeline.wiring import Installation
    from diembao.reports.periodic import Periodic, Wanted
    from diembao.reports.schedule import Round

LANGUAGES: Final = ("vi", "en")
Year = Annotated[int, typer.Option("--year", help="Năm; mặc định: kỳ đến hạn kế tiếp. The year.")]
About = Annotated[str, typer.Option("--province", help="Hồ sơ tỉnh; mặc định: của cài đặt. The province.")]
Number = Annotated[int | None, typer.Option("--number", min=1, help="Số văn bản; trống: để chỗ ghi. Its number.")]
Template = Annotated[Path | None, typer.Option("--template", help="Mẫu DOCX riêng. A template of one's own.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Cả bản PDF (cần LibreOffice). A PDF too.")]
Tables = Annotated[bool, typer.Option("--tables", help="Cả XLSX và CSV: số liệu, bài, nhiệm vụ. Tables too.")]
Language = Annotated[
    str, typer.Option("--language", help="en: bảng bằng tiếng Anh, thêm một bản tiếng Anh để đọc. vi or en.")
]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, and how. ``language`` is that of the tables."""

    out: Path
    number: int | None = None
    template: Path | None = None
    pdf: bool = False
    tables: bool = False
    language: str = "vi"


@report_app.command("half-year")
def half_year(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    out: Out,
    year: Year = 0,
    home: Home = None,
    province: About = "",
    number: Number = None,
    template: Template = None,
    pdf: Pdf = False,
    tables: Tables = False,
    language: Language = "vi",
    as_json: AsJson = False,
) -> None:
    """Báo cáo 6 tháng: dư luận báo chí và kết quả từng nhiệm vụ của kế hoạch. The half-year report."""
    _of_year("half-year", year, home, province, Order(out, number, template, pdf, tables, language), as_json=as_json)


@report_app.command("annual")
def annual(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    out: Out,
    year: Year = 0,
    home: Home = None,
    province: About = "",
    number: Number = None,
    template: Template = None,
    pdf: Pdf = False,
    tables: Tables = False,
    language: Language = "vi",
    as_json: AsJson = False,
) -> None:
    """Báo cáo năm. The annual report."""
    _of_year("annual", year, home, province, Order(out, number, template, pdf, tables, language), as_json=as_json)


@report_app.command("period")
def period(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    out: Out,
    first: Annotated[str, typer.Option("--from", help="Từ ngày, ví dụ 2026-01-01. The first day.")],
    last: Annotated[str, typer.Option("--to", help="Đến hết ngày. The last day.")],
    theme: Annotated[str, typer.Option(help="Chỉ một chủ đề, ví dụ tourism. One theme alone.")] = "",
    unit: Annotated[str, typer.Option(help="Chỉ lĩnh vực của một đơn vị. One unit's fields alone.")] = "",
    country: Annotated[str, typer.Option(help="Chỉ báo chí một nước, ví dụ LA. One country's press.")] = "",
    home: Home = None,
    province: About = "",
    number: Number = None,
    template: Template = None,
    pdf: Pdf = False,
    tables: Tables = False,
    language: Language = "vi",
    as_json: AsJson = False,
) -> None:
    """Báo cáo đột xuất: bất kỳ kỳ nào, chủ đề, đơn vị, nước nào. A report on demand."""
    from diembao.pipeline.worker import utc_now
    from diembao.reports.periodic import Wanted

    order = Order(out, number, template, pdf, tables, language)
    with opened(home) as whole:
        house, now = watching(whole, province), utc_now()
        span = period_of(house, now, week="", first=first, last=last)
        wanted = Wanted(span, about=province, theme=theme, unit=unit, country=country.upper())
        _tell(make_periodic(house, wanted, order, now), as_json=as_json)


def _of_year(kind: str, year: int, home: Path | None, province: str, order: Order, *, as_json: bool) -> None:
    from diembao.pipeline.worker import utc_now
    from diembao.reports.periodic import of_due
    from diembao.reports.schedule import Round

    with opened(home) as whole:
        house, now = watching(whole, province), utc_now()
        wanted = of_due(_due(house, Round(kind), year, now), province)
        _tell(make_periodic(house, wanted, order, now), as_json=as_json)


def _due(house: Installation, its: Round, year: int, now: datetime) -> Any:  # noqa: ANN401 (`schedule.Due`, imported late)
    """Of that year; without one, the one that comes next, or this year's where the plan names no day."""
    from diembao.reports.schedule import of_year, schedule

    if year:
        return of_year(house.profile, its, year)
    coming = next((due for due in schedule(house.profile, now) if due.round is its), None)
    return coming or of_year(house.profile, its, now.astimezone(ZoneInfo(house.profile.timezone)).year)


def make_periodic(house: Installation, wanted: Wanted, order: Order, now: datetime) -> dict[str, Any]:
    """The report and its files; what `--json` prints.

    Raises:
        WrongUse: what was asked for cannot be. Misconfigured: a template or a program stands in the way.
    """
    from diembao.paper import docx, pdf
    from diembao.paper.office_templates import template_of
    from diembao.reports import english, filing, keeping, periodic, sidecar, tables

    if order.language not in LANGUAGES:
        shown = order.language[:20]
        raise WrongUse(f"--language: vi hoặc en, không phải '{shown}' (vi or en, not '{shown}')")
    if order.pdf:
        pdf.converter()  # before the work, not after it
    its = periodic.make(house, wanted, now, number=order.number)
    kept = periodic.keep(house, its, CONSOLE, now)
    letter = keeping.letter(kept, public_url=house.settings.web.public_url, number=order.number)
    document = docx.write(letter, order.template or template_of(house.settings.home, wanted.kind))
    printed = {".pdf": pdf.convert(document)} if order.pdf else {}
    if order.language == "en":
        printed[".en.docx"] = docx.reading_copy(english.letter(house, its))
    more = tables.csvs(house, its, order.language) if order.tables else {}
    sheets = {".xlsx": tables.xlsx(house, its, order.language)} if order.tables else {}

    def contents(name: str) -> Mapping[str, bytes]:
        figures = sidecar.file(kept.figures, f"{name}.docx", document)
        return {".docx": document, sidecar.ENDING: figures, **printed, **sheets, **more}

    stem = keeping.stem(kept.report)
    written = filing.file(order.out, stem, contents)
    made = _made(its, written, renamed=written[".docx"].stem != stem)
    return {**made, "report": kept.report.number, "version": kept.report.version, "paragraphs": len(kept.written)}


def _made(its: Periodic, written: Mapping[str, Path], *, renamed: bool) -> dict[str, Any]:
    o, period = its.found.overview, its.wanted.period
    return {
        "files": {ending.removeprefix("."): str(path) for ending, path in written.items()},
        "renamed": renamed,
        "kind": its.wanted.kind,
        "province": its.found.province.id,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "complete": its.found.made >= period.end,
        "articles": o.articles.count,
        "texts": o.texts.count,
        "stories": o.stories.count,
        "critical": o.critical.count,
        "foreign": o.foreign.count,
        "tasks": len(its.tasks.tasks),
        "tasks_untold": len(its.tasks.untold),
        "figures": len(its.found.figures),
        "as_of_log": its.found.as_of,
    }


def _tell(made: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(made)
        return
    lines = [f"{made['articles']} bài, {made['texts']} văn bản khác nhau, {made['critical']} bài phê phán"]
    lines.append(f"{made['tasks']} nhiệm vụ, {made['tasks_untold']} chưa có đơn vị nào báo trong kỳ")
    lines += [f"Đã viết {path}" for path in made["files"].values()]
    if made["renamed"]:
        lines.append("Đã có báo cáo của kỳ này trong thư mục: không ghi đè, tên mới có số thứ tự.")
    if not made["complete"]:
        lines.append("Kỳ báo cáo chưa hết; báo cáo có nói rõ.")
    typer.echo("\n".join(lines))
