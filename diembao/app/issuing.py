"""`diembao cases approve|issue|retract|forms`: the second person's approval and the documents, at the command line.

All need an account that ``--by`` names: nobody in particular approves, issues or takes back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diembao.app.casework import By, Number, cases_app
from diembao.app.desking import say, warn, working
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import Misconfigured


@cases_app.command("approve")
def approve(
    number: Number,
    version: Annotated[int, typer.Option(help="Bản đã đọc. The version that was read.")],
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Phê duyệt một bản do người khác soạn. Approve a version that others wrote."""
    with working(number, "answer.approve", by, province, home) as here:
        here.statements.approve(here.found.case, version, here.actor)
        warn(here)
    say({"number": number, "approved": version}, f"Đã phê duyệt bản {version} của {number}.", as_json=as_json)


@cases_app.command("issue")
def issue(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    to: Annotated[str, typer.Option(help="Nơi nhận, hoặc nơi đăng. Who receives it, or where it stands.")],
    out: Annotated[Path, typer.Option(help="Thư mục để ghi văn bản. The folder for its documents.")],
    channel: Annotated[str, typer.Option(help="Hình thức; mặc định như dự thảo. Else the draft's form.")] = "",
    registered: Annotated[int | None, typer.Option(help="Số văn bản. The registry's number.")] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Phát hành bản đã duyệt: lập văn bản, ghi nơi nhận. Không gửi gì đi. Issue what was approved; nothing is sent."""
    from diembao.plan.answers import answers
    from diembao.response import issuing
    from diembao.response.statements import Leaving

    with working(number, "answer.issue", by, province, home) as here:
        house, case = here.house, here.found.case
        known = answers(house.plan_folder, house.profile)
        wanted = channel or (here.found.draft.form if here.found.draft else "")
        leaving = Leaving(wanted, to, registered)
        made = issuing.of_case(house.store, house.profile, known, case, leaving, now=here.actor.now)
        done = here.statements.issue(case, leaving, made, here.actor)
        paths = [_written(out / f"{number}-{done.number}{ending}", data) for ending, data in made.items()]
    told = {"number": number, "issue": done.number, "version": done.version, "files": [str(path) for path in paths]}
    say(told, f"Đã phát hành bản {done.version}: {', '.join(map(str, paths))}", as_json=as_json)


@cases_app.command("retract")
def retract(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    issued: Annotated[int, typer.Option("--issue", help="Lần phát hành nào. Which issue.")],
    why: Annotated[str, typer.Option(help="Vì sao. Why.")],
    successor: Annotated[int, typer.Option(help="Lần phát hành thay cho nó. The issue in its place.")] = 0,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thu hồi, đính chính câu trả lời đã phát hành; văn bản cũ vẫn giữ. Take an issued statement back."""
    with working(number, "answer.approve", by, province, home) as here:
        here.statements.retract(here.found.case, issued, why, here.actor, successor=successor)
    told = {"number": number, "retracted": issued, "successor": successor or None}
    say(told, f"Đã thu hồi lần phát hành {issued} của {number}.", as_json=as_json)


@cases_app.command("forms")
def list_forms(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các hình thức trả lời báo chí. The forms of answering the press."""
    from diembao.plan.answers import answers

    with opened(home, province=province) as house:
        known = answers(house.plan_folder, house.profile)
    if as_json:
        forms = {key: {"name": form.name, "name_en": form.name_en} for key, form in known.forms.items()}
        print_json({"source": known.source, "checked": known.checked, "forms": forms})
        return
    typer.echo(f"{known.source} (kiểm tra {known.checked:%d/%m/%Y})")
    typer.echo("\n".join(f"{key}: {form.name}" for key, form in known.forms.items()))


def _written(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise Misconfigured(f"không ghi được {path}: {error.strerror} ({path} cannot be written)") from error
    return path
