"""`diembao model`: what judges here, what people's corrections taught it, and the way back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.kept_aside import figures, kept_aside
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE

if TYPE_CHECKING:
    from diembao.pipeline.asking import Question
    from diembao.pipeline.heads import Version

model_app = typer.Typer(
    help="Mô hình chủ đề và thái độ, học từ nhãn người sửa. The heads that corrections teach.", no_args_is_help=True
)


@model_app.command("card")
def card(home: Home = None, as_json: AsJson = False) -> None:
    """Mô hình đang đánh giá: học từ đâu, đo được bao nhiêu. What judges now, and how well."""
    from diembao.pipeline.model_card import card_of

    with opened(home) as house:
        found = card_of(house)
    if as_json:
        print_json(found)
        return
    typer.echo(f"Mô hình {_name(found['number'])}" + (" · người chọn, máy không tự thay" if found["held"] else ""))
    for name, version in found["heads"].items():
        typer.echo(f"  {name}: {version}")
    for line in figures(found["figures"], found["floors"]):
        typer.echo(f"  {line}")


@model_app.command("history")
def history(home: Home = None, as_json: AsJson = False) -> None:
    """Các lần học lại, mới nhất trước. Every retraining that is kept, the newest first."""
    with opened(home) as house:
        judging = house.heads.judging()
        found = house.heads.history()
    number = int(judging.name) if judging else 0
    if as_json:
        print_json({"judging": number, "versions": [asdict(version) for version in found]})
        return
    for version in found:
        typer.echo(_line(version, judges=version.number == number))
    typer.echo("0 · mô hình đi kèm chương trình" + (" · đang đánh giá" if number == 0 else ""))


@model_app.command("rollback")
def rollback(
    number: Annotated[
        int | None, typer.Argument(help="Số trong history; 0: mô hình đi kèm. Empty: the one before.", min=0)
    ] = None,
    home: Home = None,
) -> None:
    """Quay về một mô hình cũ; giữ tới khi `retrain`. Go back to an older model, which stays until `retrain`."""
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        chosen = house.heads.before(house.heads.current().number) if number is None else number
        with house.store.noted(CONSOLE.actor, "model.rollback", f"model:{chosen}", where=CONSOLE.where, now=utc_now()):
            house.heads.use(chosen, held=True)
    typer.echo(f"Từ nay mô hình {_name(chosen)} đánh giá; các bài được đánh giá lại trong nền.")


@model_app.command("retrain")
def retrain(home: Home = None, as_json: AsJson = False) -> None:
    """Học lại ngay từ nhãn người sửa. Learn from people's labels now, changed or not."""
    from diembao.pipeline.teaching import teach
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        house.store.note(CONSOLE.actor, "model.retrain", where=CONSOLE.where, now=utc_now())
        version = teach(house, utc_now(), again=True)
    if as_json:
        print_json(asdict(version) if version else {"number": 0})
    elif version is None:
        typer.echo("Chưa có nhãn nào người sửa: mô hình đi kèm đánh giá.")
    else:
        typer.echo(_line(version, judges=bool(version.taken)))


@model_app.command("ask")
def ask(
    province: Province = "",
    home: Home = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Số bài. How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Những bài mà nhãn của người sẽ dạy máy nhiều nhất. The articles whose label would teach most."""
    from diembao.pipeline.asking import questions
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        found = questions(house, utc_now(), limit)
    if as_json:
        print_json({"articles": [_asked(one) for one in found]})
        return
    for one in found:
        article = one.item.article
        typer.echo(f"{one.worth:.2f} · {article.id} · {article.title}\n    {' / '.join(one.torn)} · {one.theme}")


def _asked(one: Question) -> dict[str, Any]:
    article = one.item.article
    shown = {"id": article.id, "url": article.url, "title": article.title, "outlet": article.outlet}
    return {**shown, "worth": one.worth, "stances": list(one.torn), "theme": one.theme}


def _name(number: int) -> str:
    return f"số {number}" if number else "đi kèm chương trình"


def _line(version: Version, *, judges: bool) -> str:
    taught = f"{version.number} · {version.at} · {version.themes} bài sửa chủ đề, {version.stances} bài sửa thái độ"
    told = f"{taught} · {version.seconds} s" + (" · đang đánh giá" if judges else "")
    return "\n    ".join([told, *kept_aside(version)])
