"""What goes with a message of the desk: how it looks, and files. Kept until some time after it has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, exists, insert, or_, select

from diembao.core.alert import Enclosed, Message
from diembao.store.request_tables import message_papers
from diembao.store.tables import outbox

HTML: Final = "text/html"
KEPT: Final = timedelta(days=30)  # after it was settled for all who get it: till then it can be sent again


def enclose(connection: Connection, number: int, message: Message) -> None:
    """In the transaction that queued the message."""
    papers = [Enclosed("", HTML, message.html.encode()), *message.enclosed]
    rows = [
        {"message": number, "number": n, "name": each.name, "media": each.media, "content": each.content}
        for n, each in enumerate(papers)
        if each.content
    ]
    if rows:
        connection.execute(insert(message_papers), rows)


def with_enclosed(connection: Connection, message: Message) -> Message:
    asked = select(message_papers).where(message_papers.c.message == message.id).order_by(message_papers.c.number)
    rows = connection.execute(asked).all()
    if not rows:
        return message
    html = next((bytes(row.content).decode() for row in rows if row.number == 0), "")
    files = tuple(Enclosed(row.name, row.media, bytes(row.content)) for row in rows if row.number)
    return replace(message, html=html, enclosed=files)


def prune_enclosed(connection: Connection, now: datetime) -> None:
    """Of messages that left long ago; what they said stays."""
    fresh = or_(outbox.c.settled_at.is_(None), outbox.c.settled_at >= now - KEPT)
    needed = exists().where(outbox.c.message_id == message_papers.c.message, fresh)
    connection.execute(delete(message_papers).where(~needed))
