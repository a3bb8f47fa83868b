"""The mail server is away for a day: what came meanwhile leaves once, in its order, and as few messages."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from diembao.core.alert import Fate
from diembao.response.outbox import STORM, Sender
from diembao.store.record import SqlStore
from tests.crawlers.newsroom import deaf
from tests.response.mailserver import Mailbox, serving
from tests.response.making import A, B, Clock
from tests.response.outboxing import channels
from tests.store.making import alert, article, keep

HOURS = 24


def queue(store: SqlStore, hour: int, clock: Clock) -> None:
    told = replace(alert("a", f"{hour:02}"), at=clock.time, title=f"Tin {hour:02}")
    with store.writing() as write:
        write.add_alert(told, [A, B] if hour % 4 == 0 else [A])


def test_all_of_it_leaves_once_in_its_order_and_a_storm_as_one(tmp_path: Path) -> None:
    clock, box = Clock(), Mailbox()
    with closing(SqlStore(f"sqlite:///{tmp_path}/a.db")) as store:
        keep(store, article("a"))
        with deaf() as closed:
            for hour in range(HOURS):
                queue(store, hour, clock)
                assert Sender(store, channels(closed), clock).send("w") == 0
                clock.wait(hours=1)
            (told, _) = store.undelivered(clock.time - timedelta(days=2))
            assert (told.to, told.refused, told.n) == (A, False, HOURS)
        with serving(box) as port:
            assert Sender(store, channels(port), clock).send("w") == HOURS + HOURS // 4
            clock.wait(hours=1)
            assert Sender(store, channels(port), clock).send("w") == 0
        assert {each.fate for each in store.deliveries(limit=1000)} == {Fate.SENT}
    of_b = [re.findall(r"Tin (\d\d)", str(mail["Subject"])) for mail in box.to(B.address)]
    assert of_b == [[f"{hour:02}"] for hour in range(0, HOURS, 4)]
    many, *others = [mail.get_body(("plain",)).get_content() for mail in box.to(A.address)]  # type: ignore[union-attr] # each has one
    assert sorted({*re.findall(r"Tin (\d\d)", many)}) == [f"{hour:02}" for hour in range(STORM)]  # and one more
    assert [re.findall(r"Tin (\d\d)", text)[0] for text in others] == ["21", "22", "23"]
