"""What every store promises of moments in which answers are kept: nobody is shown what is no longer so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from diembao.core.article import Kind
from diembao.core.ports import Store
from diembao.core.saved import SavedSearch
from tests.store.contract_provinces import HERE, THERE
from tests.store.making import NOW, OFFICER, PROVINCE, article, id_of, keep


def search(name: str) -> SavedSearch:
    return SavedSearch(name, "biển", 1, OFFICER, NOW)


class SteadyContract:
    def test_within_a_moment_the_same_is_read_once_and_ones_own_writing_ends_it(self, store: Store) -> None:
        with store.steady():
            first = store.saved_searches()
            assert store.saved_searches() is first == []
            store.save_search(search("biển"))
            assert [each.name for each in store.saved_searches()] == ["biển"]
            before = store.head(), store.size()
            keep(store, article("a"))
            assert (store.head(), store.size()) == (before[0] + 1, before[1] + 1)
            store.correct(id_of("a"), Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="", now=NOW)
            assert [label.by for label, _ in store.label_history(id_of("a"))] == [OFFICER]
        assert store.saved_searches() is not store.saved_searches()

    def test_what_another_has_written_is_there_in_the_next_moment(self, store: Store) -> None:
        for name in ("biển", "hồ"):
            with store.steady():
                before = len(store.saved_searches())
                with ThreadPoolExecutor(1) as another:
                    another.submit(store.save_search, search(name)).result()
                assert len(store.saved_searches()) == before
            with store.steady():
                assert len(store.saved_searches()) == before + 1

    def test_the_answer_of_one_province_is_never_given_to_another(self, store: Store) -> None:
        here, there = store.seen_by(HERE), store.seen_by(THERE)
        here.save_search(search("biển"))
        with store.steady():
            assert [len(each.saved_searches()) for each in (here, there, here, there)] == [1, 0, 1, 0]
            assert [each.remembered(actor, "a") for each in (here,) for actor in ("person:1", "person:2")] == [None] * 2
            here.remember("person:1", "a", "b")
            assert [here.remembered(actor, "a") for actor in ("person:1", "person:2")] == ["b", None]
