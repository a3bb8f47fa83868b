"""What every store promises of messages as people look at them: deliveries, the page, who wants no more, feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from diembao.core.accounts import CONSOLE, Grant, Hand, NewAccount, Role
from diembao.core.alert import Channel, Fate, Message, Parcel, Recipient, line_of
from diembao.core.errors import WrongUse
from diembao.core.outgoing import Theirs
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.core.subscription import Subscription
from tests.store.contract_outbox import A, B, queue, take
from tests.store.making import NOW, PROVINCE, later

HOOK, OTHER_HOOK = Recipient(Channel.WEBHOOK, "kho-chung"), Recipient(Channel.WEBHOOK, "khac")
LAN = "person:1"
PAGE = Recipient(Channel.PAGE, LAN)
BY = Hand("link", "link")


def deal(store: Store, *ends: str) -> list[Parcel]:
    """Three parcels: sent, refused, given up."""
    parcels = list(take(store))
    for end, parcel in zip(ends, parcels, strict=True):
        if end == "sent":
            store.parcel_sent(parcel, now=NOW, receipt="250 OK 17")
        elif end != "waits":
            store.parcel_refused(parcel, "550 no", now=NOW, dead=end == "dead")
    return parcels


def acts(store: Store) -> list[str]:
    return [row.act for row in store.audit_in_order()]


class OutgoingContract:
    def test_what_became_of_each_message_is_there_with_its_receipt(self, two: Store) -> None:
        queue(two, "one", "two", "three", to=[A])
        deal(two, "sent", "refused", "dead")
        found = two.deliveries()
        assert [(x.fate, x.receipt, x.error, x.may_go_again) for x in found] == [
            (Fate.DEAD, "", "550 no", True),
            (Fate.REFUSED, "", "550 no", True),
            (Fate.SENT, "250 OK 17", "", False),
        ]
        assert {(x.name, x.title, x.to, x.told, x.at) for x in found} == {("Cảng", "Tiêu đề", A, 1, NOW)}
        assert [x.fate for x in two.deliveries([Fate.DEAD])] == [Fate.DEAD]
        assert [x.fate for x in two.deliveries(before=found[1].number, limit=5)] == [Fate.SENT]

    def test_a_storm_is_one_delivery_and_is_sent_again_as_one(self, two: Store) -> None:
        queue(two, "1", "2", "3", "4", to=[A])
        (storm,) = take(two)
        two.parcel_refused(storm, "550 no", now=NOW)
        (shown,) = two.deliveries()
        assert (shown.number, shown.told) == (storm.id, 4)
        two.send_again(storm.id, now=later(minutes=1))
        (again,) = take(two, minutes=1)
        assert (len(again.alerts), again.attempts, again.tries) == (4, 0, 0)

    def test_only_what_was_refused_or_given_up_is_sent_again_and_the_log_says_who(self, two: Store) -> None:
        queue(two, "one", "two", "three", to=[A])
        sent, refused, dead = deal(two, "sent", "refused", "dead")
        for number in (sent.id, 99):
            with pytest.raises(WrongUse):
                two.send_again(number, now=NOW)
        two.send_again(dead.id, now=NOW)
        two.send_again(refused.id, now=NOW)
        assert {parcel.id for parcel in take(two)} == {refused.id, dead.id}
        assert acts(two).count("outbox.resend") == 2

    def test_whoever_is_put_in_again_gets_it_again(self, two: Store) -> None:
        kept = two.add_subscription(Subscription("Cảng", "cảng", (A, B)), now=NOW)
        queue(two, "one", to=[A])
        two.stop(two.deliveries()[0].number, now=NOW, by=CONSOLE)
        two.change_subscription(replace(kept, to=(B,)), now=NOW)
        assert [each.to for each in two.stopped()] == [A]
        two.change_subscription(kept, now=NOW)
        assert two.stopped() == []

    def test_whose_messages_may_not_be_seen_are_neither_shown_nor_sent_again(self, two: Store) -> None:
        queue(two, "one", to=[A])
        queue(two, "two", to=[A], subscription="Riêng")
        keys = ("mention:7:1", "mention:8:1", "spike:Riêng:x", "spike:Cảng:x", "request|1")
        with two.writing() as write:
            for key in keys:
                write.post(Message(key, key, "", NOW), [A])
        deal(two, *["dead"] * 7)
        seen = Theirs(frozenset({"Cảng"}), frozenset({7}))
        assert {x.name for x in two.deliveries(seen=seen)} == {"Cảng", "mention:7:1", "spike:Cảng:x", "request|1"}
        (hidden,) = [x.number for x in two.deliveries() if x.name == "Riêng"]
        with pytest.raises(WrongUse):
            two.send_again(hidden, now=NOW, seen=seen)

    def test_another_province_sees_and_moves_nothing_of_it(self, two: Store) -> None:
        queue(two, "one", to=[A, PAGE])
        mail, _ = deal(two, "dead", "sent")
        there = two.seen_by(Scope("bac-ninh", everything=False, about=frozenset({"bac-ninh"}), code="BN"))
        assert (there.deliveries(), there.unread(LAN)[0]) == ([], 0)
        with pytest.raises(WrongUse):
            there.send_again(mail.id, now=NOW)

    def test_of_its_own_tries_and_the_channels_the_parcel_knows_both(self, two: Store) -> None:
        queue(two, "one", to=[A])
        (parcel,) = take(two)
        two.parcel_waits(parcel, "451", until=NOW, tries=20)
        two.channel_waits(Recipient(Channel.MAIL), "away", until=later(minutes=1))
        (again,) = take(two, minutes=1)
        assert (again.attempts, again.tries) == (2, 20)

    def test_one_webhook_waits_or_rests_without_the_other(self, two: Store) -> None:
        queue(two, "one", to=[HOOK, OTHER_HOOK, A])
        take(two)
        two.channel_waits(line_of(HOOK), "away", until=later(minutes=5))
        two.channel_rests(line_of(A), until=later(minutes=1))
        assert {parcel.to for parcel in take(two)} == {OTHER_HOOK}
        assert {parcel.to: parcel.attempts for parcel in take(two, minutes=9)} == {OTHER_HOOK: 0, HOOK: 1, A: 0}

    def test_what_was_handed_over_of_late_is_counted_for_each_line_once_for_a_storm(self, two: Store) -> None:
        queue(two, "1", "2", "3", "4", to=[A])
        queue(two, "5", to=[B, HOOK])
        for parcel in take(two):
            two.parcel_sent(parcel, now=later(seconds=30))
        found = sorted((line.channel, at) for line, at in two.handed_over(NOW))
        assert [channel for channel, _ in found] == ["mail", "mail", "webhook"]
        assert {at for _, at in found} == {later(seconds=30)}
        assert two.handed_over(later(seconds=30)) == []

    def test_on_the_page_an_alert_is_unread_until_its_person_has_seen_it(self, two: Store) -> None:
        queue(two, "one", "two", to=[PAGE])
        assert two.unread(LAN) == (0, [])  # still in the outbox
        for parcel in take(two):
            two.parcel_sent(parcel, now=NOW)
        total, found = two.unread(LAN, limit=1)
        assert (total, len(found), two.unread("person:2")[0], two.unread(LAN, limit=0)) == (2, 1, 0, (2, []))
        assert two.saw_alerts(LAN, until=later(minutes=-1), now=NOW) == 0
        assert two.saw_alerts(LAN, until=NOW, now=NOW) == 2
        assert two.unread(LAN) == (0, [])

    def test_whoever_wants_no_more_gets_no_more_and_the_others_do(self, two: Store) -> None:
        queue(two, "one", to=[A, B])
        number = next(x.number for x in two.deliveries() if x.to == A)
        asked = two.wanted(number)
        assert asked is not None
        assert (asked.subscription, asked.to, asked.stopped) == ("Cảng", A, False)
        for _ in range(2):
            found = two.stop(number, now=NOW, by=BY)
            assert found is not None
            assert found.to == A
        assert [parcel.to for parcel in take(two)] == [B]
        queue(two, "two", to=[A, B])
        queue(two, "two", to=[A], subscription="Khác")
        assert [parcel.to for parcel in take(two)] == [B, B, A]
        assert [(x.subscription, x.to) for x in two.stopped()] == [("Cảng", A)]
        assert acts(two).count("alert.stop") == 1
        two.take_up("Cảng", A, now=NOW)
        queue(two, "three", to=[A])
        assert len([parcel for parcel in take(two) if parcel.to == A]) == 2
        with pytest.raises(WrongUse):
            two.take_up("Cảng", A, now=NOW)
        assert two.stop(99, now=NOW, by=BY) is None

    def test_a_feed_is_one_persons_until_it_is_revoked(self, two: Store) -> None:
        here = two.seen_by(Scope(PROVINCE, everything=False, about=frozenset({PROVINCE}), code="GL"))
        lan, hoa = _account(two, "lan"), _account(two, "hoa")
        made = here.make_feed("biển", lan, now=NOW, by=CONSOLE)
        assert here.make_feed("biển", lan, now=later(days=1), by=CONSOLE) == made
        assert here.make_feed("biển", hoa, now=NOW, by=CONSOLE).number != made.number
        assert (here.feeds_of(lan), two.feed(made.number)) == ([made], made)
        with pytest.raises(WrongUse):
            here.revoke_feed(made.number, hoa, now=NOW, by=CONSOLE)
        here.revoke_feed(made.number, lan, now=NOW, by=CONSOLE)
        assert (here.feeds_of(lan), two.feed(made.number)) == ([], None)
        assert here.make_feed("biển", lan, now=NOW, by=CONSOLE).number != made.number


def _account(store: Store, name: str, now: datetime = NOW) -> int:
    return store.add_account(NewAccount(name, name, name, (Grant(Role.OFFICER),)), by=CONSOLE, now=now)
