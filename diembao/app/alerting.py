"""`diembao alerts …`: who is told of what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import DiembaoError, Misconfigured, Refused, Retry, WrongUse

if TYPE_CHECKING:
    from diembao.core.alert import Parcel, Recipient
    from diembao.core.subscription import Subscription
    from diembao.pipeline.wiring import Installation

alerts_app = typer.Typer(help="Cảnh báo: ai được báo về việc gì. Who is told of what.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="Tên cảnh báo. Its name.")]


@alerts_app.command("add")
def add(
    name: Annotated[str, typer.Option(help="Tên, nằm trong đầu đề thư. In the subject of its mails.")],
    query: Annotated[str, typer.Option(help="Như trong ô tìm của trang web. As typed on the dashboard.")],
    to: Annotated[str, typer.Option(help="a@x,b@y; trống: vào thư mục. Without: the alert folder.")] = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thêm một cảnh báo. Ask to be told of what a query finds from now on."""
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        from diembao.core.alert import Channel
        from diembao.pipeline.asked import subscribing
        from diembao.response.subscribing import Asked

        now = utc_now()
        asked = subscribing(house).checked(Asked(name, query, to.split(",")), now)
        found = house.index.count(house.query(asked.query, now))
        if any(each.name == asked.name for each in house.settings.alerts):
            msg = f"there is an alert '{asked.name}' in diembao.toml already; choose another name"
            raise WrongUse(msg)
        house.store.add_subscription(asked, now=now)
        by_mail = any(each.channel is Channel.MAIL for each in asked.to)
        ready = not by_mail or bool(house.settings.mail.host and house.settings.mail.sender)
    if as_json:
        print_json({**_told(asked, "store"), "found_so_far": found, "mail_ready": ready})
        return
    typer.echo(
        f"Đã thêm “{asked.name}” ({_where(asked.to)}). Đến nay câu này khớp {found} bài; từ nay bài mới sẽ được báo."
    )
    if not ready:
        typer.echo("Chưa đặt mail.host và mail.from: thư sẽ chờ tới khi có (docs/alerts.md).")


@alerts_app.command("list")
def list_all(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các cảnh báo. Who is told of what, and where it is said."""
    with opened(home, province=province) as house:
        settled = {each.name for each in house.settings.alerts}
        every = _all(house)
        rows = [_told(each, "file" if each.name in settled else "store") for each in every]
    if as_json:
        print_json({"alerts": rows})
        return
    places = {"file": "diembao.toml", "store": "kho"}
    for each, row in zip(every, rows, strict=True):
        typer.echo(f"{row['name']}: {row['query']}\n    → {_where(each.to)} ({places[row['from']]})")


@alerts_app.command("remove")
def remove(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Bỏ một cảnh báo đã thêm. End one that was added."""
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        if any(each.name == name for each in house.settings.alerts):
            msg = f"the alert '{name}' stands in diembao.toml; take it out there"
            raise WrongUse(msg)
        dropped = house.store.remove_subscription(name, now=utc_now())
    if as_json:
        print_json({"name": name, "dropped": dropped})
    else:
        typer.echo(f"Đã bỏ “{name}”; {dropped} thư còn chờ không gửi nữa.")


@alerts_app.command("test")
def try_out(name: Named, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Gửi thử ngay một thư. Send one now, and say what the server answered."""
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        asked = next((each for each in _all(house) if each.name == name), None)
        if asked is None:
            msg = f"there is no alert '{name}' (`diembao alerts list`)"
            raise WrongUse(msg)
        house.store.note(CONSOLE.actor, "alert.test", f"alert:{name}", where=CONSOLE.where, now=utc_now())
        answers = [_sent(house, parcel) for parcel in _trials(house, asked, utc_now())]
    if as_json:
        print_json(
            {"name": name, "answers": [{"to": to, "answer": said, "sent": not bad} for to, said, bad in answers]}
        )
    else:
        typer.echo("\n".join(f"{to or 'thư mục'}: {said}" for to, said, _ in answers))
    failed = [error for _, _, error in answers if error]
    # What a person has to change comes first: it decides the exit code.
    if failed:
        raise next((error for error in failed if isinstance(error, Misconfigured)), failed[0])


def _all(house: Installation) -> Sequence[Subscription]:
    from diembao.response.alerts import all_subscriptions

    return all_subscriptions(house.settings.alerts, house.store.subscriptions())


def _trials(house: Installation, asked: Subscription, now: datetime) -> list[Parcel]:
    """One message for each recipient, about the newest article that matches, where there is one."""
    from diembao.core.alert import Alert, Parcel
    from diembao.core.ports import SortBy
    from diembao.response.alerts import alert_of, recipients

    hits = house.index.search(house.query(asked.query, now), sort=SortBy.NEWEST, limit=1).hits
    items = house.store.articles([hit.id for hit in hits])
    about = alert_of(asked, items[0], house.profile.id, now) if items else None
    empty = Alert(0, asked.name, "", "", "chưa có bài nào khớp", "", "", f"khớp “{asked.query}”", now)
    return [Parcel(0, to, asked.name, (about or empty,), trial=True) for to in recipients(asked)]


def _sent(house: Installation, parcel: Parcel) -> tuple[str, str, DiembaoError | None]:
    notifier = house.notifiers[parcel.to.channel]
    try:
        return parcel.to.address, notifier.deliver(parcel), None
    except (Refused, Retry, Misconfigured) as error:
        return parcel.to.address, str(error), error
    finally:
        notifier.close()


def _told(asked: Subscription, where: str) -> dict[str, Any]:
    return {
        "name": asked.name,
        "query": asked.query,
        "channel": asked.to[0].channel.value if asked.to else "folder",
        "to": [each.address for each in asked.to],
        "from": where,
    }


def _where(to: Sequence[Recipient]) -> str:
    return ", ".join(each.address or each.channel.value for each in to) or "thư mục alerts"
