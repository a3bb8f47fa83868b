"""`diembao accounts …` and `diembao audit …`: who may come in, and what was done. Whoever can type these commands on
the server is trusted as an administrator; the audit log says *console*.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.options import AsJson, Home, opened, print_json
from diembao.core.accounts import CONSOLE, Account, Grant
from diembao.core.errors import SetAside, WrongUse

if TYPE_CHECKING:
    from diembao.api.door import Door
    from diembao.pipeline.wiring import Installation

accounts_app = typer.Typer(help="Tài khoản và vai trò. Accounts and their roles.", no_args_is_help=True)
audit_app = typer.Typer(help="Nhật ký thao tác. What was done, by whom.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="Tên đăng nhập, hoặc số của tài khoản. Its name, or its number.")]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        help="Vai trò, có thể kèm đơn vị và tỉnh: officer, unit-officer@so-y-te, viewer@/gia-lai."
        " Roles, with unit and province.",
    ),
]


@accounts_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Tên đăng nhập: a–z, số, dấu chấm, gạch. What is typed at the door.")],
    shown: Annotated[str, typer.Option("--shown", help="Họ tên. The full name that others read.")] = "",
    role: Roles = None,
    password: Annotated[
        bool, typer.Option("--password", help="Hỏi mật khẩu ngay (hoặc đọc một dòng ở đầu vào chuẩn). Ask for it now.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thêm tài khoản; không có --password thì in liên kết dùng một lần. Add one; without --password, with a link."""
    from diembao.api.passwords import checked

    with _door(home) as (house, door):
        grants = [grant(house, each) for each in role or ["viewer"]]
        given = checked(_ask_password(), name) if password else ""
        now = door.now()
        number = door.accounts.add(name, shown, grants, password=given, by=CONSOLE, now=now)
        link = "" if given else _link(house, door.accounts.link(number, by=CONSOLE, now=now))
        told = _told(_named(house, str(number)))
    if as_json:
        print_json({**told, "link": link})
        return
    typer.echo(f"Đã thêm {told['name']} (số {number}): {', '.join(told['roles'])}.")
    if link:
        typer.echo(f"Liên kết đặt mật khẩu, dùng một lần, hết hạn sau 48 giờ:\n{link}")


@accounts_app.command("list")
def list_all(home: Home = None, as_json: AsJson = False) -> None:
    """Các tài khoản, vai trò, lần vào gần nhất. Accounts, roles, last time they came in."""
    with opened(home) as house:
        rows = [_told(account) for account in house.store.accounts()]
    if as_json:
        print_json({"accounts": rows})
        return
    for row in rows:
        state = "" if row["state"] == "active" else f" [{row['state']}]"
        typer.echo(f"{row['number']}\t{row['name']}\t{row['shown']}\t{', '.join(row['roles']) or '-'}{state}")
    if not rows:
        typer.echo("Chưa có tài khoản nào: diembao accounts add TÊN --role administrator --password")


@accounts_app.command("roles")
def roles(name: Named, role: Roles = None, home: Home = None, as_json: AsJson = False) -> None:
    """Thay toàn bộ vai trò; không có --role: bỏ hết. Replace all roles; without --role: take all away."""
    with _door(home) as (house, door):
        from diembao.api.accounts import checked_grants

        account = _named(house, name)
        grants = checked_grants(grant(house, each) for each in role or [])
        house.store.set_grants(account.number, grants, by=CONSOLE, now=door.now())
        told = _told(_named(house, str(account.number)))
    _say(
        told,
        f"{told['name']}: {', '.join(told['roles']) or 'không còn vai trò nào'}. Có hiệu lực trong 5 giây.",
        as_json,
    )


@accounts_app.command("reset")
def reset(name: Named, home: Home = None, as_json: AsJson = False) -> None:
    """In liên kết dùng một lần để đặt lại mật khẩu. Print a one-time link that sets a new password."""
    with _door(home) as (house, door):
        account = _named(house, name)
        link = _link(house, door.accounts.link(account.number, by=CONSOLE, now=door.now()))
        told = {**_told(account), "link": link}
    _say(told, f"Liên kết đặt mật khẩu cho {account.name}, dùng một lần, hết hạn sau 48 giờ:\n{link}", as_json)


@accounts_app.command("disable")
def disable(
    name: Named,
    again: Annotated[bool, typer.Option("--enable", help="Mở lại. Let it in again.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Khóa tài khoản, mọi phiên kết thúc. Let it in no more; its sessions end."""
    with _door(home) as (house, door):
        account = _named(house, name)
        house.store.disable(account.number, not again, by=CONSOLE, now=door.now())
        told = _told(_named(house, str(account.number)))
    _say(told, f"{account.name}: {'đã mở lại' if again else 'đã khóa, các phiên kết thúc trong 5 giây'}.", as_json)


@accounts_app.command("erase")
def erase(
    name: Named,
    sure: Annotated[bool, typer.Option("--yes", help="Không hỏi lại. Do not ask.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Xóa tên, mật khẩu, địa chỉ; việc đã làm còn lại dưới một số. Erase the person, keep what was done by number."""
    with _door(home) as (house, door):
        account = _named(house, name)
        if not sure:
            typer.confirm(f"Xóa hẳn tên “{account.name}” ({account.shown})? Không lấy lại được", abort=True)
        house.store.erase(account.number, by=CONSOLE, now=door.now())
        told = _told(_named(house, str(account.number)))
    _say(told, f"Đã xóa. Việc đã làm còn lại dưới số {account.number}; chuỗi nhật ký nguyên vẹn.", as_json)


@audit_app.command("verify")
def verify(
    expect: Annotated[
        str, typer.Option(help="SỐ:DẤU đã ghi lại lần trước. NUMBER:SEAL noted before; the row must still bear it.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đọc cả chuỗi, tìm dòng đầu tiên bị sửa, xóa, chèn. Find the first row that was changed."""
    with opened(home) as house:
        found = house.store.check_audit()
        noted = _noted(house, expect)
    broken, why = (found.broken, found.why) if found.broken is not None or noted is None else noted
    if as_json:
        print_json({"rows": found.rows, "head": found.head, "seal": found.digest, "broken": broken, "why": why})
    elif broken is None:
        typer.echo(f"Chuỗi nguyên vẹn: {found.rows} dòng. Ghi lại ở nơi khác: {found.head}:{found.digest}")
    if broken is not None:
        msg = f"chuỗi nhật ký đứt ở dòng {broken}: {why} (the audit log is broken at row {broken})"
        raise SetAside(msg)


@audit_app.command("export")
def export(
    out: Annotated[Path | None, typer.Option(help="Tệp JSONL; trống: đầu ra chuẩn. A file of JSON lines.")] = None,
    home: Home = None,
) -> None:
    """Mọi dòng, cũ nhất trước, mỗi dòng một JSON có dấu niêm. All rows, oldest first, with their seals."""
    with opened(home) as house:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(house))
        if out is None:
            sys.stdout.writelines(lines)
            return
        try:
            with out.open("w", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            msg = f"không ghi được {out}: {error.strerror} ({out} cannot be written: {error.strerror})"
            raise WrongUse(msg) from error


def _rows(house: Installation) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    for row in house.store.audit_in_order():
        yield {**asdict(row), "detail": json.loads(row.detail)}


def _noted(house: Installation, expect: str) -> tuple[int, str] | None:
    """What is wrong with a row that was noted before; None: nothing, or nothing was noted."""
    if not expect:
        return None
    number, _, seal = expect.partition(":")
    if not number.isdigit() or not seal:
        msg = (
            "--expect là SỐ:DẤU, như `diembao audit verify` đã in ra"
            " (--expect is NUMBER:SEAL, as `diembao audit verify` has printed it)"
        )
        raise WrongUse(msg)
    row = next(iter(house.store.audit(before=int(number) + 1, limit=1)), None)
    if row is None or row.number != int(number):
        return int(number), f"không còn dòng {number} / row {number} is not there any more"
    why = f"dòng {number} không mang dấu đã chép / row {number} does not bear the seal that was noted"
    return None if row.digest.startswith(seal) else (int(number), why)


def grant(house: Installation, text: str) -> Grant:
    """``role``, ``role@unit``, ``role@unit/province`` or ``role@/province``.

    Raises:
        WrongUse: an unknown role or unit, or a province that is not watched here.
    """
    from diembao.api.provider import as_grant

    given = as_grant(text)
    if given.province and given.province not in house.watched:
        known = ", ".join(house.watched)
        msg = f"tỉnh '{given.province}' không được theo dõi ở đây: {known} (province '{given.province}' is not watched)"
        raise WrongUse(msg)
    unit, units = given.unit, house.of(given.province or house.watched[0]).profile.units
    if unit and unit not in units:
        known = ", ".join(units)
        msg = f"đơn vị '{unit}' không có trong hồ sơ của tỉnh: {known} (there is no unit '{unit}')"
        raise WrongUse(msg)
    return given


@contextmanager
def _door(home: Path | None) -> Iterator[tuple[Installation, Door]]:
    from diembao.api.door import open_door

    with opened(home) as house:
        yield house, open_door(house.store, house.settings, house.profile.id)


def _named(house: Installation, name: str) -> Account:
    wanted = name.strip().casefold()
    for account in house.store.accounts():
        if wanted in {account.name, str(account.number)}:
            return account
    msg = f"không có tài khoản '{name}' (there is no account '{name}'; see `diembao accounts list`)"
    raise WrongUse(msg)


def _ask_password() -> str:
    """Typed twice at a terminal; else the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Mật khẩu (password)", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _link(house: Installation, token: str) -> str:
    from urllib.parse import quote

    from diembao.app.peopling import address_of, port_of

    base = house.settings.web.public_url.rstrip("/") or address_of(house.settings, port_of(house.settings))
    return f"{base}/dat-mat-khau?ma={quote(token)}"


def _told(account: Account) -> dict[str, Any]:
    state = "erased" if account.erased else "disabled" if account.disabled else "active"
    return {
        "number": account.number,
        "name": account.name,
        "shown": account.shown,
        "roles": _roles(account.grants),
        "state": state,
        "password": account.has_password,
        "last_in": account.seen_at,
    }


def _roles(grants: Sequence[Grant]) -> list[str]:
    return [
        each.role.value
        + (f"@{each.unit}" if each.unit or each.province else "")
        + (f"/{each.province}" if each.province else "")
        for each in grants
    ]


def _say(told: dict[str, Any], sentence: str, as_json: bool) -> None:  # noqa: FBT001 (an option)
    if as_json:
        print_json(told)
    else:
        typer.echo(sentence)
