"""`diembao quarantine`: what no rule could handle, seen, read again, or dropped by a person."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diembao.app.options import AsJson, Home, console_user, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.ports import Quarantined
from diembao.core.reasons import reason

if TYPE_CHECKING:
    from diembao.pipeline.quarantine import Replayed

quarantine_app = typer.Typer(
    help="Mục bị cách ly: chờ người xem hoặc chờ luật đã sửa. What waits for a person.", no_args_is_help=True
)
MOST = 100_000
HEAD_SHOWN = 1_500  # characters of a page
Number = Annotated[int, typer.Argument(help="Số trong `quarantine list`. Its number.")]


@quarantine_app.command("list")
def list_them(home: Home = None, limit: Annotated[int, typer.Option(min=1)] = 100, as_json: AsJson = False) -> None:
    """Những gì đang chờ, mới trước. What waits, newest first."""
    with opened(home) as house:
        found = house.store.quarantine(limit)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        typer.echo(_line(each))
    typer.echo(f"{len(found)} mục.")


def _line(each: Quarantined) -> str:
    what = "nguồn phát" if each.of_source else "trang"
    return (
        f"{each.id}  {each.at:%d/%m/%Y %H:%M} UTC  {each.outlet}  {what}: {reason(each.reason, 'vi')}\n    {each.url}"
    )


@quarantine_app.command("show")
def show(
    number: Number,
    home: Home = None,
    out: Annotated[Path | None, typer.Option(help="Ghi byte gốc ra tệp. Write the bytes to a file.")] = None,
) -> None:
    """Lý do, phần đầu câu trả lời, byte gốc. Why, the head of the answer, the bytes."""
    from diembao.pipeline.quarantine import waiting_of

    with opened(home) as house:
        each = waiting_of(house, number)
        body = house.store.response(each.response) if each.response else None
        hops = house.store.hops(each.entry, each.response)
    typer.echo(f"{_line(each)}\n    {each.reason}")
    for hop in hops:
        typer.echo(hop.head.decode("latin-1").strip())
    if body is None:
        typer.echo("Không có byte nào được lưu.")
    elif out is None:
        typer.echo(f"\n{body[: 4 * HEAD_SHOWN].decode('utf-8', 'replace')[:HEAD_SHOWN]}")
    else:
        _write(out, body)


def _write(out: Path, body: bytes) -> None:
    if out.exists():
        raise WrongUse(f"{out} đã có; đặt tên khác ({out} is there already; name another file)")
    try:
        out.write_bytes(body)
    except OSError as error:
        raise Misconfigured(
            f"không ghi được {out}: {error.strerror} ({out} cannot be written: {error.strerror})"
        ) from error
    typer.echo(f"Đã ghi {out} ({len(body)} byte).")


@quarantine_app.command("replay")
def replay_them(
    numbers: Annotated[list[int] | None, typer.Argument(help="Số; bỏ trống cùng --all. Numbers, or --all.")] = None,
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Mọi mục. Everything.")] = False,
    as_json: AsJson = False,
) -> None:
    """Đọc lại từ byte đã lưu theo luật hiện nay, giữ giờ thu được ban đầu. Read again what was kept."""
    from diembao.pipeline import quarantine
    from diembao.pipeline.worker import utc_now

    if bool(numbers) == everything:
        raise WrongUse(
            "nêu số trong `diembao quarantine list`, hoặc --all"
            " (name the numbers of `diembao quarantine list`, or --all)"
        )
    with opened(home) as house:
        asides = (
            house.store.quarantine(MOST) if everything else [quarantine.waiting_of(house, n) for n in numbers or ()]
        )
        these = [each.id for each in asides]
        house.store.note(CONSOLE.actor, "source.replay", where=CONSOLE.where, now=utc_now(), numbers=these)
        done = quarantine.replay(house, asides, utc_now(), console_user())
    if as_json:
        print_json([quarantine.as_json(each) for each in done])
        return
    for each in done:
        typer.echo(f"{each.aside.id}  {_told(each)}\n    {each.aside.url}")


def _told(done: Replayed) -> str:
    if done.entries is not None:
        return f"đọc được {done.entries} mục, lượt sau đọc {done.to_read} trang"
    return f"{done.outcome or '-'}  {done.reason}"


@quarantine_app.command("drop")
def drop(
    number: Number,
    why: Annotated[str, typer.Option(help="Vì sao không cần xem nữa. Why nobody has to look.")],
    home: Home = None,
) -> None:
    """Không cần xem nữa; vẫn lưu trong sổ kèm lý do. Nobody has to look; it stays on record with the reason."""
    from diembao.pipeline.worker import utc_now

    if not why.strip():
        raise WrongUse("--why: ghi lý do, cho người hỏi sau này (--why: say why, for whoever asks later)")
    with opened(home) as house:
        house.store.drop(number, by=console_user(), why=why, now=utc_now())
    typer.echo(f"Đã bỏ mục {number} khỏi danh sách chờ.")
