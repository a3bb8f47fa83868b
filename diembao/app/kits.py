"""`diembao kits …`: facts that are kept ready to explain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import WrongUse
from diembao.core.reasons import reason

if TYPE_CHECKING:
    from diembao.core.kits import Fact
    from diembao.pipeline.wiring import Installation
    from diembao.plan.office import Kit

kits_app = typer.Typer(
    help="Tài liệu nền: dữ kiện chính thức, có nguồn và hạn dùng. Official facts, kept ready.", no_args_is_help=True
)
Named = Annotated[str, typer.Argument(help="Bộ tài liệu, như human-rights. A kit, by its id.")]
Number = Annotated[int, typer.Argument(help="Số của mục. Its number.")]
# What became of the entries of a feed.
BECAME = {
    "added": "mới",
    "replaced": "thay mục cũ",
    "unchanged": "không đổi",
    "kept": "giữ theo người của cơ quan",
    "aside": "để riêng",
    "ended": "mục cũ đã hết",
}
STATES = {"now": "", "not-yet": " [CHƯA HIỆU LỰC]", "expired": " [HẾT HẠN]"}


@kits_app.command("list")
def list_all(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các bộ tài liệu của tỉnh. The kits of the province."""
    with opened(home, province=province) as house:
        facts = house.store.facts()
        rows = [
            {"id": kit.id, "vi": kit.vi, "en": kit.en, "theme": kit.theme, "count": sum(x.kit == kit.id for x in facts)}
            for kit in house.profile.kits
        ]
    if as_json:
        print_json({"kits": rows})
        return
    typer.echo("\n".join(f"{row['id']}\t{row['vi']}\t{row['count']} mục" for row in rows))


@kits_app.command("show")
def show(kit: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các mục của một bộ, cả mục hết hạn. Its facts, those that are over too, marked."""
    with opened(home, province=province) as house:
        its, today = _kit(house, kit), _today(house)
        facts = house.store.facts(its.id)
    rows = [_told(each, today) for each in facts]
    if as_json:
        print_json({"id": its.id, "vi": its.vi, "en": its.en, "facts": rows})
        return
    for fact, row in zip(facts, rows, strict=True):
        days = f" ({_said(fact.start)} – {_said(fact.end)})" if fact.start or fact.end else ""
        typer.echo(f"{row['number']} [{row['language']}]{STATES[row['holds']]} {row['text']}{days}")
        typer.echo(f"    Nguồn: {row['source']} {row['url']}".rstrip())
    if not rows:
        typer.echo(f"Chưa có mục nào: diembao kits add {its.id} NỘI-DUNG --source NGUỒN")


@kits_app.command("add")
def add(  # noqa: PLR0913, PLR0917 (one option each)
    kit: Named,
    text: Annotated[str, typer.Argument(help="Nội dung. What holds.")],
    source: Annotated[str, typer.Option(help="Văn bản hay cơ quan nói vậy. The document or office that says so.")],
    url: Annotated[str, typer.Option(help="Địa chỉ của nguồn. Where it can be read.")] = "",
    language: Annotated[str, typer.Option(help="Ngôn ngữ: vi, en, zh-Hans … Its language.")] = "vi",
    first: Annotated[str, typer.Option("--from", help="Từ ngày, như 2026-01-01. From which day.")] = "",
    last: Annotated[str, typer.Option("--to", help="Đến hết ngày. To the end of which day.")] = "",
    instead: Annotated[int, typer.Option(help="Thay cho mục số này. In the place of that one.")] = 0,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thêm một mục. Add a fact."""
    from diembao.core.kits import Fact
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        fact = Fact(_kit(house, kit).id, language, text, source, url, _day("--from", first), _day("--to", last))
        number = house.store.add_fact(fact, CONSOLE, utc_now(), instead=instead)
    print_json({"number": number}) if as_json else typer.echo(f"Đã thêm mục số {number}.")


@kits_app.command("end")
def end(number: Number, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Bỏ một mục; nội dung cũ vẫn giữ. End a fact; what it was is kept."""
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        house.store.end_fact(number, CONSOLE, utc_now())
    print_json({"ended": number}) if as_json else typer.echo(f"Đã bỏ mục số {number}.")


@kits_app.command("feeds")
def feeds(home: Home = None, as_json: AsJson = False) -> None:
    """Nguồn dữ kiện tự đọc ([[facts.feeds]]): đọc lúc nào, được gì. Feeds of facts, and their latest reading."""
    from diembao.pipeline.fact_feeds import as_json as told
    from diembao.pipeline.fact_feeds import every, named

    with opened(home) as house:
        _ = named(house)  # one that cannot be is told
        rows = [told(feed, known) for feed, known in every(house)]
    if as_json:
        print_json({"feeds": rows})
        return
    typer.echo("\n".join(map(_reading, rows)) or "Chưa có nguồn nào: thêm [[facts.feeds]] vào diembao.toml.")


@kits_app.command("fetch")
def fetch(
    names: Annotated[list[str] | None, typer.Argument(help="Tên nguồn; trống: tất cả. Feeds; none: all.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đọc ngay các nguồn dữ kiện; nói rõ mục nào mới, mục nào để riêng và vì sao. Read feeds of facts now.

    Exit code 1: one could not be read; the others were.
    """
    from diembao.pipeline import fact_feeds
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        done = fact_feeds.fetch(house, fact_feeds.only(house, names or ()), utc_now)
        rows = [fact_feeds.as_json(feed, known) for feed, known in done]
    if as_json:
        print_json({"feeds": rows})
    else:
        typer.echo("\n".join(map(_reading, rows)))
    if any(row["failures"] for row in rows):
        raise typer.Exit(1)


def _reading(row: dict[str, Any]) -> str:
    """A line for the feed, one for each entry that was set aside."""
    head = f"{row['name']} ({row['kit']}, {row['source']}): "
    if row["outcome"] is None:
        return head + "chưa đọc lần nào"
    if row["failures"]:
        return head + f"KHÔNG ĐỌC ĐƯỢC ({row['outcome']}), {row['failures']} lần liền: {reason(row['why'], 'vi')}"
    if row["outcome"] == "unchanged":
        return head + "máy chủ báo không có gì mới"
    counts = ", ".join(f"{row['counts'][key]} {word}" for key, word in BECAME.items() if row["counts"].get(key))
    lines = [head + f"{row['entries']} mục" + (f": {counts}" if counts else "")]
    return "\n".join([*lines, *(f"    để riêng: {each['why']}" for each in row["aside"])])


def _kit(house: Installation, named: str) -> Kit:
    found = next((each for each in house.profile.kits if each.id == named), None)
    if found is None:
        known = ", ".join(each.id for each in house.profile.kits)
        raise WrongUse(f"Không có bộ tài liệu '{named}'; có: {known} (there is no kit '{named}')")
    return found


def _today(house: Installation) -> date:
    from diembao.pipeline.worker import utc_now

    return utc_now().astimezone(ZoneInfo(house.profile.timezone)).date()


def _day(option: str, typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise WrongUse(f"{option}: ngày viết như 2026-11-13 (a day is written like 2026-11-13)") from error


def _said(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"


def _told(fact: Fact, today: date) -> dict[str, Any]:
    return {
        "number": fact.number,
        "language": fact.language,
        "text": fact.text,
        "source": fact.source,
        "url": fact.url,
        "from": fact.start.isoformat() if fact.start else None,
        "to": fact.end.isoformat() if fact.end else None,
        "holds": fact.holds(today).value,
        "by": fact.by,
        "at": fact.at,
    }
