"""`diembao index …`: the searchable copy made again, told of, compared with the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from diembao.app.options import AsJson, Home, opened, print_json
from diembao.core.errors import DiembaoError

if TYPE_CHECKING:
    from diembao.pipeline.verify import Verified
    from diembao.pipeline.wiring import Installation

index_app = typer.Typer(help="Chỉ mục tìm kiếm (bản sao, xóa được). The searchable copy.", no_args_is_help=True)

SHOWN: Final = 20  # ids of a kind that are listed for people; --json has all

Engine = Annotated[str, typer.Option(help="embedded, elastic (như trong cài đặt). As it is set.")]


@index_app.command("rebuild")
def rebuild(home: Home = None, engine: Engine = "", as_json: AsJson = False) -> None:
    """Làm lại chỉ mục từ kho; bản cũ vẫn dùng được. Make it again; the old one goes on answering."""
    from diembao.app.progress import counted
    from diembao.core.settings import load
    from diembao.pipeline.worker import BESIDE, WORKING, only_worker, rebuild_index

    beside = engine not in {"", load(home).index.engine}  # a worker goes on with the engine of the settings
    with (
        opened(home, engine=engine) as house,
        only_worker(house.settings.home, BESIDE if beside else WORKING),
        counted("Lập chỉ mục", house.store.size(), quiet=as_json) as step,
    ):
        done = rebuild_index(house, step, beside=beside)
    print_json({"indexed": done}) if as_json else typer.echo(f"Đã lập chỉ mục {done} bài.")


@index_app.command("status")
def status(home: Home = None, engine: Engine = "", as_json: AsJson = False) -> None:
    """Chỉ mục có gì, tới đâu, tệp có lành không. What it holds, how far it has read, whether its files are whole."""
    from diembao.pipeline.verify import LOST

    with opened(home, engine=engine) as house:
        found = status_of(house)
    print_json(found) if as_json else typer.echo(_status_as_text(found))
    if found["lost"]:
        raise DiembaoError(LOST)


@index_app.command("verify")
def verify(home: Home = None, engine: Engine = "", as_json: AsJson = False) -> None:
    """So chỉ mục với kho, từng bài. Compare it with the record, article by article."""
    from diembao.pipeline.verify import verify as compared

    with opened(home, engine=engine) as house:
        found = compared(house)
    print_json(found.as_json()) if as_json else typer.echo(_verified_as_text(found))
    if not found.same:
        from diembao.pipeline.verify import DIFFERS, LOST

        msg = LOST if found.lost else DIFFERS
        raise DiembaoError(msg)


def status_of(house: Installation) -> dict[str, Any]:
    from diembao.core.analysis import VERSION
    from diembao.pipeline.verify import lost, remade

    damaged = list(house.index.checked())
    head, position, again = house.store.head(), house.index.position(), remade(house)
    return {
        "engine": house.settings.index.engine,
        "analysis": VERSION,
        "articles": house.index.size(),
        "stored": house.store.size(),
        "position": position,
        "log": head,
        "waiting": head - position,
        "damaged": damaged,
        "lost": lost(house),
        "remade_until": again and again.until,
    }


def _status_as_text(found: dict[str, Any]) -> str:
    lines = [
        f"{found['engine']} · phân tích {found['analysis']}",
        f"{found['articles']} bài tìm được, kho có {found['stored']} bài",
        f"đã đọc nhật ký tới {found['position']}, nhật ký tới {found['log']}",
    ]
    lines += [f"! tệp hỏng: {', '.join(found['damaged'])}"] if found["damaged"] else []
    if found["remade_until"]:
        from diembao.pipeline.verify import Remade

        lines.append(f"! {Remade(found['position'], found['remade_until'])}")
    elif found["waiting"] and not found["lost"]:
        lines.append(f"còn {found['waiting']} việc chưa đọc: tiến trình thu thập sẽ làm tiếp")
    return "\n".join(lines)


def _verified_as_text(found: Verified) -> str:
    lines = [f"đã so {found.checked} bài, nhật ký tới {found.position}"]
    lines += ["! chỉ mục trống hoặc hỏng"] if found.lost else []
    for what, ids in (
        ("tệp hỏng", found.damaged),
        ("thiếu trong chỉ mục", found.missing),
        ("chưa cập nhật", found.stale),
        ("không có trong kho", found.extra),
    ):
        lines += [f"! {what}: {len(ids)}", *(f"  {each}" for each in ids[:SHOWN])] if ids else []
        lines += [f"  … và {len(ids) - SHOWN} nữa (--json có đủ)"] if len(ids) > SHOWN else []
    return "\n".join([*lines, "giống nhau"] if found.same else lines)
