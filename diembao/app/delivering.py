"""`diembao alerts deliveries|resend|take-up`: what became of messages, and what a person does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.core.alert import Delivery

MOST = 1000
_STATES = {
    "waiting": "đang chờ",
    "sent": "đã gửi",
    "refused": "bị từ chối",
    "dead": "đã thôi gửi",
    "dropped": "đã bỏ",
}


def deliveries(
    state: Annotated[str, typer.Option(help="waiting, sent, refused, dead, dropped; trống: mọi thư. Only these.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="Nhiều nhất. At most.")] = 50,
    stopped: Annotated[bool, typer.Option("--stopped", help="Ai đã thôi nhận. Who wants no more.")] = False,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Thư đã gửi, đang chờ, bị từ chối. What became of each message, newest first."""
    with opened(home, province=province) as house:
        if stopped:
            rows = [{"alert": each.subscription, "to": _to(each.to)} for each in house.store.stopped()]
            lines = [f"{row['alert']}: {row['to']}" for row in rows]
        else:
            found = house.store.deliveries(_states(state), limit=limit)
            rows, lines = [_row(each) for each in found], [_line(each) for each in found]
    if as_json:
        print_json({"stopped" if stopped else "deliveries": rows})
    else:
        typer.echo("\n".join(lines) or ("Không ai thôi nhận." if stopped else "Không có thư nào."))


def resend(
    number: Annotated[int, typer.Argument(help="Số của thư. Its number (`diembao alerts deliveries`).")],
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Gửi lại một thư bị từ chối hay đã thôi gửi. Send again what was refused or given up."""
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        house.store.send_again(number, now=utc_now())
    if as_json:
        print_json({"number": number, "queued": True})
    else:
        typer.echo(f"Đã xếp thư {number} để gửi lại.")


def take_up(
    name: Annotated[str, typer.Argument(help="Tên cảnh báo. Its name.")],
    to: Annotated[str, typer.Argument(help="Nơi nhận, như a@x hay webhook:tên. The recipient.")],
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Gửi lại cảnh báo cho người đã thôi nhận. Whoever wanted no more wants it again."""
    from diembao.pipeline.worker import utc_now
    from diembao.response.subscribing import recipient_of

    with opened(home, province=province) as house:
        house.store.take_up(name, recipient_of(to), now=utc_now())
    if as_json:
        print_json({"name": name, "to": to})
    else:
        typer.echo(f"Từ nay “{name}” lại gửi tới {to}.")


def _states(typed: str) -> list[Any]:
    from diembao.core.alert import Fate

    if not typed:
        return []
    if typed not in set(Fate):
        raise WrongUse(
            f"không có tình trạng “{typed[:40]}”; dùng {', '.join(Fate)} (--state is one of {', '.join(Fate)})"
        )
    return [Fate(typed)]


def _to(to: Any) -> str:  # noqa: ANN401 (a Recipient; its module is imported late)
    return to.address if to.channel == "mail" else f"{to.channel}:{to.address}".rstrip(":")


def _row(each: Delivery) -> dict[str, Any]:
    return {
        "number": each.number,
        "name": each.name,
        "title": each.title,
        "to": _to(each.to),
        "state": each.fate,
        "told": each.told,
        "attempts": each.attempts,
        "at": each.at.isoformat(),
        "not_before": each.not_before.isoformat(),
        "settled_at": each.settled_at.isoformat() if each.settled_at else None,
        "error": each.error,
        "receipt": each.receipt,
    }


def _line(each: Delivery) -> str:
    said = each.receipt or each.error
    tries = f", đã thử {each.attempts} lần" if each.attempts else ""
    more = f"\n    {said}" if said else ""
    return f"{each.number}  {_STATES[each.fate]}{tries}  {each.name}: {each.title} → {_to(each.to)}{more}"
