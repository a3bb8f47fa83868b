"""`diembao cases …`: the desk from the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.api.rights import Visitor
    from diembao.core.case import Case, CaseQuery
    from diembao.pipeline.wiring import Installation

cases_app = typer.Typer(help="Vụ việc: mở, xem, ghi chú. Cases: open, read, note.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="Số vụ việc, như VV-2026-0042. Its number.")]
By = Annotated[str, typer.Option("--by", help="Tên tài khoản của người làm. The account of who acts, by its name.")]


@cases_app.command("list")
def list_all(  # noqa: PLR0913, PLR0917 (one option each)
    state: Annotated[str, typer.Option(help="new, taken, verifying, drafting, awaiting-approval, issued, …")] = "",
    unit: Annotated[str, typer.Option(help="Đơn vị chủ trì. Unit in charge, by its id.")] = "",
    late: Annotated[bool, typer.Option("--late", help="Chỉ vụ trễ hạn. Only the late ones.")] = False,
    query: Annotated[str, typer.Option(help="Như trong ô tìm của trang web. As typed on the dashboard.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các vụ việc, đến hạn trước ở trên. Cases, those due soonest first."""
    from diembao.app.case_text import told
    from diembao.pipeline.case_finding import found_by
    from diembao.pipeline.worker import utc_now
    from diembao.response.case_json import summary

    with opened(home, province=province) as house:
        now = utc_now()
        numbers = found_by(house, house.query(query, now)) if query.strip() else None
        asked = replace(_asked(house, state, unit, now if late else None), numbers=numbers)
        total, found = house.store.cases(asked, limit=limit)
        if as_json:
            print_json({"total": total, "cases": [summary(case, now) for case in found]})
            return
        typer.echo("\n".join([f"{total} vụ việc", *(told(house, case, now) for case in found)]))


@cases_app.command("show")
def show(number: Number, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Một vụ việc, cả nhật ký. One case, its log too."""
    from diembao.app.case_text import all_of
    from diembao.pipeline.worker import utc_now
    from diembao.response.case_json import whole

    with opened(home, province=province) as house:
        found = house.store.case_file(number)
        if found is None:
            raise no_case(number)
        print_json(whole(found, utc_now())) if as_json else typer.echo(all_of(house, found, utc_now()))


@cases_app.command("open")
def open_one(  # noqa: PLR0913, PLR0917 (one option each)
    article: Annotated[str, typer.Argument(help="Số hay địa chỉ của bài. An article's id or address.")] = "",
    title: Annotated[str, typer.Option(help="Tên; mặc định là tiêu đề bài. Its title; else the article's.")] = "",
    unit: Annotated[str, typer.Option(help="Đơn vị chủ trì; mặc định theo chủ đề. Else by the theme.")] = "",
    priority: Annotated[str, typer.Option(help="urgent, high, normal")] = "normal",
    another: Annotated[
        bool, typer.Option("--another", help="Dù bài đã thuộc một vụ đang mở. Though it is in an open case.")
    ] = False,
    said: Annotated[str, typer.Option(help="Điều người gọi nói, khi chưa có bài. What a caller said.")] = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Mở một vụ việc từ một bài báo, hoặc từ điện thoại. Open a case about an article, or after a phone call."""
    from dataclasses import replace

    from diembao.api.casework import allowed, is_foreign
    from diembao.api.rights import Act, Thing, require
    from diembao.app.case_text import told
    from diembao.app.finding import article_named
    from diembao.core.case import Details, Priority
    from diembao.core.desk import Opening, Origin
    from diembao.pipeline.worker import utc_now
    from diembao.response.case_json import summary
    from diembao.response.cases import Actor, Desk

    with opened(home, province=province) as house:
        now = utc_now()
        who = named(house, by)
        item = article_named(house, article) if article else None
        if item is None and not said.strip():
            raise WrongUse("Nêu một bài, hoặc --said điều người gọi nói (Name an article, or say what a caller said)")
        if priority not in set(Priority):
            raise none_of("--priority", priority, Priority)
        desk = Desk(house.store, house.profile)
        proposed = desk.proposal(item, now) if item else Details("", "")
        details = replace(
            proposed, title=title or proposed.title, unit=unit or proposed.unit, priority=Priority(priority)
        )

        def shown(case: Case) -> bool:
            return who.account is None or allowed(house, who, Act.READ_CASE, case)

        if who.account is not None:
            foreign = item is not None and is_foreign(house, item)
            require(who, Act.OPEN_CASE, Thing(house.profile.id, (details.unit,), foreign))
        actor, opening = Actor(who.actor, now, who.where), Opening(Origin.ARTICLE if item else Origin.PHONE, said)
        ids = [item.article.id] if item else []
        case = desk.open(details, ids, actor, another=another, shown=shown, opening=opening)
        print_json(summary(case, now)) if as_json else typer.echo(told(house, case, now))


@cases_app.command("note")
def note(
    number: Number,
    text: Annotated[str, typer.Argument(help="Ghi chú. The note.")],
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi chú vào một vụ việc; @tên gọi một tài khoản. Write a note on a case; @name calls an account."""
    from functools import partial

    from diembao.api.casework import reads
    from diembao.app.desking import working
    from diembao.response.cases import Desk

    with working(number, "case.work", by, province, home) as here:
        now = here.actor.now
        Desk(here.house.store, here.house.profile).note(number, text, here.actor, reads=partial(reads, here.house))
    print_json({"number": number, "at": now}) if as_json else typer.echo(f"Đã ghi chú vào {number}.")


def _asked(house: Installation, state: str, unit: str, late_at: datetime | None) -> CaseQuery:
    from diembao.core.case import CaseQuery, CaseState

    if state and state not in set(CaseState):
        raise none_of("--state", state, CaseState)
    if unit and unit not in house.profile.units:
        known = ", ".join(house.profile.units)
        raise WrongUse(f"Không có đơn vị '{unit[:40]}'; có: {known} (There is no unit '{unit[:40]}' in the profile)")
    return CaseQuery((CaseState(state),) if state else (), (unit,) if unit else (), late_at)


def named(house: Installation, by: str) -> Visitor:
    """The account of this name, with what it may do; without a name, whoever sits at this machine.

    Raises:
        WrongUse: no account of this name can come in.
    """
    from diembao.api.names import typed
    from diembao.api.rights import Standing, Visitor
    from diembao.core.accounts import CONSOLE

    if not by:
        return Visitor("person:local", CONSOLE.where, ())
    known = house.store.account_named(typed(by))
    if known is None:
        raise WrongUse(
            f"Không có tài khoản '{by[:40]}'; xem `diembao accounts list`, hoặc bỏ --by"
            f" (There is no account '{by[:40]}'; see `diembao accounts list`, or leave --by out)"
        )
    account = known[0]
    return Visitor(account.actor, CONSOLE.where, (Standing.SIGNED_IN,), account.grants, account=account.number)


def no_case(number: str) -> WrongUse:
    return WrongUse(
        f"Không có vụ việc '{number[:40]}'; xem `diembao cases list`"
        f" (There is no case '{number[:40]}'; see `diembao cases list`)"
    )


def none_of(option: str, given: str, known: Iterable[str]) -> WrongUse:
    told = ", ".join(known)
    return WrongUse(f"{option} là một trong: {told}; không có '{given[:40]}' ({option} is one of these)")
