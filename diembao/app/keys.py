"""`diembao keys …`: keys with which other systems ask the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE, Account
from diembao.core.errors import WrongUse
from diembao.core.keys import Key

keys_app = typer.Typer(help="Khóa cho hệ thống khác dùng API. Keys of other systems.", no_args_is_help=True)


@keys_app.command("add")
def add(  # noqa: PLR0913, PLR0917 (one option each)
    name: Annotated[str, typer.Argument(help="Tên hệ thống: a–z, số, dấu chấm, gạch. The other system's name.")],
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="Một việc khóa làm được, như coverage.read; lặp lại được. Trống: đọc tất cả."),
    ] = None,
    days: Annotated[int, typer.Option("--days", help="Số ngày dùng được, tối đa 730. Days it lasts.")] = 365,
    account: Annotated[
        str, typer.Option("--account", help="Khóa của tài khoản này: ghi dưới tên người đó. Whose name it writes in.")
    ] = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Tạo khóa và in ra một lần duy nhất. Make a key; it is shown this once."""
    from diembao.api.door import open_door
    from diembao.api.keys import READING, Wish, scopes_named, usable

    with opened(home, province=province) as house:
        door = open_door(house.store, house.settings, house.profile.id)
        owner = _named(house.store.accounts(), account) if account else None
        reads = usable(READING, owner.grants) if owner else READING
        scopes = scopes_named(scope) if scope else reads
        wish = Wish(name, house.profile.id, scopes, days, owner.number if owner else None)
        made = door.keys.add(wish, by=CONSOLE)
    if as_json:
        print_json({"number": made.number, "key": made.token, "scopes": [x.value for x in scopes], "until": made.until})
        return
    typer.echo(f"Khóa số {made.number}, dùng đến {made.until:%d/%m/%Y}. Chép ngay, không xem lại được:\n{made.token}")


@keys_app.command("list")
def list_all(home: Home = None, as_json: AsJson = False) -> None:
    """Các khóa: của ai, làm được gì, đến khi nào, dùng gần nhất. Keys, their scopes, when they were used."""
    from diembao.api.door import utc_now

    with opened(home) as house:
        names = _names(house.store.accounts())
        rows = [_told(key, names, utc_now()) for key in house.store.all_keys()]
    if as_json:
        print_json({"keys": rows})
        return
    for row in rows:
        state = "" if row["state"] == "on" else f" [{row['state']}]"
        used = row["used_at"].strftime("%d/%m/%Y") if row["used_at"] else "-"
        typer.echo(f"{row['number']}\t{row['name']}\t{row['account']}\t{' '.join(row['scopes'])}\t{used}{state}")
    if not rows:
        typer.echo("Chưa có khóa nào: diembao keys add TÊN")


@keys_app.command("revoke")
def revoke(
    number: Annotated[int, typer.Argument(help="Số của khóa. Its number.")], home: Home = None, as_json: AsJson = False
) -> None:
    """Thu hồi khóa; có hiệu lực trong 5 giây. Take it back, within five seconds."""
    from diembao.api.door import utc_now

    with opened(home) as house:
        key = house.store.revoke_key(number, by=CONSOLE, now=utc_now())
        row = _told(key, _names(house.store.accounts()), utc_now())
    if as_json:
        print_json(row)
    else:
        typer.echo(f"Đã thu hồi khóa số {number} ({row['name']}).")


def _names(accounts: Iterable[Account]) -> dict[int, str]:
    return {account.number: account.name for account in accounts}


def _told(key: Key, names: Mapping[int, str], now: datetime) -> dict[str, Any]:
    return {
        "number": key.number,
        "name": key.name,
        "account": names.get(key.account, str(key.account)),
        "scopes": list(key.scopes),
        "state": "on" if key.is_on(now) else "revoked" if key.revoked_at else "expired",
        "made_at": key.made_at,
        "until": key.until,
        "used_at": key.used_at,
        "revoked_at": key.revoked_at,
    }


def _named(accounts: Iterable[Account], name: str) -> Account:
    for account in accounts:
        if name.strip().casefold() in {account.name, str(account.number)} and not account.disabled:
            return account
    msg = f"không có tài khoản '{name}' (there is no account '{name}'; see `diembao accounts list`)"
    raise WrongUse(msg)
