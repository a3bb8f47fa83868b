"""`diembao alerts …`: who is told of what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.alert_options import (
    Abroad,
    Case,
    Hour,
    Language,
    Mentions,
    Named,
    Outlets,
    Owner,
    Priority,
    Query,
    Quiet,
    Rhythm,
    Theme,
    Threshold,
    To,
    Unit,
    Weekday,
)
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import Misconfigured, WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diembao.core.subscription import Subscription
    from diembao.pipeline.wiring import Installation
    from diembao.response.subscribing import Asked

alerts_app = typer.Typer(help="Cảnh báo: ai được báo về việc gì. Who is told of what.", no_args_is_help=True)


@alerts_app.command("add")
def add(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    name: Annotated[str, typer.Option(help="Tên, nằm trong đầu đề thư. In the subject of its mails.")],
    query: Query = None,
    to: To = None,
    unit: Unit = None,
    theme: Theme = None,
    outlets: Outlets = None,
    case: Case = None,
    mentions: Mentions = False,
    abroad: Abroad = False,
    rhythm: Rhythm = None,
    hour: Hour = None,
    weekday: Weekday = None,
    language: Language = None,
    quiet: Quiet = None,
    priority: Priority = None,
    threshold: Threshold = None,
    owner: Owner = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Chỉ xem 14 ngày qua sẽ gửi gì, không lưu. Show, do not keep.")
    ] = False,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thêm một cảnh báo. Ask to be told of what a query finds from now on."""
    from diembao.app import alert_text as text
    from diembao.pipeline.alert_json import previewed, told
    from diembao.pipeline.asked import subscribing
    from diembao.pipeline.previewing import preview as replayed
    from diembao.pipeline.worker import utc_now
    from diembao.response.subscribing import Asked

    watched = {"query": query, "unit": unit, "theme": theme, "outlets": outlets, "case": case}
    subject = _subject(**watched, mentions=mentions, abroad=abroad)
    given = {"to": to, "rhythm": rhythm, "hour": hour, "weekday": weekday, "language": language, "quiet": quiet}
    with opened(home, province=province) as house:
        now = utc_now()
        more = given | {"priority": priority, "threshold": threshold, "owner": owner}
        asked = subscribing(house).checked(_with(house, replace(Asked(name), **subject), more), now)
        _refuse_settled(house, asked.name, "chọn tên khác", "choose another name")
        shown = replayed(house, asked, now)
        if not preview:
            house.store.add_subscription(asked, now=now)
        ready, seen, lines = (
            text.mail_is_ready(house, asked),
            previewed(house, asked, shown),
            text.preview(house, asked, shown),
        )
    if as_json:
        more = {"found_so_far": shown.articles, "mail_ready": ready, "saved": not preview}
        print_json({**told(asked), **more, "preview": seen})
        return
    if not preview:
        typer.echo(f"Đã thêm “{asked.name}” ({text.where(asked.to)}); từ nay bài mới sẽ được báo.")
    typer.echo(lines)
    if not ready:
        typer.echo("Chưa đặt mail.host và mail.from: thư sẽ chờ tới khi có (docs/alerts.md).")


@alerts_app.command("list")
def list_all(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các cảnh báo. Who is told of what, and where it is said."""
    from diembao.app.alert_text import line
    from diembao.pipeline.alert_json import told

    with opened(home, province=province) as house:
        every = _all(house)
        names = {each.actor: each.name for each in house.store.accounts()}
    if as_json:
        print_json({"alerts": [told(each) for each in every]})
    else:
        typer.echo("\n".join(line(each, lambda actor: names.get(actor, actor)) for each in every))


@alerts_app.command("change")
def change(  # noqa: PLR0913, PLR0917 (each argument is an option of the command)
    name: Named,
    query: Query = None,
    to: To = None,
    rhythm: Rhythm = None,
    hour: Hour = None,
    weekday: Weekday = None,
    language: Language = None,
    quiet: Quiet = None,
    priority: Priority = None,
    threshold: Threshold = None,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đổi một cảnh báo; điều không nói thì giữ nguyên. Change one; what is not said stays."""
    from diembao.pipeline.alert_json import told
    from diembao.pipeline.asked import subscribing
    from diembao.pipeline.worker import utc_now
    from diembao.response.subscribing import asked_of

    given = {"to": to, "rhythm": rhythm, "hour": hour, "weekday": weekday, "language": language, "quiet": quiet}
    given |= {"priority": priority, "threshold": threshold}
    with opened(home, province=province) as house:
        now, before = utc_now(), _added(house, name)
        asked = replace(asked_of(before), query=query, subject="query", key="") if query else asked_of(before)
        after = subscribing(house).checked(_with(house, asked, given), now)
        kept = replace(after, id=before.id, paused=before.paused, province=before.province)
        dropped = house.store.change_subscription(kept, now=now, version=before.version)
    if as_json:
        print_json({**told(kept), "dropped": dropped})
    else:
        typer.echo(f"Đã đổi “{name}”; {dropped} thư còn chờ không gửi nữa.")


@alerts_app.command("pause")
def pause(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Tạm dừng; thư còn chờ bị bỏ. Nothing is told until it is resumed."""
    _set_paused(name, province, home, paused=True, as_json=as_json)


@alerts_app.command("resume")
def resume(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Báo tiếp, từ bài mới trở đi. Told again, of what comes from now on."""
    _set_paused(name, province, home, paused=False, as_json=as_json)


@alerts_app.command("remove")
def remove(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Bỏ một cảnh báo đã thêm. End one that was added."""
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        _refuse_settled(house, name, "bỏ ở đó", "take it out there")
        dropped = house.store.remove_subscription(name, now=utc_now())
    if as_json:
        print_json({"name": name, "dropped": dropped})
    else:
        typer.echo(f"Đã bỏ “{name}”; {dropped} thư còn chờ không gửi nữa.")


@alerts_app.command("preview")
def show_preview(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Trong 14 ngày qua sẽ gửi gì. What it would have sent in the last 14 days."""
    from diembao.app import alert_text as text
    from diembao.pipeline.alert_json import previewed
    from diembao.pipeline.previewing import preview
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        asked = _one(house, name)
        shown = preview(house, asked, utc_now())
        found, lines = previewed(house, asked, shown), text.preview(house, asked, shown)
    print_json({"name": name, **found}) if as_json else typer.echo(lines)


@alerts_app.command("test")
def try_out(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Gửi thử ngay một thư. Send one now, and say what the server answered."""
    from diembao.app.alert_text import where
    from diembao.pipeline.trying import trials, tried
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        asked = _one(house, name)
        house.store.note(CONSOLE.actor, "alert.test", asked.subject_told, where=CONSOLE.where, now=utc_now())
        answers = [tried(parcel, house.notifiers) for parcel in trials(house, asked, utc_now())]
    if as_json:
        rows = [{"to": each.to.address, "answer": each.said, "sent": each.error is None} for each in answers]
        print_json({"name": name, "answers": rows})
    else:
        typer.echo("\n".join(f"{where([each.to])}: {each.said}" for each in answers))
    failed = [each.error for each in answers if each.error]
    # What a person has to change comes first: it decides the exit code.
    if failed:
        raise next((error for error in failed if isinstance(error, Misconfigured)), failed[0])


# -- what they share ------------------------------------------------------------------------------


def _subject(**given: Any) -> dict[str, Any]:  # noqa: ANN401 (options)
    """The one thing that is to be watched.

    Raises:
        WrongUse: none was named, or several.
    """
    named = {name: value for name, value in given.items() if value not in {None, False}}
    if len(named) != 1:
        ways = "--query, --unit, --theme, --outlets, --case, --mentions, --abroad"
        msg = f"cần đúng một trong {ways} (exactly one of {ways} is needed)"
        raise WrongUse(msg)
    ((name, value),) = named.items()
    if name == "query":
        return {"query": value}
    return {"subject": name, "key": "" if value is True else value}


def _with(house: Installation, asked: Asked, given: dict[str, Any]) -> Asked:
    """Changed by the options that were given."""
    said = {name: value for name, value in given.items() if value is not None}
    if "to" in said:
        said["to"] = said["to"].split(",")
    if said.get("owner"):
        said["owner"] = _actor(house, said["owner"])
    return replace(asked, **said)


def _actor(house: Installation, name: str) -> str:
    found = next((each for each in house.store.accounts() if each.name == name and not each.erased), None)
    if found is None:
        msg = f"không có tài khoản “{name[:60]}” (there is no account '{name[:60]}')"
        raise WrongUse(msg)
    return found.actor


def _set_paused(name: str, province: str, home: Home, *, paused: bool, as_json: bool) -> None:
    from diembao.pipeline.alert_json import told
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        before = _added(house, name)
        after = replace(before, paused=paused)
        dropped = house.store.change_subscription(after, now=utc_now(), version=before.version)
    if as_json:
        print_json({**told(after), "dropped": dropped})
    else:
        done = f"Đã tạm dừng “{name}”; {dropped} thư còn chờ không gửi nữa." if paused else f"“{name}” lại được báo."
        typer.echo(done)


def _all(house: Installation) -> Sequence[Subscription]:
    from diembao.response.alerts import all_subscriptions

    return all_subscriptions(house.settings.alerts, house.store.subscriptions())


def _one(house: Installation, name: str) -> Subscription:
    asked = next((each for each in _all(house) if each.name == name), None)
    if asked is None:
        msg = f"không có cảnh báo “{name}” (there is no alert '{name}'; see `diembao alerts list`)"
        raise WrongUse(msg)
    return asked


def _added(house: Installation, name: str) -> Subscription:
    _refuse_settled(house, name, "sửa ở đó", "change it there")
    return _one(house, name)


def _refuse_settled(house: Installation, name: str, vietnamese: str, english: str) -> None:
    if any(each.name == name for each in house.settings.alerts):
        msg = (
            f"cảnh báo “{name}” nằm trong diembao.toml; {vietnamese}"
            f" (there is an alert '{name}' in diembao.toml; {english})"
        )
        raise WrongUse(msg)
