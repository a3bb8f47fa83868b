"""`diembao add`, `backfill`, `discover`, and `diembao outlets …`: what people do about sources."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from diembao.app.options import AsJson, Home, begun, console_user, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import WrongUse
from diembao.core.ledger import Outcome
from diembao.core.reasons import reason
from diembao.core.sourcing import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diembao.core.article import Outlet
    from diembao.core.ledger import Entry, KnownEntry
    from diembao.pipeline.wiring import Installation

outlets_app = typer.Typer(help="Nguồn tin: kiểm tra, đề xuất. Outlets: looked at, proposed.", no_args_is_help=True)
Id = Annotated[list[str] | None, typer.Option("--outlet", help="Mã nguồn, lặp lại được. Id of an outlet; repeatable.")]
Host = Annotated[str, typer.Argument(help="Tên máy chủ như trong danh sách đề xuất. As in the list of proposals.")]

PATIENCE = 120.0  # seconds for the program at work to come to a page that is asked for
LOOK = 0.5  # seconds between two looks at the books
_KEPT = (Outcome.STORED, Outcome.UNCHANGED, Outcome.DUPLICATE_URL, Outcome.DUPLICATE_TEXT)
_BECAME: dict[Outcome | None, str] = {
    Outcome.STORED: "Đã lưu",
    Outcome.UNCHANGED: "Đã có, không có gì mới",
    Outcome.DUPLICATE_URL: "Đã có, dưới một địa chỉ khác",
    Outcome.DUPLICATE_TEXT: "Đã có, cùng chữ dưới một địa chỉ khác",
    Outcome.NOT_ABOUT: "Không lưu: không nói về tỉnh",
    Outcome.REFUSED: "Không lưu được",
    Outcome.RETRY: "Chưa lấy được, sẽ tự thử lại",
    Outcome.QUARANTINED: "Phải có người xem (diembao quarantine list)",
    None: "Đang chờ: chương trình đang chạy chưa đọc tới, sẽ đọc trong lượt này hoặc lượt sau (xem diembao status)",
}


def add(
    url: Annotated[str, typer.Argument(help="Địa chỉ bài báo. The address of an article.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đưa một bài vào theo địa chỉ. Read one page by its address, on the books like any other.

    Exit code 0: it is in the record; 1: it is not, and why.
    """
    from diembao.pipeline import sourcing

    with opened(home) as house:
        known = _read(house, sourcing.ask_for(house, url, _now()))
    outcome = None if known.pending and known.outcome is not Outcome.RETRY else known.outcome
    why = known.reason if outcome else ""
    if as_json:
        print_json({"url": url, "outcome": outcome.value if outcome else "waiting", "reason": why})
    else:
        typer.echo(": ".join(filter(None, (_BECAME[outcome], reason(why, "vi") if why else ""))))
    if outcome not in _KEPT:
        raise typer.Exit(1)


def _read(house: Installation, entry: Entry) -> KnownEntry:
    """What the books hold of it once it was tried: here, or by the program that is at work on this home; as it is when
    patience is over.
    """
    from diembao.pipeline.worker import only_worker, run_once

    asked = house.store.known([entry.id])[entry.id]
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with only_worker(house.settings.home):
                run_once(house, lambda _: None, by=begun("add"), plan={"sources": False}, last=True)
            return house.store.known([entry.id])[entry.id]
        except WrongUse:  # the one at work takes it up
            known = house.store.known([entry.id])[entry.id]
        tried = not known.pending or (known.outcome is Outcome.RETRY and known.last_seen != asked.last_seen)
        if tried or time.monotonic() > until:
            return known
        time.sleep(LOOK)


def backfill(
    since: Annotated[str, typer.Option("--from", help="Ngày đầu, YYYY-MM-DD. The first day.")],
    until: Annotated[str, typer.Option("--to", help="Ngày cuối. The last day.")] = "",
    outlet: Id = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thu thập bài cũ. Articles of the past, by sitemaps and archives; goes on where it was cut off."""
    from diembao.app.progress import shown
    from diembao.pipeline.foreman import alone
    from diembao.pipeline.worker import only_worker, run_once

    first, last = _day(since), _day(until) if until else _now().date()
    if first > last or last > _now().date() + timedelta(days=1):
        raise WrongUse(f"không có khoảng ngày như vậy: {first} đến {last} (no such period: {first} to {last})")
    with opened(home) as house, only_worker(house.settings.home):
        alone(house)
        chosen = [each.id for each in _chosen(house, outlet)] if outlet else []
        days = [first.isoformat(), last.isoformat()]
        plan = {"sources": False, "backfill": days, "only": chosen}
        house.store.note(CONSOLE.actor, "source.backfill", where=CONSOLE.where, now=_now(), days=days, outlets=chosen)
        with shown(quiet=as_json) as show:
            done = run_once(house, show, by=begun("backfill"), plan=plan, last=True)
    result = done.as_json()
    print_json(result) if as_json else typer.echo(" · ".join(f"{name} {n}" for name, n in result.items()))


def discover(home: Home = None, as_json: AsJson = False) -> None:
    """Tìm báo ngoài danh mục qua GDELT, Google News, Bing News. Outlets and articles outside of the catalogue."""
    from diembao.pipeline import discovering
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        found = discovering.look(house, utc_now, begun("discover"))
    if as_json:
        print_json(found)
        return
    counts = {name: value for name, value in found.items() if name != "failures"}
    typer.echo(" · ".join(f"{name.replace('_', '-')} {value}" for name, value in counts.items()))
    for question, why in found["failures"].items():
        typer.echo(f"! {question}: {why}")
    if found["proposed"]:
        typer.echo("Xem: diembao outlets proposed")


@outlets_app.command("check")
def outlets_check(outlet: Id = None, home: Home = None, as_json: AsJson = False) -> None:
    """Xem từng nguồn có đọc được không. Reach, robots.txt, feeds, newest item, language of each outlet."""
    from diembao.app.progress import counted
    from diembao.pipeline import sourcing
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        chosen = _chosen(house, outlet)
        with counted("Kiểm tra", len(chosen), quiet=as_json) as step:
            reports = sourcing.check(house, chosen, utc_now, step)
    if as_json:
        print_json(reports)
    else:
        typer.echo(
            "\n".join(line for each in chosen for line in _lines(each, reports[each.id], house.profile.timezone))
        )


@outlets_app.command("proposed")
def outlets_proposed(home: Home = None, as_json: AsJson = False) -> None:
    """Nguồn tin được đề xuất, chờ người quyết định. Outlets found outside of the catalogue; a person decides."""
    from dataclasses import asdict

    with opened(home) as house:
        found = house.store.proposals()
    if as_json:
        print_json([asdict(each) for each in found])
        return
    typer.echo(f"{len(found)} đề xuất")
    for each in found:
        where = ", ".join(filter(None, (each.language, each.country, each.via)))
        typer.echo(f"{each.host}  {each.name} ({where}) · {each.seen} bài\n    {each.title or each.url}")


@outlets_app.command("accept")
def outlets_accept(  # noqa: PLR0913, PLR0917 (each is an option)
    host: Host,
    home: Home = None,
    outlet: Annotated[str, typer.Option("--id", help="Mã của nguồn. Its id.")] = "",
    name: Annotated[str, typer.Option(help="Tên báo. Its name.")] = "",
    language: Annotated[str, typer.Option(help="vi, lo, zh-Hans …")] = "",
    country: Annotated[str, typer.Option(help="VN, LA …")] = "",
    feed: Annotated[
        list[str] | None, typer.Option("--feed", help="Nguồn RSS, lặp lại được. A feed; repeatable.")
    ] = None,
) -> None:
    """Đưa nguồn được đề xuất vào danh mục của đơn vị. Write a proposed outlet into outlets.yaml of the home."""
    from diembao.pipeline import sourcing
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        added, path = sourcing.accept(
            house,
            host,
            utc_now,
            by=_who(),
            outlet=outlet,
            name=name,
            language=language,
            country=country,
            feeds=feed or (),
        )
    typer.echo(f"Đã ghi '{added.id}' ({added.name}) vào {path}: {', '.join(added.sources)}")


@outlets_app.command("reject")
def outlets_reject(host: Host, home: Home = None) -> None:
    """Từ chối; lần sau thấy lại cũng không đề xuất nữa. Refuse one; it is not proposed again."""
    with opened(home) as house:
        house.store.decide(host, Decision.REJECTED, by=_who(), now=_now())
    typer.echo(f"Đã từ chối {host}.")


def _chosen(house: Installation, ids: Sequence[str] | None) -> list[Outlet]:
    unknown = [each for each in ids or () if each not in house.outlets]
    if unknown:
        raise WrongUse(f"'{unknown[0]}' không có trong danh mục ('{unknown[0]}' is not in the catalogue)")
    return [house.outlets[each] for each in ids] if ids else list(house.crawled)


def _lines(outlet: Outlet, report: Mapping[str, Any], zone: str) -> list[str]:
    """One for the outlet, one for each of its sources that is not well; times in the province's ``zone``."""
    language = report["language"]
    strange = (
        f", ngôn ngữ {language} chứ không phải {outlet.language}"
        if not same_language(language, outlet.language)
        else ""
    )
    newest = _clock(report["newest"], zone) if report["newest"] else "không rõ ngày"
    mark = "✓" if report["well"] and not strange else "!" if report["reached"] else "✗"
    bad = [f"    {each['source']}: {each['why']}" for each in report["sources"] if each["why"]]
    entries = sum(each["entries"] for each in report["sources"])
    return [f"{mark} {outlet.id}: {entries} mục, mới nhất {newest}{strange}", *bad]


def same_language(found: str, declared: str) -> bool:
    """Nothing found is no contradiction, nor is zh-Hans of an outlet that declares zh."""
    return not found or f"{found}-".startswith(f"{declared}-") or f"{declared}-".startswith(f"{found}-")


def _clock(iso: str, zone: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(
            f"'{text}' không phải là ngày; viết như 2026-11-21 ('{text}' is no day; write it as 2026-11-21)"
        ) from error


def _who() -> str:
    return f"person:{console_user()}"


def _now() -> datetime:
    return datetime.now(UTC)
