"""What every store promises of files that go with a message."""

from __future__ import annotations

from datetime import timedelta

from diembao.core.alert import FOLDER, Channel, Enclosed, Message, Parcel, Recipient
from diembao.core.ports import Store
from tests.store.making import NOW

PDF = Enclosed("điểm-báo.pdf", "application/pdf", b"%PDF-\0\xff")
BRIEF = Message("daily:2026-11-21", "Điểm báo ngày", "Một đoạn.", NOW, html="<p>Một đoạn.</p>", enclosed=(PDF,))
LONG_AFTER = NOW + timedelta(days=31)


def waiting(store: Store) -> list[Parcel]:
    return list(store.take_parcels(worker="w", now=LONG_AFTER, storm=20))


def post(store: Store, message: Message) -> bool:
    with store.writing() as write:
        return write.post(message, [FOLDER, Recipient(Channel.MAIL, "lanh.dao@tinh.example")])


class EnclosedContract:
    def test_a_message_leaves_with_how_it_looks_and_its_files_for_everybody(self, store: Store) -> None:
        assert post(store, BRIEF)
        assert not post(store, BRIEF)
        found = [parcel.message for parcel in waiting(store)]
        assert [(each.html, each.enclosed) for each in found if each] == [(BRIEF.html, (PDF,))] * 2

    def test_files_stay_until_a_month_after_the_last_has_it(self, store: Store) -> None:
        post(store, BRIEF)
        first, second = waiting(store)
        store.parcel_sent(first, now=NOW)
        store.prune(LONG_AFTER)
        (still,) = [parcel.message for parcel in waiting(store)]
        assert still is not None
        assert still.enclosed == (PDF,)
        store.parcel_sent(second, now=NOW)
        store.prune(LONG_AFTER)
        assert not post(store, BRIEF)  # that it was told stays known
