"""What goes with an account that is erased, besides the account."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from diembao.core.accounts import CONSOLE, Hand, NewAccount, NewSession
from diembao.core.alert import Channel, Fate, HeardOf, Message, Recipient
from diembao.core.keys import NewKey
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.core.subscription import Subscription
from diembao.store.record import SqlStore
from diembao.store.tables import METADATA
from tests.store.making import NOW, PROVINCE, alert, article, id_of, keep, later

LAN, OFFICE = Recipient(Channel.MAIL, "lan@example.org"), Recipient(Channel.MAIL, "phong@example.org")
HERS, THEIRS = "Của Lan", "Của phòng"
WORD = "zyxwvu"  # in whatever is of whoever is erased


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
            (f"#{number}/1", Fate.DROPPED),
            (f"#{number}/1", Fate.DROPPED),
            (f"#{number}/1", Fate.SENT),
            (THEIRS, Fate.WAITING),
        ]
        assert all(each.to.address.startswith(f"#{number}/") for each in left if each.name != THEIRS)
        assert "lan@" not in repr(left)
        assert [each.to for each in left if each.name == THEIRS] == [OFFICE]
        assert store.check_audit().broken is None

    def test_keys_of_an_account_that_is_erased_are_revoked_and_name_nobody(self, store: Store) -> None:
        number, other = (
            store.add_account(NewAccount(name, name, name), by=CONSOLE, now=NOW) for name in ("lan", "mai")
        )
        for account, name, digest in ((number, "may-lan", "1"), (number, "cu-lan", "2"), (other, "may-mai", "3")):
            store.add_key(NewKey(account, name, digest, ("coverage.read",), later(days=9)), by=CONSOLE, now=NOW)
        store.revoke_key(2, by=CONSOLE, now=later(hours=1))

        store.erase(number, by=CONSOLE, now=later(days=3))
        assert [(each.number, each.name, each.revoked_at) for each in store.all_keys()] == [
            (3, "may-mai", None),
            (2, f"#{number}/2", later(hours=1)),
            (1, f"#{number}/1", later(days=3)),
        ]
        assert store.key("1") is None
        assert store.key("3") is not None

    def test_whoever_is_erased_is_named_in_no_table_but_where_others_wrote_the_address(self, store: Store) -> None:
        """A walk over all tables: what is left is what docs/security.md says."""
        office = store.seen_by(Scope(PROVINCE, everything=False, about=frozenset({PROVINCE}), code="GL"))
        number = store.add_account(NewAccount(WORD, WORD, f"{WORD} Riêng"), by=CONSOLE, now=NOW)
        hand = Hand(f"person:{number}", "session:1")
        store.open_session(
            NewSession(number, "digest", later(days=1), WORD, WORD, "password"), limit=9, by=hand, now=NOW
        )
        keep(store, article("a"))
        mine, own = Recipient(Channel.MAIL, f"{WORD}@example.org"), f"Của {WORD}"
        asked = office.add_subscription(Subscription(own, "a", (mine,), owner=hand.actor), now=NOW, by=hand)
        office.add_subscription(Subscription(THEIRS, "a", (mine, OFFICE)), now=NOW)
        office.change_subscription(replace(asked, query="b"), now=NOW, by=hand)
        with office.writing() as write:
            for name in (own, THEIRS):
                write.add_alert(alert("a", id_of("a"), name), (mine, OFFICE))
            for key in (f"spike:{own}:1", f"mentions:{asked.id}:1"):
                write.post(Message(key, own, own, NOW, html=f"<p>{own}</p>"), (mine,))
            write.hear([HeardOf(own, id_of("a"), "story", 1)], province=PROVINCE, now=NOW)
        for row in store.deliveries():
            if row.to == mine:
                store.stop(row.number, now=NOW, by=hand)
        office.take_up(own, mine, now=NOW, by=hand)
        office.set_address("so-y-te", mine.address, by=hand, now=NOW)
        store.set_fact(f"spike:{PROVINCE}:{own}", "{}")
        store.make_feed("biển", number, now=NOW, by=hand)
        store.add_key(NewKey(number, f"may-{WORD}", "secret", ("coverage.read",), later(days=9)), by=hand, now=NOW)
        assert len(rows_with(store, WORD)) > 10

        store.erase(number, by=CONSOLE, now=later(days=1))
        assert rows_with(store, WORD) == {
            "subscriptions.recipients",
            "outbox.address",
            "stopped.address",
            "office_addresses.address",
        }
        assert store.check_audit().broken is None


def rows_with(store: Store, word: str) -> set[str]:
    """The columns of all tables that hold a word."""
    found = set()
    assert isinstance(store, SqlStore)
    with store._database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if word in plain(value)}
    return found


def plain(value: object) -> str:
    return (value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)).lower()
