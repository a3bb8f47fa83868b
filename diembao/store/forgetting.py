"""What else is kept of a person besides the account, and goes with it: what they asked to be told, and where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Text, cast, delete, literal, select, tuple_, update

from diembao.core.alert import Channel, Fate
from diembao.store.asked_tables import subscriptions
from diembao.store.channel_tables import feeds, stopped
from diembao.store.tables import alerts, outbox


def forget_alerts(connection: Connection, actor: str, account: int, now: datetime) -> None:
    """Their alerts and feeds end, what waits is dropped, and of what left only that it left stays: no address."""
    own = select(subscriptions.c.province, subscriptions.c.name).where(subscriptions.c.owner == actor)
    named = connection.execute(own).all()
    for province, name in named:
        its = select(alerts.c.id).where(alerts.c.province == province, alerts.c.subscription == name)
        rows = outbox.c.alert_id.in_(its)
        waiting = rows, outbox.c.state == Fate.WAITING
        connection.execute(update(outbox).where(*waiting).values(state=Fate.DROPPED, settled_at=now))
        # Each row another: two addresses of one alert may not become the same.
        nobody = literal(f"#{account}/") + cast(outbox.c.id, Text)
        told = rows, outbox.c.channel == Channel.MAIL
        connection.execute(update(outbox).where(*told).values(address=nobody, receipt="", error=""))
    if named:
        ended = tuple_(stopped.c.province, stopped.c.subscription).in_([tuple(each) for each in named])
        connection.execute(delete(stopped).where(ended))
    connection.execute(delete(subscriptions).where(subscriptions.c.owner == actor))
    connection.execute(
        update(feeds).where(feeds.c.account_id == account, feeds.c.revoked_at.is_(None)).values(revoked_at=now)
    )
