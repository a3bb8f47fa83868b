"""The record is damaged after a message has left: it is not sent again, and nobody takes that for a wrong setting."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from diembao.core.alert import Channel, Parcel
from diembao.core.errors import RecordDamaged
from diembao.core.ports import Notifier
from diembao.response.outbox import Sender
from diembao.store.record import SqlStore
from tests.response.mailserver import Mailbox
from tests.response.making import A, B, Clock
from tests.response.outboxing import channels, queue
from tests.store.spoiling import spoil


@dataclass
class Then:
    """Hands over as the one within, and then something happens."""

    within: Notifier
    happens: Callable[[], None]

    def deliver(self, parcel: Parcel) -> str:
        answer = self.within.deliver(parcel)
        self.happens()
        return answer

    def close(self) -> None:
        self.within.close()


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as record:
        return record.execute("SELECT * FROM outbox ORDER BY id").fetchall()


def test_it_ends_the_pass_and_writes_nothing_on(store: SqlStore, box: Mailbox, port: int, tmp_path: Path) -> None:
    queue(store, "one", "two", to=[A, B])
    before: list[list[tuple[object, ...]]] = []

    def damage() -> None:
        before.append(rows(tmp_path / "a.db"))
        spoil(tmp_path / "a.db", "alerts")

    mail = {Channel.MAIL: Then(channels(port)[Channel.MAIL], damage)}
    with pytest.raises(RecordDamaged):
        Sender(store, mail, Clock()).send("w")
    assert len(box.arrived) == 1
    assert [rows(tmp_path / "a.db")] == before


@pytest.mark.parametrize("meets", ["parcel_sent", "parcel_waits", "channel_waits", "parcel_refused"])
def test_whatever_meets_it_takes_it_for_no_fault_of_the_channel(
    store: SqlStore, box: Mailbox, port: int, monkeypatch: pytest.MonkeyPatch, meets: str
) -> None:
    refuses = {"parcel_waits": ["451 later"], "channel_waits": ["421 I go"], "parcel_refused": ["550 no"]}
    box.at_message[A.address] = refuses.get(meets, []) * 2
    queue(store, "one", to=[A, B])

    def damaged(*_: object, **__: object) -> None:
        raise RecordDamaged("a.db", "database disk image is malformed")

    monkeypatch.setattr(SqlStore, meets, damaged)
    with pytest.raises(RecordDamaged):
        Sender(store, channels(port), Clock()).send("w")
    assert [to for to, _ in box.arrived] == ([A.address] if meets == "parcel_sent" else [])
