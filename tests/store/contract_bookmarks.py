"""What every store promises of a log's bookmarks, and of the last entries of articles."""

from __future__ import annotations

import pytest

from diembao.core.errors import Retry, WrongUse
from diembao.core.ports import Event, Store
from tests.store.contract_log import STEP, announce, finish, take
from tests.store.making import id_of


class BookmarksContract:
    def test_a_bookmark_set_back_hands_out_everything_after_it_again(self, six: Store) -> None:
        finish(six, take(six))
        six.rewind(STEP, 2)
        assert six.bookmark(STEP) == 2
        assert take(six).article_ids == tuple(id_of(x) for x in "cdef")

    def test_leases_are_dropped_when_a_bookmark_is_set_back(self, six: Store) -> None:
        finish(six, take(six, limit=2))
        old = take(six, "old", limit=2)
        six.rewind(STEP, 0)
        with pytest.raises(Retry):
            finish(six, old)
        assert (take(six).first, six.bookmark(STEP)) == (1, 0)

    def test_a_bookmark_is_never_set_forward(self, six: Store) -> None:
        six.rewind(STEP, 5)
        assert six.bookmark(STEP) == 0
        with pytest.raises(WrongUse):
            six.rewind(STEP, -1)

    def test_other_steps_keep_their_place(self, six: Store) -> None:
        finish(six, take(six))
        six.rewind("index", 0)
        assert six.bookmark(STEP) == 6


class LastEntriesContract:
    def test_the_last_entry_of_each_article_is_told_in_the_order_of_ids(self, six: Store) -> None:
        end = six.head()
        announce(six, Event.JUDGED, "ab")
        announce(six, Event.JUDGED, "ca")
        announce(six, Event.MODEL, "b")
        expected = sorted({id_of("a"): end + 4, id_of("b"): end + 2, id_of("c"): end + 3}.items())
        assert list(six.last_entries([Event.JUDGED], until=six.head())) == expected
        assert dict(six.last_entries([Event.JUDGED], until=end + 3))[id_of("a")] == end + 1
        assert list(six.last_entries([Event.JUDGED], until=end)) == []

    def test_those_of_some_articles_of_which_there_is_an_entry(self, six: Store) -> None:
        announce(six, Event.JUDGED, "abb")
        announce(six, Event.MODEL, "c")
        assert six.with_entry(Event.JUDGED, [id_of(each) for each in "bcx"]) == {id_of("b")}
        assert six.with_entry(Event.JUDGED, []) == frozenset()
