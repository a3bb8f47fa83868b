"""`diembao backup`, `restore`, `move`, `retention`: what an installation holds, kept elsewhere, and for how long."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from diembao.app.options import AsJson, Home, opened, print_json, refuse_lost_demo
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.pipeline.backup import Manifest

CHANGED: Final = 1  # exit code of `verify` for a backup that is not as it was written
LONGEST: Final = 2000  # characters of an address
_MB: Final = 1_000_000
_KINDS: Final = {
    "pages": "trang của bài về tỉnh (pages)",
    "other-pages": "trang của bài không về tỉnh nào (other-pages)",
    "aside": "mục cách ly đã bỏ (aside)",
}

backup_app = typer.Typer(help="Sao lưu cả cài đặt. A backup of the whole installation.", invoke_without_command=True)
Key = Annotated[str, typer.Option(help="Dấu vân tay khóa của cơ quan. The fingerprint it must be signed by.")]
Folder = Annotated[Path, typer.Argument(help="Thư mục sao lưu. The folder of the backup.")]


@backup_app.callback()
def backup(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Thư mục mới sẽ viết. The new folder to write.")] = None,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Cả khóa riêng của cơ quan. The private keys too.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Kho, tệp, cài đặt (không có mật khẩu) tại một thời điểm; chạy được khi đang thu thập. All of it at one moment."""
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise WrongUse("--out: viết vào thư mục nào? (--out: into which folder?)")
    from diembao.app.progress import several
    from diembao.core.settings import load
    from diembao.pipeline import backup as backups
    from diembao.pipeline.worker import utc_now

    settings = load(home)
    refuse_lost_demo(settings.home)
    with several(quiet=as_json) as show:
        made = backups.write(settings, out, now=utc_now, show=show, with_keys=with_keys)
    if as_json:
        print_json({"folder": str(out), **_told(made)})
        return
    typer.echo(f"Đã sao lưu vào {out}: {_contents(made)}.")
    if made.secrets:
        typer.echo(f"Không sao mật khẩu (giữ riêng): {', '.join(made.secrets)}. These secrets are not in it.")
    if not with_keys:
        typer.echo("Không sao khóa riêng trong keys/ (giữ riêng như con dấu, hoặc --with-keys). Keys are not in it.")


@backup_app.command("verify")
def verify(
    folder: Folder,
    key: Key = "",
    note: Annotated[
        bool, typer.Option("--note", help="Ghi vào nhật ký của cài đặt là đã kiểm tra. Write down that it was checked.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bản sao lưu có trọn vẹn và còn như lúc ghi không? Is it whole, and as it was written?"""
    from diembao.app.progress import several
    from diembao.pipeline import backup_check
    from diembao.pipeline.storage import note_check
    from diembao.pipeline.worker import utc_now

    with several(quiet=as_json) as show:
        found = backup_check.verify(folder, key=key, show=show)
    if note:
        with opened(home) as house:
            note_check(house, folder.name, found, utc_now())
    if as_json:
        print_json({"good": found.good, "problems": found.problems, **_told(found.manifest)})
    else:
        good = "TRỌN VẸN / WHOLE" if found.good else "KHÔNG DÙNG ĐƯỢC / DAMAGED"
        about = f"{found.manifest.made_at} · {found.manifest.made_by} · {_contents(found.manifest)}"
        signed = f"Khóa/Key: {found.manifest.key}"
        typer.echo("\n".join([good, about, signed, *(f"! {problem}" for problem in found.problems)]))
    if not found.good:
        raise typer.Exit(CHANGED)


def restore(
    folder: Folder,
    key: Key = "",
    index: Annotated[bool, typer.Option(help="Làm cả chỉ mục tìm kiếm. Make the searchable copy too.")] = True,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Dựng lại cài đặt từ bản sao lưu, vào thư mục trống. An installation from its backup, in an empty home."""
    from diembao.app.progress import several
    from diembao.core.settings import default_home
    from diembao.pipeline import restore as restoring
    from diembao.pipeline.worker import utc_now

    place = (home or default_home()).resolve()
    with several(quiet=as_json) as show:
        done = restoring.restore(folder, place, now=utc_now, show=show, key=key)
    indexed = _indexed(place, quiet=as_json) if index else None
    if as_json:
        told = {"home": str(place), "store": done.store, "waiting": done.waiting, "indexed": indexed}
        print_json({**told, **_told(done.manifest)})
        return
    typer.echo(f"Đã khôi phục bản lúc {done.manifest.made_at} vào {place}; kho: {done.store}.")
    if done.manifest.secrets:
        typer.echo(f"Xin đặt lại: {', '.join(done.manifest.secrets)}. Set these secrets again.")
    if not done.manifest.keys:
        typer.echo("Chép khóa đã giữ riêng vào keys/ trước khi chạy. Put the keys that were kept apart into keys/.")
    if done.waiting:
        typer.echo(f"{done.waiting} thư đang chờ sẽ được gửi khi chạy. Messages that wait will leave at the start.")


def move(
    to: Annotated[str, typer.Option(help="Địa chỉ kho mới; “-”: đọc từ đầu vào. The new record's URL; -: from stdin.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Chép kho sang SQLite hoặc PostgreSQL khác khi vẫn đang chạy, rồi so từng bảng. Copy the record, and compare."""
    from diembao.app.progress import several
    from diembao.core.settings import load
    from diembao.pipeline import moving
    from diembao.pipeline.worker import utc_now

    url = sys.stdin.readline(LONGEST).strip() if to == "-" else to
    settings = load(home)
    refuse_lost_demo(settings.home)
    with several(quiet=as_json) as show:
        done = moving.move(settings, url, now=utc_now, show=show)
    if as_json:
        tables = {name: asdict(each) for name, each in done.tallies.items()}
        print_json({"to": done.to, "log": done.head, "behind": done.behind, "running": done.running, "tables": tables})
        return
    rows = sum(each.rows for each in done.tallies.values())
    typer.echo(f"Đã chép {rows} dòng của {len(done.tallies)} bảng sang {done.to}; đọc lại giống từng bảng.")
    if done.behind or done.running:
        came = f"Từ lúc chép đã có thêm {done.behind} dòng nhật ký. " if done.behind else ""
        typer.echo(
            f"{came}Điểm Báo đang chạy: CHƯA chuyển kho được. It runs, {done.behind} lines came: not the time yet."
        )
    typer.echo(
        "Dừng mọi tiến trình (up, run, crawl, worker và mọi web), chạy lệnh này lần nữa tới khi không còn gì mới; rồi"
        " đặt store.url (DIEMBAO_STORE__URL) và khởi động. Stop all processes, every web one too, and run this again"
        " until nothing is new; then set store.url and start."
    )


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ nói sẽ bỏ gì. Only say what would go.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bỏ byte của trang đã hết hạn lưu; bài, mã SHA-256 và chứng cứ của vụ việc giữ nguyên. Let go of old pages."""
    from diembao.core.accounts import CONSOLE
    from diembao.pipeline.retention import let_go, what_is_over
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        found = what_is_over(house, utc_now()) if dry_run else let_go(house, utc_now(), CONSOLE)
    if as_json:
        print_json({"dry_run": dry_run, "kinds": {each.kind: asdict(each) for each in found}})
        return
    typer.echo("Sẽ bỏ (chưa bỏ gì):" if dry_run else "Đã bỏ:")
    for each in found:
        still = f"; {each.needed} bài quá hạn nhưng còn được viện dẫn, giữ nguyên" if each.needed else ""
        typer.echo(f"  {_KINDS[each.kind]}: {each.pages} trang, {each.bytes / _MB:.1f} MB{still}")


def _indexed(home: Path, *, quiet: bool) -> int | None:
    """The embedded copy is made at once; an Elasticsearch of the settings may be another installation's."""
    from diembao.app.progress import counted
    from diembao.pipeline.worker import only_worker, rebuild_index

    with opened(home) as house, only_worker(home):
        if house.settings.index.engine != "embedded":
            return None
        with counted("Lập chỉ mục", house.store.size(), quiet=quiet) as step:
            return rebuild_index(house, step)


def _told(manifest: Manifest) -> dict[str, Any]:
    """Without the list of its files."""
    told = {name: value for name, value in asdict(manifest).items() if name != "files"}
    return told | {"files": len(manifest.files), "bytes": manifest.size}


def _contents(manifest: Manifest) -> str:
    articles = manifest.rows.get("articles", 0)
    return f"{articles} bài, {len(manifest.files)} tệp, {manifest.size / _MB:.1f} MB, lược đồ {manifest.schema}"
