"""What leaves as one message: put together before any of it leaves, so that after a crash it is the same message again.

- what was held until the same moment (a digest, quiet hours), as soon as that has come
- a storm: more alerts of a subscription to one recipient than are read one by one. It is gathered for a while, from
  the first of it on, and what comes meanwhile goes with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, null, or_, select, update

from diembao.core.alert import Fate
from diembao.store.tables import alerts, outbox

WAITING, SENT = Fate.WAITING, Fate.SENT
# No worker has this name: what is held for quiet hours or a digest is taken by nobody.
GATHERING: Final = "a storm"

_TO: Final = (alerts.c.province, alerts.c.subscription, outbox.c.channel, outbox.c.address)


def bundle(connection: Connection, due: ColumnElement[bool], storm: int, *, now: datetime, gather: timedelta) -> None:
    """``due`` says which rows may leave now, ``storm`` how many of one recipient go one by one."""
    alone = due & (outbox.c.bundle == null())
    if gather:
        _gather(connection, alone, storm, now, gather)
    held = func.max(case((outbox.c.held, 1), else_=0))  # no database takes the largest of truths
    together = (
        select(*_TO, func.min(outbox.c.id).label("first"))
        .join_from(outbox, alerts)
        .where(alone)
        .group_by(*_TO)
        .having(or_(func.count() > storm, and_(func.count() > 1, held == 1)))
    )
    for row in connection.execute(together).all():
        connection.execute(update(outbox).where(alone, *_same(row)).values(bundle=row.first))


def _gather(connection: Connection, alone: ColumnElement[bool], storm: int, now: datetime, gather: timedelta) -> None:
    """Storms that have begun wait for the rest of them."""
    begun = _begun(connection, now, gather)
    counted = (
        select(*_TO, func.min(alerts.c.at).label("oldest"), func.count().label("n"))
        .join_from(outbox, alerts)
        .where(alone)
        .group_by(*_TO)
    )
    for row in connection.execute(counted).all():
        until = begun.get(_key(row)) or _until(connection, row, storm, now, gather)
        if until is not None:
            taken = {"taken_by": GATHERING, "taken_until": until}
            connection.execute(update(outbox).where(alone, *_same(row)).values(held=True, not_before=until, **taken))


def _begun(connection: Connection, now: datetime, gather: timedelta) -> dict[tuple[str, ...], datetime]:
    """By recipient, until when a storm is being gathered."""
    gathering = (outbox.c.state == WAITING, outbox.c.taken_by == GATHERING, outbox.c.not_before > now)
    soon = outbox.c.not_before <= now + gather, outbox.c.bundle == null()
    rows = select(*_TO, func.max(outbox.c.not_before).label("until")).join_from(outbox, alerts)
    found = connection.execute(rows.where(*gathering, *soon).group_by(*_TO)).all()
    return {_key(row): row.until for row in found}


def _until(connection: Connection, row: Any, storm: int, now: datetime, gather: timedelta) -> datetime | None:  # noqa: ANN401 (a row)
    """Until when these wait, where with what left of late they are a storm that is young."""
    since = now - gather
    late = (outbox.c.state == SENT, outbox.c.settled_at > since)
    messages = func.count(func.coalesce(outbox.c.bundle, outbox.c.id).distinct())
    left = connection.scalar(select(messages).where(*late, *_same(row))) or 0
    oldest = row.oldest if not left else now
    return oldest + gather if row.n + left > storm and oldest > since else None


def _key(row: Any) -> tuple[str, ...]:  # noqa: ANN401 (a row)
    return row.province, row.subscription, row.channel, row.address


def _same(row: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 (a row)
    """The rows of this recipient of the subscription."""
    named = alerts.c.province == row.province, alerts.c.subscription == row.subscription
    its = select(alerts.c.id).where(*named)
    return outbox.c.channel == row.channel, outbox.c.address == row.address, outbox.c.alert_id.in_(its)
