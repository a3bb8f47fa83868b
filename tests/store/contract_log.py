"""What every store promises of its log: numbers without gaps, leases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from diembao.core.article import Kind
from diembao.core.errors import Retry, WrongUse
from diembao.core.ports import Event, Lease, Store, Writer
from tests.store.making import NOW, article, id_of, keep, label, later

STEP = "judge"
ARTICLES = (Event.ARTICLE, Event.REVISION)


def take(store: Store, worker: str = "one", *, limit: int = 200, seconds: float = 0, until: int | None = None) -> Lease:
    """A lease that must be there."""
    lease = ask(store, worker, limit=limit, seconds=seconds, until=until)
    assert lease is not None
    return lease


def ask(
    store: Store, worker: str = "one", *, limit: int = 200, seconds: float = 0, until: int | None = None
) -> Lease | None:
    return store.lease(STEP, ARTICLES, worker=worker, now=later(seconds=seconds), limit=limit, until=until)


def finish(store: Store, *leases: Lease) -> None:
    for lease in leases:
        with store.writing() as writer:
            writer.finish(lease)


def announce(store: Store, event: Event, slugs: Sequence[str]) -> None:
    with store.writing() as writer:
        writer.announce(event, [id_of(x) for x in slugs], now=NOW)


def judge_all(store: Store, lease: Lease) -> None:
    with store.writing() as writer:
        writer.announce(Event.JUDGED, lease.article_ids, now=NOW)
        writer.finish(lease)


def fall_over_after(store: Store, work: Callable[[Writer], None]) -> None:
    """A transaction that breaks when all of its work is done."""

    def transaction() -> None:
        with store.writing() as writer:
            work(writer)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction()


@pytest.fixture
def six(store: Store) -> Store:
    """A store whose log holds six articles, 1 to 6."""
    keep(store, *(article(x) for x in "abcdef"))
    return store


class LogContract:
    def test_numbers_follow_each_other(self, six: Store) -> None:
        announce(six, Event.JUDGED, "ab")
        announce(six, Event.GROUPED, "")
        announce(six, Event.MODEL, "ba")
        lease = six.lease("s", tuple(Event), worker="w", now=NOW)
        assert lease is not None
        assert [each.number for each in lease.entries] == list(range(1, 11))
        assert [each.article_id for each in lease.entries[-2:]] == [id_of("b"), id_of("a")]
        assert lease.entries[-1].at == NOW
        assert six.head() == 10

    def test_what_is_taken_back_leaves_no_gap(self, six: Store) -> None:
        def work(writer: Writer) -> None:
            writer.announce(Event.MODEL, [id_of("a")], now=NOW)
            writer.set_labels(id_of("a"), [Kind.STANCE], [label("a", Kind.STANCE, "critical")], now=NOW)

        fall_over_after(six, work)
        assert six.head() == 6
        assert list(six.label_history(id_of("a"))) == []
        keep(six, article("g"))
        assert six.head() == 7

    def test_an_unknown_article_is_not_announced(self, six: Store) -> None:
        with pytest.raises(WrongUse):
            announce(six, Event.MODEL, ["a", "unknown"])
        assert six.head() == 6

    def test_a_transaction_inside_another_is_refused_at_once(self, six: Store) -> None:
        with six.writing() as writer:
            with pytest.raises(WrongUse, match="transaction is open"):
                six.set_fact("a", "b")
            writer.announce(Event.MODEL, [id_of("a")], now=NOW)
        six.set_fact("a", "b")
        assert six.head() == 7

    def test_reading_goes_on_while_a_transaction_is_open_and_sees_what_was_before(self, six: Store) -> None:
        with six.writing() as writer:
            writer.announce(Event.MODEL, [id_of("a")], now=NOW)
            assert six.head() == 6
        assert six.head() == 7


class LeasesContract:
    def test_nothing_to_do(self, store: Store) -> None:
        assert ask(store) is None
        assert store.bookmark(STEP) == 0

    def test_a_range_is_worked_off_and_the_bookmark_follows(self, six: Store) -> None:
        first = take(six, limit=4)
        assert (first.first, first.last, first.step, first.worker) == (1, 4, STEP, "one")
        assert first.article_ids == tuple(id_of(x) for x in "abcd")
        assert six.bookmark(STEP) == 0
        finish(six, first)
        assert six.bookmark(STEP) == 4
        second = take(six, limit=4)
        assert (second.first, second.last) == (5, 6)
        finish(six, second)
        assert (six.bookmark(STEP), ask(six)) == (6, None)

    def test_steps_do_not_see_each_other(self, six: Store) -> None:
        finish(six, take(six))
        other = six.lease("index", ARTICLES, worker="one", now=NOW)
        assert other is not None
        assert (other.first, other.last, six.bookmark("index")) == (1, 6, 0)

    def test_two_workers_get_ranges_that_do_not_overlap(self, six: Store) -> None:
        one, two = take(six, "one", limit=2), take(six, "two", limit=2)
        assert [(x.first, x.last) for x in (one, two)] == [(1, 2), (3, 4)]

    def test_the_head_and_all_bookmarks_are_read_at_once_as_of_one_moment(self, store: Store) -> None:
        assert store.marks() == (0, {})
        keep(store, *(article(slug) for slug in "abc"))
        finish(store, take(store, limit=2))
        lease = store.lease("index", [Event.ARTICLE], worker="one", now=NOW)
        assert lease is not None
        finish(store, lease)
        head, marks = store.marks()
        assert (head, marks) == (store.head(), {STEP: 2, "index": 3})
        with store.writing() as writer:
            writer.announce(Event.MODEL, [id_of("a")], now=NOW)
            assert store.marks() == (3, marks)
        assert store.marks() == (4, marks)

    def test_the_bookmark_waits_for_the_range_before(self, six: Store) -> None:
        one, two, three = (take(six, name, limit=2) for name in ("one", "two", "three"))
        finish(six, three)
        assert six.bookmark(STEP) == 0
        finish(six, one)
        assert six.bookmark(STEP) == 2
        finish(six, two)
        assert six.bookmark(STEP) == 6
        assert ask(six) is None

    def test_a_range_finished_ahead_is_not_handed_out_again(self, six: Store) -> None:
        _, two = take(six, "one", limit=2), take(six, "two", limit=2)
        finish(six, two)
        last = take(six, "two", limit=2)
        finish(six, last)
        assert (last.first, ask(six, "two")) == (5, None)

    def test_a_lease_that_died_is_handed_out_again_first(self, six: Store) -> None:
        dead = take(six, "dead", limit=2)
        assert take(six, "three", limit=2, seconds=59).first == 3
        again = take(six, "two", limit=200, seconds=60)
        assert (again.first, again.last, again.worker) == (dead.first, dead.last, "two")
        assert again.entries == dead.entries
        finish(six, again)
        assert six.bookmark(STEP) == 2

    def test_a_worker_that_asks_again_gets_back_what_it_did_not_finish(self, six: Store) -> None:
        before = take(six, "one", limit=2)
        assert take(six, "two", limit=2).first == 3
        again = take(six, "one", limit=200, seconds=1)
        assert again == before
        finish(six, again)
        assert six.bookmark(STEP) == 2

    def test_a_lease_lives_on_with_its_new_worker(self, six: Store) -> None:
        take(six, "dead", limit=6)
        take(six, "two", seconds=60)
        assert ask(six, "three", seconds=119) is None
        assert take(six, "three", seconds=120).first == 1

    def test_a_late_worker_may_finish_what_nobody_took_over(self, six: Store) -> None:
        late = take(six, "late")
        keep(six, article("g"), now=later(hours=1))
        finish(six, late)
        assert six.bookmark(STEP) == 6

    def test_work_that_was_taken_over_is_not_written_twice(self, six: Store) -> None:
        late = take(six, "late")
        two = take(six, "two", seconds=60)
        with pytest.raises(Retry, match="no longer leased to late"):
            judge_all(six, late)
        assert (six.head(), six.bookmark(STEP)) == (6, 0)
        judge_all(six, two)
        assert (six.head(), six.bookmark(STEP)) == (12, 6)

    def test_nor_where_the_caller_goes_on_after_the_refusal(self, six: Store) -> None:
        late = take(six, "late")
        take(six, "two", seconds=60)
        with six.writing() as writer:
            writer.announce(Event.JUDGED, late.article_ids, now=NOW)
            with pytest.raises(Retry):
                writer.finish(late)
        assert six.head() == 6

    def test_a_range_is_finished_once(self, six: Store) -> None:
        one, two = take(six, "one", limit=2), take(six, "two", limit=2)
        finish(six, two)
        for _ in range(2):
            with pytest.raises(Retry):
                finish(six, two)
        finish(six, one)
        with pytest.raises(Retry):
            finish(six, one)
        assert six.bookmark(STEP) == 4

    def test_finishing_is_undone_with_its_transaction(self, six: Store) -> None:
        lease = take(six)
        fall_over_after(six, lambda writer: writer.finish(lease))
        assert six.bookmark(STEP) == 0
        finish(six, lease)
        assert six.bookmark(STEP) == 6

    def test_what_a_step_does_not_read_is_skipped_in_one_go(self, six: Store) -> None:
        announce(six, Event.JUDGED, "abcdef" * 50)
        keep(six, article("g"))
        finish(six, take(six, limit=6))
        lease = take(six, limit=1)
        assert (lease.first, lease.last, lease.article_ids) == (7, 307, (id_of("g"),))

    def test_a_range_without_anything_to_do_still_has_to_be_finished(self, six: Store) -> None:
        finish(six, take(six))
        announce(six, Event.JUDGED, "abc")
        lease = take(six, limit=1)
        assert (lease.first, lease.last, lease.entries) == (7, 9, ())
        finish(six, lease)
        assert (six.bookmark(STEP), ask(six)) == (9, None)

    def test_a_full_batch_ends_at_its_last_entry(self, six: Store) -> None:
        announce(six, Event.JUDGED, "abc")
        assert take(six, "one", limit=6).last == 6
        assert take(six, "two", limit=6).last == 9

    def test_a_batch_that_is_not_full_goes_all_the_way(self, six: Store) -> None:
        announce(six, Event.JUDGED, "abc")
        assert take(six, limit=7).last == 9

    def test_subjects_are_told_once(self, six: Store) -> None:
        announce(six, Event.REVISION, "aab")
        assert take(six).article_ids == tuple(id_of(x) for x in "abcdef")

    def test_never_past_until(self, six: Store) -> None:
        assert ask(six, until=0) is None
        lease = take(six, until=4)
        assert (lease.first, lease.last) == (1, 4)
        assert ask(six, "two", until=4) is None
        assert take(six, "two", until=99).first == 5

    def test_a_dead_lease_past_until_waits(self, six: Store) -> None:
        take(six, "dead")
        assert ask(six, seconds=60, until=5) is None
        assert take(six, seconds=60, until=6).last == 6

    def test_a_lease_of_nothing_is_refused(self, six: Store) -> None:
        with pytest.raises(WrongUse):
            ask(six, limit=0)
