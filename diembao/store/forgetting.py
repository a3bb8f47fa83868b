"""What else is kept of a person besides the account, and goes with it: what they asked to be told, and
where; the keys with which a system worked in their name.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Text, cast, delete, literal, or_, select, update

from diembao.core.alert import Channel, Fate
from diembao.core.outgoing import Theirs
from diembao.store.asked_tables import heard_articles, subscriptions
from diembao.store.channel_tables import feeds, stopped
from diembao.store.deliveries import begun
from diembao.store.people_tables import keys
from diembao.store.request_tables import message_papers, messages
from diembao.store.tables import alerts, facts, outbox

_Which = tuple[ColumnElement[bool], ...]


def forget_alerts(connection: Connection, actor: str, account: int, now: datetime) -> None:
    """Their alerts and feeds end, what waits is dropped, and of what left only that it left stays: no address, no name
    of theirs for it.
    """
    own = select(subscriptions.c.province, subscriptions.c.name, subscriptions.c.id)
    named = connection.execute(own.where(subscriptions.c.owner == actor)).all()
    for province, name, number in named:
        told = alerts.c.province == province, alerts.c.subscription == name
        starts = begun(Theirs(frozenset({name}), frozenset({number})))
        written = (
            messages.c.province == province,
            or_(*(messages.c.key.startswith(each, autoescape=True) for each in starts)),
        )
        _forget_outbox(connection, told, written, account, now)
        nobody = f"#{account}/{number}"
        papers = message_papers.c.message.in_(select(messages.c.id).where(*written))
        connection.execute(delete(message_papers).where(papers))
        blank = {"key": literal(f"{nobody}/") + cast(messages.c.id, Text), "subject": nobody, "text": "", "page": ""}
        connection.execute(update(messages).where(*written).values(**blank))
        connection.execute(update(alerts).where(*told).values(subscription=nobody))
        heard = heard_articles.c.province == province, heard_articles.c.subscription == name
        connection.execute(delete(heard_articles).where(*heard))
        ended = stopped.c.province == province, stopped.c.subscription == name
        connection.execute(delete(stopped).where(*ended))
        # What is remembered of it from look to look, by whoever counts and whoever tries it out.
        connection.execute(delete(facts).where(facts.c.name.endswith(f":{province}:{name}", autoescape=True)))
    connection.execute(delete(subscriptions).where(subscriptions.c.owner == actor))
    connection.execute(
        update(feeds).where(feeds.c.account_id == account, feeds.c.revoked_at.is_(None)).values(revoked_at=now)
    )


def forget_keys(connection: Connection, account: int, now: datetime) -> None:
    """None of theirs opens anything any more, and none says whose it was: people name keys after themselves."""
    its = keys.c.account_id == account
    connection.execute(update(keys).where(its).values(name=literal(f"#{account}/") + cast(keys.c.id, Text)))
    connection.execute(update(keys).where(its, keys.c.revoked_at.is_(None)).values(revoked_at=now))


def _forget_outbox(connection: Connection, told: _Which, written: _Which, account: int, now: datetime) -> None:
    """``told``, ``written``: which alerts and which messages brought it."""
    rows = or_(
        outbox.c.alert_id.in_(select(alerts.c.id).where(*told)),
        outbox.c.message_id.in_(select(messages.c.id).where(*written)),
    )
    waiting = rows, outbox.c.state == Fate.WAITING
    connection.execute(update(outbox).where(*waiting).values(state=Fate.DROPPED, settled_at=now))
    # Each row another: two addresses of one alert may not become the same.
    nobody = literal(f"#{account}/") + cast(outbox.c.id, Text)
    by_mail = rows, outbox.c.channel == Channel.MAIL
    connection.execute(update(outbox).where(*by_mail).values(address=nobody, receipt="", error=""))
