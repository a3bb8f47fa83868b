"""`diembao briefings …`: briefings of the press, and what follows from them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.casework import By
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.app.questions import actor, moment
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.core.briefings import Briefing
    from diembao.pipeline.wiring import Installation

briefings_app = typer.Typer(help="Giao ban báo chí và việc sau đó. Briefings of the press.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="Số. Its number.", min=1)]
CHANGE = "calendar.change"


@briefings_app.command("list")
def list_briefings(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các buổi giao ban, mới nhất trước. Briefings, the latest first."""
    from diembao.app.register_text import meeting
    from diembao.response import register_json

    with opened(home, province=province) as house:
        found = house.store.briefings()
        if as_json:
            print_json({"briefings": [register_json.briefing(each) for each in found]})
            return
        typer.echo("\n".join(meeting(house, each) for each in found) or "Chưa có buổi nào.")


@briefings_app.command("show")
def show_briefing(number: Number, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Một buổi: chương trình, việc phải làm, việc còn mở từ các buổi trước. One briefing, what follows from it."""
    from diembao.app import register_text
    from diembao.response import register_json
    from diembao.response.briefings import Briefings

    with opened(home, province=province) as house:
        seen, today = _briefing(house, number), today_at(house)
        points = house.store.points(briefing=number)
        carried = [point for point, _ in Briefings(house.store, house.profile).carried(seen)]
        if as_json:
            told = {name: [register_json.point(x, today) for x in every] for name, every in _named(points, carried)}
            print_json(register_json.briefing(seen) | told)
            return
        lines = [register_text.meeting(house, seen), *(f"  - {item.title}" for item in seen.agenda)]
        typer.echo("\n".join([*lines, *(register_text.point(house, x, today) for x in (*points, *carried))]))


def _named(points: Any, carried: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 (sequences of points)
    return ("points", points), ("carried", carried)


@briefings_app.command("add")
def add_briefing(  # noqa: PLR0913, PLR0917 (one option each)
    title: Annotated[str, typer.Argument(help="Tên buổi. Its title.")],
    at: Annotated[str, typer.Option(help="Lúc nào, ISO 8601 có múi giờ. When.")],
    place: Annotated[str, typer.Option(help="Địa điểm hoặc đường dẫn. Where.")] = "",
    item: Annotated[list[str] | None, typer.Option(help="Nội dung, lặp lại được; đơn-vị=nội dung. An item.")] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Lên lịch một buổi giao ban. Plan a briefing."""
    from diembao.api.registering import of_unit
    from diembao.response.briefings import Briefings, Wanted

    with opened(home, province=province) as house:
        who, when = actor(house, by, CHANGE, of_unit(house, "")), moment("--at", at)
        if when is None:
            raise WrongUse("--at: thiếu ngày giờ (the time is missing)")
        agenda = tuple(_item(house, each) for each in item or ())
        kept = Briefings(house.store, house.profile).plan(Wanted(title, when, place, agenda), who)
    say({"number": kept.number}, f"Đã lên lịch buổi {kept.number}.", as_json=as_json)


@briefings_app.command("held")
def held(number: Number, by: By = "", province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Buổi này đã họp. It took place."""
    from diembao.api.registering import of_unit
    from diembao.response.briefings import Briefings

    with opened(home, province=province) as house:
        who = actor(house, by, CHANGE, of_unit(house, ""))
        later = Briefings(house.store, house.profile).hold(_briefing(house, number), who)
    say({"number": number, "state": later.state.value}, f"Buổi {number}: đã họp.", as_json=as_json)


@briefings_app.command("point")
def add_point(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    text: Annotated[str, typer.Argument(help="Việc phải làm. What is to be done.")],
    unit: Annotated[str, typer.Option(help="Đơn vị, theo mã. The unit, by its id.")],
    due: Annotated[str, typer.Option(help="Hạn, như 2026-11-30. By which day.")] = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi một việc phải làm sau buổi. Add what is to be done after it."""
    from diembao.api.registering import of_unit
    from diembao.response.briefings import Briefings

    with opened(home, province=province) as house:
        who = actor(house, by, CHANGE, of_unit(house, unit))
        until = day_of("--due", due) if due else None
        kept = Briefings(house.store, house.profile).add_point(number, text, unit, until, who)
    say({"briefing": number, "point": kept.number}, f"Đã ghi việc {kept.number}.", as_json=as_json)


@briefings_app.command("tell")
def tell(  # noqa: PLR0913, PLR0917 (one option each)
    number: Annotated[int, typer.Argument(help="Số của việc. The point's number.", min=1)],
    text: Annotated[str, typer.Argument(help="Tiến độ, hoặc kết quả. How far, or what came of it.")],
    done: Annotated[bool, typer.Option("--done", help="Xong; chữ là kết quả. It is done.")] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Báo tiến độ một việc. Tell how far a point is."""
    from diembao.api.registering import of_unit
    from diembao.response.briefings import Briefings

    with opened(home, province=province) as house:
        seen = house.store.point(number)
        if seen is None:
            raise WrongUse(f"Không có việc {number} (There is no point {number})")
        who = actor(house, by, CHANGE, of_unit(house, seen.unit))
        Briefings(house.store, house.profile).tell(seen, text, who, done=done)
    say({"point": number, "done": done}, f"Việc {number}: {'xong' if done else 'đã ghi'}.", as_json=as_json)


def _briefing(house: Installation, number: int) -> Briefing:
    found = house.store.briefing(number)
    if found is None:
        raise WrongUse(f"Không có buổi giao ban {number} (There is no briefing {number})")
    return found


def _item(house: Installation, typed: str) -> Any:  # noqa: ANN401 (an `AgendaItem`, imported late)
    """``so-nnmt=Nước sông Côn``, or the title alone."""
    from diembao.core.briefings import AgendaItem

    unit, equals, title = typed.partition("=")
    return AgendaItem(title, unit) if equals and unit in house.profile.units else AgendaItem(typed)


def day_of(option: str, typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise WrongUse(f"{option}: ngày viết như 2026-12-10 (a day is written like 2026-12-10)") from error


def today_at(house: Installation) -> date:
    from diembao.pipeline.worker import utc_now
    from diembao.response.foreseen import Calendar

    return Calendar(house.store, house.profile).today(utc_now())


def say(told: dict[str, Any], words: str, *, as_json: bool) -> None:
    print_json(told) if as_json else typer.echo(words)
