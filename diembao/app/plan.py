"""`diembao plan …`: a plan's document becomes tasks with units and times."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diembao.app.options import AsJson, Home, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.plan.importer import ImportedPlan

plan_app = typer.Typer(
    help="Kế hoạch của tỉnh: nhiệm vụ, đơn vị, thời gian. The province's plan.", no_args_is_help=True
)

Document = Annotated[Path, typer.Argument(help="Văn bản kế hoạch: .docx, .pdf, .txt. The plan's document.")]
Province = Annotated[str, typer.Option(help="Hồ sơ tỉnh (mặc định: theo cài đặt). The profile whose units are meant.")]
Write = Annotated[bool, typer.Option("--write", help="Lưu thành bản nháp để xác nhận. Keep as a draft to confirm.")]
Replace = Annotated[bool, typer.Option("--replace", help="Thay bản nháp đang chờ. Instead of the draft that waits.")]


@plan_app.callback()
def _group() -> None:
    """So that `import` stays a word of its own."""


@plan_app.command("begin")
def begin(
    name: Annotated[str, typer.Argument(help="Tên tỉnh, như “Nghệ An”. The province's name.")],
    city: Annotated[
        list[str] | None, typer.Option("--city", help="Thành phố, thị xã lớn; lặp lại được. Towns.")
    ] = None,
    level: Annotated[str, typer.Option(help="tỉnh hoặc thành phố (mặc định: theo tên, rồi tỉnh). Its level.")] = "",
    home: Home = None,
) -> None:
    """Viết hồ sơ đầu tiên của một tỉnh mới để sửa tiếp. Write the first files of a province, to be mended."""
    from diembao.core.settings import default_home
    from diembao.pipeline.worker import utc_now
    from diembao.plan import beginning
    from diembao.plan.reader import profile

    if level not in {"", "tỉnh", "thành phố"}:
        raise WrongUse("--level: tỉnh hoặc thành phố (either of the two)")
    folder = (home or default_home()).resolve() / "plan"
    today = utc_now().date().isoformat()
    province, files = beginning.begin(folder, name, level=level, cities=city or [], checked=today)
    profile(province, folder)  # what was written is read at once
    for path in files:
        typer.echo(f"Đã viết {path}")
    typer.echo(
        f'Đặt province = "{province}" trong diembao.toml (hoặc thêm vào provinces), rồi đọc docs/new-province.md.'
    )


@plan_app.command("import")
def import_plan(
    file: Document,
    province: Province = "",
    write: Write = False,
    replace: Replace = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Đọc một kế hoạch thành nhóm, nhiệm vụ, phân công, kỳ báo cáo. Read a plan's document."""
    from diembao.paper.reading import lines_of
    from diembao.plan.importer import read_plan

    try:
        lines = lines_of(file.read_bytes(), file.name)
    except OSError as error:
        raise WrongUse(f"{file}: {error.strerror}") from error
    plan = read_plan(lines)
    kept = _keep(plan, lines, file.name, province, home, replace=replace) if write else None
    if as_json:
        print_json({**plan.as_json(), **({"draft": str(kept)} if kept else {})})
        return
    _tell(plan)
    if kept:
        typer.echo(f"Đã lưu bản nháp {kept}. Mở Kế hoạch trên trang web để đối chiếu và xác nhận.")
    else:
        typer.echo("Thêm --write để lưu thành bản nháp, --json để lấy toàn bộ.")


def _keep(
    plan: ImportedPlan, lines: list[str], source: str, province: str, home: Path | None, *, replace: bool
) -> Path:
    from diembao.core.settings import load
    from diembao.pipeline.wiring import open_installation
    from diembao.pipeline.worker import utc_now
    from diembao.plan import drafts
    from diembao.plan.reader import profile

    with open_installation(load(home)) as house:
        about = profile(province, house.plan_folder) if province else house.profile
        now, of = utc_now(), f"plan:{about.plan or about.id}"
        if not replace and (waiting := drafts.load(house.plan_folder, about.plan or about.id)):
            raise WrongUse(
                f"Đang có bản nháp từ “{waiting.source}” chờ xác nhận; không ghi đè. Xác nhận hoặc bỏ bản ấy trước,"
                " hoặc thêm --replace. / A draft waits already; nothing was written (--replace takes its place)."
            )
        found = drafts.draft_of(plan, about, source=source, lines=lines, now=now)
        with house.store.noted(CONSOLE.actor, "plan.read", of, where=CONSOLE.where, now=now):
            return drafts.save(house.plan_folder, found)


def _tell(plan: ImportedPlan) -> None:
    typer.echo(
        f"{len(plan.groups)} nhóm, {len(plan.tasks)} nhiệm vụ, {len(plan.duties)} mục phân công,"
        f" {len(plan.reports)} kỳ báo cáo."
    )
    for task in plan.tasks:
        typer.echo(f"{task.number}\t{', '.join(task.lead)}\t{task.period.words}\t{task.title}")
    for doubt in plan.doubts:
        typer.echo(f"? {doubt}")
