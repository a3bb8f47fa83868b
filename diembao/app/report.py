"""`diembao report …`: the weekly summary as a document, and its figures checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import DiembaoError, WrongUse

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation
    from diembao.reports.checking import Checked
    from diembao.reports.keeping import Kept
    from diembao.reports.period import Period
    from diembao.reports.weekly import Weekly

report_app = typer.Typer(help="Báo cáo theo thể thức văn bản hành chính. Reports as documents.", no_args_is_help=True)

TEMPLATE: Final = "mau-bao-cao.docx"
Out = Annotated[Path, typer.Option("--out", help="Thư mục để ghi. The folder to write to.")]


@report_app.command("weekly")
def weekly(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    out: Out,
    home: Home = None,
    week: Annotated[str, typer.Option(help="Tuần, ví dụ 2026-W47; mặc định: tuần vừa hết. The week.")] = "",
    first: Annotated[str, typer.Option("--from", help="Từ ngày, ví dụ 2026-11-13. The first day.")] = "",
    last: Annotated[str, typer.Option("--to", help="Đến hết ngày. The last day.")] = "",
    province: Annotated[str, typer.Option(help="Hồ sơ tỉnh; mặc định: của cài đặt. The province.")] = "",
    number: Annotated[int | None, typer.Option(min=1, help="Số văn bản; trống: để chỗ ghi. Its number.")] = None,
    template: Annotated[
        Path | None, typer.Option(help="Mẫu DOCX riêng (xem `report template`). A template of one's own.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Cả bản PDF (cần LibreOffice). A PDF too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tổng hợp dư luận báo chí một tuần, bản DOCX. The press summary of a week, as a document."""
    from diembao.pipeline.worker import utc_now

    with opened(home) as whole:
        now, house = utc_now(), watching(whole, province)
        period = period_of(house, now, week=week, first=first, last=last)
        made = make_weekly(house, period, Order(out, province, number, template, pdf), now)
    print_json(made) if as_json else typer.echo(_made_as_text(made))


@report_app.command("unit")
def unit(
    named: Annotated[str, typer.Argument(metavar="UNIT", help="Mã đơn vị, như so-ngoai-vu. A unit, by its id.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="Số ngày tính đến nay. Days up to now.")] = 7,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bản tin của một đơn vị: bài trong lĩnh vực, vụ việc, cảnh báo. A department's digest."""
    from diembao.pipeline.worker import utc_now
    from diembao.reports.unit import as_json as told
    from diembao.reports.unit import digest
    from diembao.reports.unit_text import as_text

    with opened(home, province=province) as house:
        found = digest(house, named, utc_now().astimezone(ZoneInfo(house.profile.timezone)), days)
        print_json(told(found, house)) if as_json else typer.echo(as_text(found, house))


@report_app.command("figures")
def figures(
    file: Annotated[Path, typer.Argument(help="Tệp .figures.json, hoặc báo cáo cạnh nó. The sidecar or its report.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Kiểm tra số liệu của một báo cáo, và xem gì đã đổi từ đó. Do its figures add up, and what has changed?"""
    from diembao.reports.checking import check
    from diembao.reports.sidecar import read

    path, kept = read(file)
    with opened(home) as whole:
        found = check(watching(whole, kept.installation), path, kept)
    print_json({"file": str(path), **found.as_json()}) if as_json else typer.echo(_checked_as_text(found))
    if found.problems:
        msg = f"{path} does not add up: {found.problems[0]}"
        raise DiembaoError(msg)


@report_app.command("template")
def template(out: Out, province: Province = "", home: Home = None) -> None:
    """Ghi mẫu văn bản của chương trình ra tệp để sửa trong Word. Write the program's template, to change in Word."""
    from diembao.paper.filling import FIELDS
    from diembao.paper.frame import template as made
    from diembao.reports.filing import file

    with opened(home, province=province) as house:
        # A subject of the usual length, for the length of its rule.
        content = made(house.profile.letterhead, f"Tổng hợp dư luận báo chí về {house.profile.called} tuần 47 năm 2026")
    written = file(out, Path(TEMPLATE).stem, lambda _: {".docx": content})
    typer.echo(f"Đã viết {written['.docx']}. Các trường:")
    typer.echo("\n".join(f"  {{{{ {name} }}}}  {what}" for name, what in FIELDS.items()))


# -- the weekly summary -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """How a report is wanted. An empty province is the installation's own."""

    out: Path
    province: str = ""
    number: int | None = None
    template: Path | None = None
    pdf: bool = False


def watching(house: Installation, province: str) -> Installation:
    """As the province sees it that is reported on, or that carries on the plan of the one reported on."""
    return next((each for each in house.every if province in each.profile.judged), house.of(house.watched[0]))


def period_of(house: Installation, now: datetime, *, week: str, first: str, last: str) -> Period:
    """The days that were asked for; the week that ended last where none were.

    Raises:
        WrongUse: they cannot be read.
    """
    from diembao.reports import period

    zone, ends = house.profile.timezone, house.profile.week_ends
    if week and (first or last):
        msg = "Chỉ dùng --week, hoặc --from và --to (Give either --week, or --from and --to)"
        raise WrongUse(msg)
    if week:
        return period.week(week, zone=zone, ends=ends)
    if not first and not last:
        return period.latest(now, zone=zone, ends=ends)
    return period.between(day_of("--from", first), day_of("--to", last), zone=zone, ends=ends)


def day_of(option: str, typed: str) -> date:
    """What an option says.

    Raises:
        WrongUse: it is no day.
    """
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        msg = (
            f"{option}: ngày viết như 2026-11-13, không phải '{typed[:40]}'"
            f" ({option}: a day is written like 2026-11-13, not '{typed[:40]}')"
        )
        raise WrongUse(msg) from error


def make_weekly(house: Installation, period: Period, order: Order, now: datetime) -> dict[str, Any]:
    """The report, kept and as files; what `--json` prints."""
    from diembao.paper import docx, pdf
    from diembao.paper.office_templates import template_of
    from diembao.reports import filing, keeping, sidecar, weekly

    if order.pdf:
        pdf.converter()  # before the work, not after it
    about = order.province or house.profile.id
    found = weekly.weekly(house, period, province=about, now=now)
    kept = keeping.kept(house, found, keeping.Making(period, about, CONSOLE), now)
    letter = keeping.letter(kept, public_url=house.settings.web.public_url, number=order.number)
    document = docx.write(letter, order.template or template_of(house.settings.home, keeping.WEEKLY))
    printed = {".pdf": pdf.convert(document)} if order.pdf else {}

    def contents(name: str) -> Mapping[str, bytes]:
        return {".docx": document, sidecar.ENDING: sidecar.file(kept.figures, f"{name}.docx", document), **printed}

    stem = keeping.stem(kept.report)
    written = filing.file(order.out, stem, contents)
    return {**_made(found, written, renamed=written[".docx"].stem != stem), **_kept(kept)}


def _kept(kept: Kept) -> dict[str, Any]:
    return {"report": kept.report.number, "version": kept.report.version, "paragraphs": len(kept.written)}


def _made(found: Weekly, written: Mapping[str, Path], *, renamed: bool) -> dict[str, Any]:
    o = found.overview
    return {
        "docx": str(written[".docx"]),
        "figures_file": str(written[".figures.json"]),
        "pdf": str(written[".pdf"]) if ".pdf" in written else None,
        "renamed": renamed,
        "province": found.province.id,
        "week": found.period.week or None,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "complete": found.made >= found.period.end,
        "articles": o.articles.count,
        "texts": o.texts.count,
        "stories": o.stories.count,
        "critical": o.critical.count,
        "answered": found.answering.answered.count,
        "owed": found.owing.open.count,
        "foreign": o.foreign.count,
        "figures": len(found.figures),
        "periods_before": found.periods,
        "as_of_log": found.as_of,
    }


def _made_as_text(made: Mapping[str, Any]) -> str:
    files = [made[name] for name in ("docx", "pdf", "figures_file") if made[name]]
    lines = [f"{made['articles']} bài, {made['texts']} văn bản khác nhau, {made['critical']} bài phê phán"]
    lines += [f"Đã viết {name}" for name in files]
    if made["renamed"]:
        lines.append("Đã có báo cáo của kỳ này trong thư mục: không ghi đè, tên mới có số thứ tự.")
    if not made["complete"]:
        lines.append("Kỳ báo cáo chưa hết; báo cáo có nói rõ.")
    return "\n".join(lines)


def _checked_as_text(found: Checked) -> str:
    document = {"same": "như lúc lập", "changed": "đã được sửa sau khi lập", "missing": "không thấy cạnh tệp"}
    lines = [f"! {problem}" for problem in found.problems]
    lines += [
        f"{found.figures} số liệu {'không ' if found.problems else ''}khớp; văn bản {document[found.document]}",
        f"Nhật ký lúc lập {found.as_of_log}, nay {found.log}; {len(found.changed)} số liệu nay khác",
    ]
    for each in found.changed:
        lines.append(f"S{each.number} {each.name}: {each.then} → {each.now}")
        lines += [f"  + {one.title} ({one.outlet}): {one.now}" for one in each.came]
        lines += [f"  - {one.title or one.id} ({one.outlet}): {one.now}" for one in each.gone]
    lines += [f"Bài được sửa sau khi lập: {one.title} ({one.outlet})" for one in found.revised]
    return "\n".join(lines)
