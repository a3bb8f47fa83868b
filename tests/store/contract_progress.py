"""What every store promises of the progress of the plan's tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from diembao.core.progress import DOCUMENT, NOTE, Progress, TaskState
from tests.store.making import NOW, later

FIRST = Progress("binh-dinh", "4.2", "cong-an-tinh", TaskState.RUNNING, 40, "Đã lập tổ.", "person:lan", NOW)


class ProgressContract:
    def test_entries_stay_and_the_latest_of_each_unit_stands(self, store: Store) -> None:
        done = replace(FIRST, state=TaskState.DONE, share=100, note="", at=later(days=9))
        other = replace(FIRST, unit="so-ngoai-vu", share=None)
        for entry in (FIRST, done, other):
            store.add_progress(entry)
        assert store.progress("binh-dinh", "4.2") == [done, other, FIRST]
        assert store.latest_progress("binh-dinh") == {
            ("4.2", "cong-an-tinh"): done,
            ("4.2", "so-ngoai-vu"): other,
        }

    def test_tasks_and_provinces_are_kept_apart(self, store: Store) -> None:
        store.add_progress(FIRST)
        assert store.progress("binh-dinh", "4.1") == []
        assert store.progress("bac-giang") == []

    def test_two_entries_of_one_moment_come_in_the_order_they_were_told(self, store: Store) -> None:
        store.add_progress(FIRST)
        store.add_progress(replace(FIRST, share=60))
        assert [entry.share for entry in store.progress("binh-dinh")] == [60, 40]

    def test_a_day_and_a_documents_number_come_back(self, store: Store) -> None:
        told = replace(FIRST, until=date(2028, 2, 29), document="45/KH-CAT")
        store.add_progress(told)
        assert store.progress("binh-dinh") == [told]

    @pytest.mark.parametrize(
        "wrong", [{"share": 101}, {"share": -1}, {"note": "x" * (NOTE + 1)}, {"document": "x" * (DOCUMENT + 1)}]
    )
    def test_what_cannot_be_is_refused_and_nothing_is_kept(self, store: Store, wrong: dict[str, object]) -> None:
        with pytest.raises(WrongUse):
            store.add_progress(replace(FIRST, **wrong))  # type: ignore[arg-type]  # one field of several types
        assert store.progress("binh-dinh") == []
