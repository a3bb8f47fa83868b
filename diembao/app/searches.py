"""`diembao search` and `diembao searches …`: articles for a query, and queries kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.indexing import Engine
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.core.saved import SavedSearch
    from diembao.pipeline.wiring import Installation

searches_app = typer.Typer(help="Câu tìm đã lưu. Searches kept under a name.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="Tên câu tìm. Its name.")]
BY = "person:local"


def search(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    query: Annotated[str, typer.Argument(help="Như trong ô tìm của trang web. As typed on the dashboard.")],
    province: Province = "",
    home: Home = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    engine: Engine = "",
    any_of: Annotated[bool, typer.Option("--any", help="Một câu hỏi: bài có từ nào cũng được. A question.")] = False,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Một câu hỏi: cả bài tiếng khác, theo nghĩa. In other languages too.")
    ] = False,
    within: Annotated[str, typer.Option(help="Với --meaning: chỉ trong các bài của câu tìm này. Among these.")] = "",
    save: Annotated[str, typer.Option(help="Lưu câu này dưới một tên. Keep the query under a name.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Thay câu cùng tên. Replace one of that name.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tìm bài. Search the articles."""
    from diembao.app.meaning import search_by_meaning
    from diembao.app.status import found_as_text, search_articles
    from diembao.pipeline.worker import utc_now
    from diembao.response.searches import saved

    with opened(home, engine=engine, province=province) as house:
        _refuse_empty(house, engine)
        now, zone = utc_now(), house.profile.timezone
        _refuse(question=any_of or meaning, meaning=meaning, within=within, save=save)
        if meaning:
            found = search_by_meaning(house, query, within, limit, now)
        else:
            found = search_articles(house, query, limit, now, any_of=any_of)
        if save:
            kept = saved(save, query, house.vocabulary, by=BY, now=now)
            house.store.save_search(kept, replace=replace)
            found["saved"] = kept.name
    if as_json:
        print_json(found)
        return
    typer.echo(found_as_text(found, zone))
    if save:
        typer.echo(f'Đã lưu câu tìm “{found["saved"]}”; dùng lại: lưu:"{found["saved"]}"')


def _refuse_empty(house: Installation, engine: str) -> None:
    """One that was named, and that nothing was put into yet."""
    if engine and house.store.bookmark("index") and not house.index.position():
        msg = (
            f"chỉ mục '{engine}' còn trống: đặt index.engine rồi chạy `diembao index rebuild`"
            f" (the index '{engine}' is empty: set index.engine to it and run `diembao index rebuild`)"
        )
        raise WrongUse(msg)


def _refuse(*, question: bool, meaning: bool, within: str, save: str) -> None:
    """Options that do not go together."""
    if question and save:
        msg = (
            "câu hỏi không lưu được: --any, --meaning và --save không đi cùng nhau"
            " (a question cannot be saved: --any, --meaning and --save do not go together)"
        )
        raise WrongUse(msg)
    if within and not meaning:
        msg = "--within chỉ đi cùng --meaning (--within goes with --meaning only)"
        raise WrongUse(msg)


@searches_app.command("list")
def list_all(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các câu tìm đã lưu. All of them."""
    from diembao.response.searches import prepared

    with opened(home, province=province) as house:
        kept = house.store.saved_searches()
        rows = [_told(each) for each in (*kept, *prepared(house.profile, kept))]
    if as_json:
        print_json({"searches": rows})
    else:
        typer.echo("\n".join(f"{row['name']}: {row['query']}" for row in rows) or "Chưa lưu câu tìm nào.")


@searches_app.command("show")
def show(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Một câu tìm: lời văn, cây, số bài. One of them: its text, what it means, how many articles."""
    from diembao.core.query import unparse
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        kept = house.vocabulary.search(name)
        if kept is None:
            near = house.vocabulary.nearest("saved", name)
            msg = f"Không có câu tìm tên “{name}”{near} (there is no search '{name}')"
            raise WrongUse(msg)
        tree = house.query(kept.query, utc_now())
        row = {**_told(kept), "means": unparse(tree), "total": house.index.count(tree)}
    if as_json:
        print_json(row)
    else:
        typer.echo(f"{row['name']}: {row['query']}\n  = {row['means'] or '*'}\n  {row['total']} bài")


@searches_app.command("remove")
def remove(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Xóa một câu tìm đã lưu. Remove one."""
    from diembao.pipeline.worker import utc_now
    from diembao.response.alerts import all_subscriptions
    from diembao.response.searches import remove as removed

    with opened(home, province=province) as house:
        asked = all_subscriptions(house.settings.alerts, house.store.subscriptions())
        removed(name, house.store, house.vocabulary, asked, now=utc_now())
    print_json({"removed": name}) if as_json else typer.echo(f"Đã xóa câu tìm “{name}”.")


def _told(kept: SavedSearch) -> dict[str, Any]:
    return {"name": kept.name, "query": kept.query, "version": kept.version, "by": kept.by, "at": kept.at.isoformat()}
