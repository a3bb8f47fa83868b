"""`diembao units …`: who has not answered, and where units have their mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diembao.response.owing import UnitOwing

units_app = typer.Typer(help="Đơn vị: ai chưa trả lời, địa chỉ thư. Units: who owes an answer.", no_args_is_help=True)

Out = Annotated[Path | None, typer.Option(help="Ghi ra tệp này. Write to this file.")]


@units_app.command("owing")
def owing(
    week: Annotated[str, typer.Option(help="Tuần, ví dụ 2026-W47; trống: đến nay. The week; empty: up to now.")] = "",
    csv: Out = None,
    xlsx: Out = None,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đơn vị chưa trả lời, chờ bao lâu, trễ bao nhiêu (giờ làm việc). Who has not answered, and for how long."""
    from datetime import timedelta

    from diembao.paper import sheet
    from diembao.pipeline.worker import utc_now
    from diembao.reports import period
    from diembao.response import owing as owings

    with opened(home, province=province) as house:
        now, profile = utc_now(), house.profile
        asked = period.week(week, zone=profile.timezone, ends=profile.week_ends) if week else None
        start, end = (asked.start, asked.end) if asked else (now - timedelta(days=7), now)
        found = owings.owing(house.store, profile, start, end, now)
    for path, make in ((csv, sheet.csv_of), (xlsx, sheet.xlsx_of)):
        if path is not None:
            _write(path, make(owings.HEAD, owings.rows(found)))
    told = {"week": week or None, "from": start, "to": min(end, now), "units": owings.as_json(found)}
    print_json(told) if as_json else typer.echo(_as_text(found))


@units_app.command("addresses")
def addresses(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Địa chỉ thư của đơn vị và của vai trò. Mail addresses of units and roles."""
    with opened(home, province=province) as house:
        known = house.store.addresses()
        names = {unit: each.name for unit, each in house.profile.units.items()}
    if as_json:
        print_json({"addresses": dict(known)})
        return
    typer.echo("\n".join(f"{who}\t{names.get(who, who)}\t{address}" for who, address in known.items()) or "Chưa có.")


@units_app.command("address")
def address(
    who: Annotated[str, typer.Argument(help="Mã đơn vị, hay vai trò như approver. A unit, or a role.")],
    mail: Annotated[str, typer.Argument(help="Địa chỉ thư; trống để bỏ. The address; empty forgets it.")],
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi địa chỉ thư của một đơn vị. Where a unit has its mail."""
    from diembao.core.accounts import CONSOLE
    from diembao.pipeline.worker import utc_now
    from diembao.response.addresses import set_address

    with opened(home, province=province) as house:
        kept = set_address(house.store, house.profile, who, mail, by=CONSOLE, now=utc_now())
    print_json({"who": who, "address": kept}) if as_json else typer.echo(f"{who}: {kept or 'đã bỏ'}")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise WrongUse(f"Không ghi được {path} ({path} cannot be written: {error.strerror})") from error


def _as_text(found: Sequence[UnitOwing]) -> str:
    from diembao.response.owing import hours

    lines = []
    for each in found:
        lines.append(
            f"{each.name}: còn nợ {len(each.open)}, trễ {each.late}; đã trả lời {each.answered},"
            f" trễ {each.answered_late}"
        )
        lines += [
            f"  {owed.request.case} · chờ {hours(owed.waited)} giờ làm việc"
            + (f" · trễ {hours(owed.late_by)} giờ" if owed.late_by else "")
            + (f" · đã nhắc {owed.request.reminders} lần" if owed.request.reminders else "")
            for owed in each.open
        ]
    return "\n".join(lines) or "Không đơn vị nào nợ trả lời."
