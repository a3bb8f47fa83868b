"""`diembao report list|open|sign`: reports that are kept, read and signed at the command line.

A signature needs the account that ``--by`` names, asked by the table of rights as on *Báo cáo*, and the edition that
was read; nobody in particular signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from diembao.app.casework import By
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.app.report import report_app
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from diembao.core.reports import Report
    from diembao.paper.letter import Block
    from diembao.pipeline.wiring import Installation
    from diembao.reports.keeping import Kept
    from diembao.reports.reopening import Opened, Reopened

# Reports read at a time.
TOGETHER: Final = 100
WHOLE: Final = 10**9  # articles: all that a figure counted
KINDS: Final = ("weekly", "half-year", "annual", "period")
STATES: Final = {"draft": "bản nháp", "signed": "đã ký"}
SINCE: Final = {
    "same": "",
    "relabelled": "nhãn đã đổi",
    "edited": "báo đã sửa",
    "withdrawn": "báo đã gỡ",
    "gone": "không còn trong kho",
    "came": "mới thêm",
}

Number = Annotated[int, typer.Argument(help="Số của báo cáo trong kho. The report's number.", min=1)]


@report_app.command("list")
def list_reports(
    kind: Annotated[str, typer.Option(help="weekly, half-year, annual, period")] = "",
    year: Annotated[int, typer.Option(help="Kỳ kết thúc trong năm. Whose period ends in this year.", min=0)] = 0,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Báo cáo đã giữ, kỳ mới nhất trước. Reports that are kept, the latest period first."""
    if kind and kind not in KINDS:
        raise WrongUse(f"--kind: {', '.join(KINDS)}, không phải '{kind[:20]}' (not '{kind[:20]}')")
    with opened(home, province=province) as house:
        found = list(_all(house, kind, year))
        if as_json:
            print_json({"reports": [_told(each) for each in found]})
            return
        typer.echo("\n".join(_as_table(house, found)) if found else "Chưa có báo cáo nào. (There are no reports.)")


@report_app.command("open")
def open_report(
    number: Number,
    figure: Annotated[int, typer.Option(help="Mở số liệu có mã này. Open the figure of this mark.", min=0)] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", help="Thư mục để ghi DOCX và số liệu. Where to write it.")
    ] = None,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đọc một báo cáo, hoặc một số liệu: bài lúc lập, gì đã đổi. Read a report, or open one of its figures."""
    with opened(home, province=province) as house:
        kept = _kept(house, number)
        if figure:
            _tell_figure(house, kept, figure, as_json=as_json)
            return
        files = _written(house, kept, out) if out else []
    told = _told(kept.report) | {"paragraphs": [_paragraph(each) for each in kept.written], "files": files}
    print_json(told) if as_json else typer.echo("\n".join([*_text(kept), *(f"Đã viết {each}" for each in files)]))


@report_app.command("sign")
def sign(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    edition: Annotated[int, typer.Option(help="Lần sửa đã đọc; `report open` in. The edition that was read.", min=1)],
    registered: Annotated[
        int | None, typer.Option("--number", help="Số văn bản. The registry's number.", min=1)
    ] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ký báo cáo đã đọc; không gửi gì đi. Sign a report as it was read; nothing is sent."""
    from dataclasses import replace

    from diembao.core.accounts import Hand
    from diembao.pipeline.worker import utc_now
    from diembao.reports import keeping

    with opened(home, province=province) as house:
        now = utc_now()
        hand = Hand(*_signer(house, by, now))
        kept = _kept(house, number)
        read = replace(kept, report=replace(kept.report, edition=edition))
        public_url = house.settings.web.public_url
        done = keeping.sign(house, read, hand, now, number=registered, public_url=public_url)
    print_json(_told(done)) if as_json else typer.echo(f"Đã ký báo cáo {number}: {done.title}")


def _signer(house: Installation, by: str, now: datetime) -> tuple[str, str]:
    """Actor and place.

    Raises:
        WrongUse: nobody is named, or there is no such account. NotAllowed: they may not; the audit log says so.
    """
    from diembao.api.rights import Act, NotAllowed, Thing, may
    from diembao.app.casework import named
    from diembao.core.accounts import TurnedAway

    if not by:
        raise WrongUse("Ký cần --by, tên tài khoản của người ký (Signing needs --by, the account of who signs)")
    who = named(house, by)
    if not may(who, Act.SIGN_REPORT, Thing(house.profile.id)):
        house.store.turned_away(TurnedAway(who.actor, who.where, "rights", Act.SIGN_REPORT), now=now)
        raise NotAllowed(Act.SIGN_REPORT)
    return who.actor, who.where


def _kept(house: Installation, number: int) -> Kept:
    from diembao.reports import keeping

    kept = keeping.read(house, number)
    if kept is None:
        raise WrongUse(
            f"Không có báo cáo {number}; xem `diembao report list` (There is no report {number}; see `report list`)"
        )
    return kept


def _all(house: Installation, kind: str, year: int) -> Iterator[Report]:
    found = house.store.reports(kind, year=year, limit=TOGETHER)
    while found:
        yield from found
        found = house.store.reports(kind, year=year, after=found[-1], limit=TOGETHER)


def _told(each: Report) -> dict[str, Any]:
    names = ("number", "kind", "about", "name", "title", "version", "edition", "state", "made_at", "made_by")
    signed = ("signed_at", "signed_by", "registered", "document")
    return {"from": each.first, "to": each.last, **{name: getattr(each, name) for name in (*names, *signed)}}


def _paragraph(each: Any) -> dict[str, Any]:  # noqa: ANN401 (`core.reports.Written`, imported late)
    return {name: getattr(each, name) for name in ("section", "paragraph", "version", "text", "by", "at")}


def _as_table(house: Installation, found: list[Report]) -> list[str]:
    from diembao.paper import forms
    from diembao.reports.columns import aligned

    head = ["Số", "Từ", "Đến", "Bản", "Trạng thái", "Lập lúc", "Báo cáo"]
    zone = house.profile.timezone
    rows = [
        [
            str(each.number),
            *map(forms.day, (each.first, each.last)),
            str(each.version),
            STATES[each.state],
            forms.moment(each.made_at, zone),
            each.title,
        ]
        for each in found
    ]
    return aligned(head, rows, "rllrlll")


# -- one report


def _text(kept: Kept) -> Iterator[str]:
    """As it is told: people's paragraphs before what the machine says; the appendix is left to the document."""
    from diembao.reports import parts

    its = kept.report
    yield f"{its.title} · bản {its.version}, lần sửa {its.edition} · {STATES[its.state]}"
    texts: dict[str, list[str]] = {}
    for each in kept.written:
        texts.setdefault(each.section, []).append(each.text)
    for block in parts.body(kept.sections, kept.frame["closing"], texts):
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    from diembao.paper.letter import Chart, Heading, Paragraph, Table
    from diembao.reports.columns import aligned

    match block:
        case Heading():
            yield from ("", block.text)
        case Paragraph():
            yield "".join(span.text for span in block.words)
        case Table():
            rows = [["".join(span.text for span in cell) for cell in row] for row in block.rows]
            yield from (block.caption, *aligned(block.head, rows, block.align.replace("c", "l")))
        case Chart():  # its numbers are in the tables
            yield "".join(span.text for span in block.caption)


def _written(house: Installation, kept: Kept, out: Path) -> list[str]:
    from diembao.reports import filing, keeping, sidecar

    document = keeping.document(house, kept, public_url=house.settings.web.public_url)

    def contents(name: str) -> Mapping[str, bytes]:
        return {".docx": document, sidecar.ENDING: sidecar.file(kept.figures, f"{name}.docx", document)}

    return [str(path) for path in filing.file(out, keeping.stem(kept.report), contents).values()]


# -- a figure of it


def _tell_figure(house: Installation, kept: Kept, figure: int, *, as_json: bool) -> None:
    from diembao.reports.reopening import reopen

    found = reopen(house, kept.sidecar(), figure, limit=WHOLE)
    if found is None:
        raise WrongUse(f"Báo cáo không có số liệu S{figure} (The report has no figure S{figure})")
    if not as_json:
        typer.echo("\n".join(_opened(house, found)))
        return
    its = found.figure
    told = {"number": its.number, "name": its.name, "count": found.count, "query": its.now.query, "now": found.now}
    lists = {name: [_article(each) for each in getattr(found, name)] for name in ("articles", "came")}
    values = [{"id": value, "name": name} for value, name in found.values]
    print_json(told | lists | {"listed": found.listed, "new": found.new, "values": values})


def _article(each: Opened) -> dict[str, Any]:
    told = {name: getattr(each.then, name) for name in ("id", "url", "outlet", "title", "at", "stance")}
    return told | {"since": [x.value for x in each.since], "changed": {name: list(x) for name, x in each.now.items()}}


def _opened(house: Installation, found: Reopened) -> Iterator[str]:
    now = "" if found.now is None else f"; nay: {found.now}"
    yield f"S{found.figure.number} {found.figure.name}. Lúc lập: {found.count}{now}"
    if found.figure.now.query:
        yield f"Câu tìm: {found.figure.now.query}"
    if found.values:
        yield f"Đã đếm: {'; '.join(name or value for value, name in found.values)}"
    for each in (*found.articles, *found.came):
        since = ", ".join(filter(None, (SINCE[x] for x in each.since)))
        outlet = house.outlets.get(each.then.outlet)
        yield f"{each.then.title} ({outlet.name if outlet else each.then.outlet}){f': {since}' if since else ''}"
