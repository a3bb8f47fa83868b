"""What every store promises of keys, and of what became of articles."""

from __future__ import annotations

import pytest

from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.errors import WrongUse
from diembao.core.keys import Key, NewKey
from diembao.core.ports import Event, Store
from tests.store.making import NOW, id_of, later

SYSTEM = NewAccount("trung-tam", "trung-tam", "Trung tâm", (Grant(Role.SERVICE, "gia-lai"),))


def made(store: Store, digest: str = "d1") -> int:
    known = store.account_named("trung-tam")
    account = known[0].number if known else store.add_account(SYSTEM, by=CONSOLE, now=NOW)
    return store.add_key(
        NewKey(account, "trung-tam", digest, ("coverage.read", "case.read"), later(days=9)), by=CONSOLE, now=NOW
    )


class KeysContract:
    def test_a_key_is_found_by_its_digest_with_its_account(self, store: Store) -> None:
        number = made(store)
        expected = Key(number, 1, "trung-tam", ("coverage.read", "case.read"), NOW, later(days=9))
        found = store.key("d1")
        assert found is not None
        assert (found[0], found[1].grants) == (expected, SYSTEM.grants)
        assert store.key("d2") is None
        store.key_used(number, now=later(seconds=5))
        assert [key.used_at for key in store.all_keys()] == [later(seconds=5)]

    def test_what_was_revoked_or_whose_account_is_closed_is_not_found(self, store: Store) -> None:
        first, second = made(store), made(store, "d2")
        revoked = store.revoke_key(first, by=CONSOLE, now=later(seconds=1))
        again = store.revoke_key(first, by=CONSOLE, now=later(seconds=9))
        assert again == revoked
        assert again.revoked_at == later(seconds=1)
        assert store.key("d1") is None
        assert [key.number for key in store.all_keys()] == [second, first]
        store.disable(1, True, by=CONSOLE, now=NOW)
        assert store.key("d2") is None

    def test_no_key_is_of_nobody(self, store: Store) -> None:
        with pytest.raises(WrongUse):
            store.add_key(NewKey(7, "x", "d", ("case.read",), NOW), by=CONSOLE, now=NOW)
        with pytest.raises(WrongUse):
            store.revoke_key(7, by=CONSOLE, now=NOW)
        assert store.all_keys() == []


class ChangesContract:
    def test_what_became_of_articles_is_told_in_order_and_in_parts(self, six: Store) -> None:
        head = six.head()
        with six.writing() as writer:
            writer.announce(Event.MODEL, [id_of("a")], now=NOW)
            writer.announce(Event.JUDGED, [id_of("a"), id_of("b")], now=NOW)
        assert [entry.number for entry in six.changes(head, 10)] == [head + 2, head + 3]
        assert [entry.event for entry in six.changes(head, 1)] == [Event.JUDGED]
        assert six.changes(head + 3, 10) == []
