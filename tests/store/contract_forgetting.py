"""What goes with an account that is erased, besides the account."""

from __future__ import annotations

from diembao.core.accounts import CONSOLE, NewAccount
from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.ports import Store
from diembao.core.subscription import Subscription
from tests.store.making import NOW, alert, article, id_of, keep, later

LAN, OFFICE = Recipient(Channel.MAIL, "lan@example.org"), Recipient(Channel.MAIL, "phong@example.org")
HERS, THEIRS = "Của Lan", "Của phòng"


class ForgettingContract:
    def test_with_an_account_go_its_alerts_its_feeds_and_the_addresses_its_mail_went_to(self, store: Store) -> None:
        number = store.add_account(NewAccount("lan", "lan", "Lan"), by=CONSOLE, now=NOW)
        keep(store, article("a"), article("b"))
        store.add_subscription(Subscription(HERS, "a", (LAN, OFFICE), owner=f"person:{number}"), now=NOW)
        store.add_subscription(Subscription(THEIRS, "a", (OFFICE,)), now=NOW)
        feed = store.make_feed("x", number, now=NOW, by=CONSOLE)
        with store.writing() as write:
            for name, slug, to in ((HERS, "a", (LAN, OFFICE)), (HERS, "b", (LAN,)), (THEIRS, "a", (OFFICE,))):
                write.add_alert(alert(slug, id_of(slug), name), to)
        first = next(each for each in store.take_parcels(worker="w", now=later(days=2), storm=9) if each.to == LAN)
        store.parcel_sent(first, now=later(days=2), receipt="250 lan@example.org")

        store.erase(number, by=CONSOLE, now=later(days=3))
        assert [each.name for each in store.subscriptions()] == [THEIRS]
        assert store.feed(feed.number) is None
        left = store.deliveries()
        assert sorted((each.name, each.fate) for each in left) == [
            (HERS, Fate.DROPPED),
            (HERS, Fate.DROPPED),
            (HERS, Fate.SENT),
            (THEIRS, Fate.WAITING),
        ]
        assert all(each.to.address.startswith(f"#{number}/") for each in left if each.name == HERS)
        assert "lan@" not in repr(left)
        assert [each.to for each in left if each.name == THEIRS] == [OFFICE]
        assert store.check_audit().broken is None
