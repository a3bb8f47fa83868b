"""From the row in the store to the mail that arrived: a real store, a real server, and every way it can go wrong."""

from __future__ import annotations

import socket
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.core.alert import FOLDER, GIVE_UP, UNSURE, Channel, Fate, Recipient
from diembao.response.outbox import STORM, Sender, wait
from diembao.store.record import SqlStore
from tests.response import hookserver
from tests.response.hookserver import Hooks
from tests.response.mailserver import Mailbox, serving
from tests.response.making import NOW, A, B, Clock, webhooks
from tests.response.outboxing import channels, queue
from tests.store.making import alert


class TestPasses:
    def test_everything_that_is_due_leaves_once(self, store: SqlStore, box: Mailbox, port: int) -> None:
        queue(store, "one", "two", to=[A, B])
        sender = Sender(store, channels(port), Clock())
        assert (sender.send("w"), sender.send("w")) == (4, 0)
        assert Counter(to for to, _ in box.arrived) == {A.address: 2, B.address: 2}
        assert all(x.sent_at for x in store.alerts_since(Clock().time))

    def test_of_half_refused_recipients_only_the_refused_stay(self, store: SqlStore, box: Mailbox, port: int) -> None:
        c, d = Recipient(Channel.MAIL, "c@x.example"), Recipient(Channel.MAIL, "d@x.example")
        box.at_recipient = {A.address: ["550 5.1.1 unknown"], c.address: ["450 later"]}
        queue(store, "one", to=[A, B, c, d])
        clock = Clock()
        sender = Sender(store, channels(port), clock)
        assert sender.send("w") == 2
        assert [(x.to, x.refused, x.why) for x in store.undelivered(clock.time)] == [
            (A, True, "550 5.1.1 unknown"),
            (c, False, "450 later"),
        ]
        clock.wait(seconds=29)
        assert sender.send("w") == 0
        clock.wait(seconds=1)
        assert sender.send("w") == 1
        assert [to for to, _ in box.arrived] == [B.address, d.address, c.address]
        clock.wait(days=1)
        assert sender.send("w") == 0

    def test_a_server_that_is_down_loses_nothing(self, store: SqlStore, box: Mailbox) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            closed = listening.getsockname()[1]
        queue(store, "one", "two", to=[A, B])
        clock = Clock()
        for minutes in (0, 1, 2, 4):
            clock.wait(minutes=minutes)
            assert Sender(store, channels(closed), clock).send("w") == 0
        assert {x.refused for x in store.undelivered(clock.time)} == {False}
        clock.wait(minutes=15)
        with serving(box) as port:
            assert Sender(store, channels(port), clock).send("w") == 4
        assert store.undelivered(clock.time) == []

    def test_a_silent_server_costs_one_time_limit_and_not_one_for_each_mail(self, store: SqlStore) -> None:
        queue(store, "one", "two", "three", to=[A, B])
        with socket.create_server(("127.0.0.1", 0)) as silent:
            silent.settimeout(5)
            assert Sender(store, channels(silent.getsockname()[1]), Clock()).send("w") == 0
            silent.accept()[0].close()
            silent.settimeout(0)
            with pytest.raises(BlockingIOError):
                silent.accept()

    def test_a_message_that_breaks_the_line_does_not_hold_up_the_others(
        self, store: SqlStore, box: Mailbox, port: int
    ) -> None:
        box.at_message[A.address] = ["421 I do not like this one"] * 5
        queue(store, "one", to=[A, B])
        clock = Clock()
        sender = Sender(store, channels(port), clock)
        assert sender.send("w") == 0
        clock.wait(seconds=30)
        assert sender.send("w") == 1
        assert [to for to, _ in box.arrived] == [B.address]

    def test_a_wrong_setting_keeps_mail_waiting_and_the_folder_going(
        self, store: SqlStore, box: Mailbox, port: int, tmp_path: Path
    ) -> None:
        queue(store, "one", to=[A, FOLDER])
        clock = Clock()
        assert Sender(store, channels(port, tmp_path / "alerts", host=""), clock).send("w") == 1
        (bad,) = store.undelivered(clock.time)
        assert (bad.to, bad.refused) == (A, False)
        assert "mail.host is not set: mails wait until it is" in bad.why
        clock.wait(minutes=1)
        assert Sender(store, channels(port), clock).send("w") == 1

    def test_a_storm_is_gathered_for_a_minute_and_is_one_mail(self, store: SqlStore, box: Mailbox, port: int) -> None:
        queue(store, *(f"story {n}" for n in range(STORM + 5)))
        box.at_message[A.address] = ["451 later"]
        clock = Clock()
        sender = Sender(store, channels(port), clock)
        assert sender.send("w") == 0
        clock.wait(seconds=30)
        queue(store, "one more")
        assert sender.send("w") == 0
        clock.wait(seconds=30)
        assert sender.send("w") == 0  # the server asks for patience
        clock.wait(minutes=1)
        assert sender.send("w") == STORM + 6
        (mail,) = box.to(A.address)
        assert mail["Subject"] == f"[Điểm Báo] Phê phán về tỉnh: {STORM + 6} sự việc"

    def test_a_storm_that_trickles_is_no_more_than_so_many_mails(
        self, store: SqlStore, box: Mailbox, port: int
    ) -> None:
        clock = Clock()
        sender = Sender(store, channels(port), clock)
        for n in range(50):
            with store.writing() as writer:
                told = (replace(alert("a", f"story {n} {k}"), at=clock()) for k in range(10))
                assert all(writer.add_alert(each, [A]) for each in told)
            sender.send("w")
            clock.wait(seconds=1)
        clock.wait(minutes=2)
        sender.send("w")
        assert sum(len(each.alerts) for each in store.take_parcels(worker="v", now=clock(), storm=STORM)) == 0
        assert len(box.to(A.address)) <= STORM + 1

    def test_a_program_that_ends_sends_what_it_has_of_a_storm_and_no_digest_before_its_hour(
        self, store: SqlStore, box: Mailbox, port: int
    ) -> None:
        queue(store, *(f"story {n}" for n in range(STORM + 5)))
        with store.writing() as writer:
            morning = NOW + timedelta(hours=9)
            assert writer.add_alert(replace(alert("a", "later", "Gộp"), at=NOW), [B], held_until=morning)
            quiet = NOW + timedelta(seconds=30)  # the end of quiet hours
            assert writer.add_alert(replace(alert("a", "quiet", "Đêm"), at=NOW), [B], held_until=quiet)
        sender = Sender(store, channels(port), Clock())
        assert sender.send("w") == 0
        assert sender.send_rest("w") == STORM + 5
        (mail,) = box.to(A.address)
        assert box.to(B.address) == []
        assert mail["Subject"] == f"[Điểm Báo] Phê phán về tỉnh: {STORM + 5} sự việc"

    def test_as_many_as_are_no_storm_leave_one_by_one(self, store: SqlStore, box: Mailbox, port: int) -> None:
        queue(store, *(f"story {n}" for n in range(STORM)))
        assert Sender(store, channels(port), Clock()).send("w") == STORM
        assert len(box.arrived) == STORM

    def test_a_slow_server_does_not_keep_the_other_steps(self, store: SqlStore, box: Mailbox, port: int) -> None:
        queue(store, "one", "two", "three")
        clock = Clock()
        box.seen = lambda word: clock.wait(seconds=6) if word == "taken" else None
        sender = Sender(store, channels(port), clock)
        assert (sender.send("w"), sender.send("w")) == (2, 1)

    def test_what_the_other_side_puts_off_for_a_day_is_given_up_and_sent_again_when_a_person_says_so(
        self, store: SqlStore, box: Mailbox, port: int
    ) -> None:
        queue(store, "one", to=[A, B])
        box.at_recipient[A.address] = ["450 greylisted"] * GIVE_UP
        clock = Clock()
        sender = Sender(store, channels(port), clock)
        for _ in range(GIVE_UP):
            sender.send("w")
            clock.wait(minutes=15)
        (dead,) = store.deliveries([Fate.DEAD])
        assert (dead.to, dead.error, [to for to, _ in box.arrived]) == (A, "450 greylisted", [B.address])
        assert [(x.to, x.refused, x.dead) for x in store.undelivered(NOW)] == [(A, True, True)]
        assert sender.send("w") == 0
        store.send_again(dead.number, now=clock.time)
        assert sender.send("w") == 1
        assert {x.receipt for x in store.deliveries()} == {"250 OK queued as 1", "250 OK queued as 2"}

    def test_a_server_that_takes_the_message_and_hangs_gets_it_a_few_times_and_not_for_ever(
        self, store: SqlStore, box: Mailbox, port: int
    ) -> None:
        box.hangs = True
        queue(store, "one", to=[A])
        clock = Clock()
        for _ in range(GIVE_UP // UNSURE + 2):
            Sender(store, channels(port, timeout=0.5), clock).send("w")
            clock.wait(minutes=15)
        assert len(box.to(A.address)) == GIVE_UP // UNSURE
        (dead,) = store.deliveries([Fate.DEAD])
        assert dead.error.startswith("the mail server had the whole message and did not answer")

    def test_mail_waits_for_its_server_for_as_long_as_it_takes(self, store: SqlStore) -> None:
        queue(store, "one", to=[A])
        clock = Clock()
        sender = Sender(store, channels(1, host=""), clock)
        for _ in range(GIVE_UP + 5):
            sender.send("w")
            clock.wait(minutes=15)
        assert [x.fate for x in store.deliveries()] == [Fate.WAITING]

    def test_a_line_keeps_its_pace_and_the_others_go_on(
        self, store: SqlStore, box: Mailbox, port: int, tmp_path: Path
    ) -> None:
        queue(store, *(f"story {n}" for n in range(5)), to=[A, FOLDER])
        clock = Clock()
        both = channels(port, tmp_path / "alerts")
        sender = Sender(store, both, clock, lambda line: 2 if line.channel is Channel.MAIL else None)
        assert [sender.send("w"), sender.send("w")] == [7, 0]
        clock.wait(seconds=59)
        assert sender.send("w") == 0
        clock.wait(seconds=1)
        assert sender.send("w") == 2
        assert all(x.attempts == 0 for x in store.deliveries())

    def test_a_webhook_that_is_away_holds_up_neither_mail_nor_another_webhook(
        self, store: SqlStore, box: Mailbox, port: int
    ) -> None:
        hooks = Hooks()
        there, gone = Recipient(Channel.WEBHOOK, "kho-chung"), Recipient(Channel.WEBHOOK, "khac")
        queue(store, "one", "two", to=[gone, there, A])
        with hookserver.serving(hooks) as hook:
            both = {**channels(port), Channel.WEBHOOK: webhooks({there.address: hook, gone.address: 1})}
            assert Sender(store, both, Clock()).send("w") == 4
        assert (len(hooks.arrived), len(box.arrived)) == (2, 2)
        assert {(x.to, x.attempts > 0) for x in store.deliveries([Fate.WAITING])} == {(gone, True)}

    def test_whoever_is_gone_is_told_of_once_and_gets_no_more(self, store: SqlStore) -> None:
        hooks, told = Hooks(answers=[hookserver.answer("410 Gone")]), []
        there = Recipient(Channel.WEBHOOK, "kho-chung")
        queue(store, "one", to=[there])
        with hookserver.serving(hooks) as hook:
            ways = {Channel.WEBHOOK: webhooks({there.address: hook})}
            sender = Sender(store, ways, Clock(), gone=lambda parcel, why, _: told.append((parcel.to, why)))
            assert (sender.send("w"), sender.send("w")) == (0, 0)
        assert told == [(there, "webhook kho-chung: HTTP 410 Gone")]

    def test_the_wait_doubles_up_to_a_quarter_of_an_hour(self) -> None:
        waits = [wait(n).total_seconds() for n in (0, 1, 2, 3, 4, 5, 60)]
        assert waits == [30, 60, 120, 240, 480, 900, 900]
