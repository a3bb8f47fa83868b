"""What every store promises of saved searches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from diembao.core.saved import SavedSearch
from tests.store.making import NOW, later

RIVER = SavedSearch("Xả thải sông Côn", '"xả thải" GẦN/9 "sông Côn"', 1, "person:local", NOW)
BEACH = SavedSearch("biển", "biển -đảo", 1, "person:lan", NOW)


class SearchesContract:
    def test_a_search_is_kept_under_its_name_until_it_is_removed(self, store: Store) -> None:
        for each in (RIVER, BEACH):
            store.save_search(each)
        assert store.saved_searches() == [BEACH, RIVER]
        store.remove_search("XA THAI song con", now=NOW)
        assert store.saved_searches() == [BEACH]
        with pytest.raises(WrongUse, match="no search"):
            store.remove_search("Xả thải sông Côn", now=NOW)

    def test_a_name_is_given_once_whatever_its_marks_and_replaced_only_on_purpose(self, store: Store) -> None:
        store.save_search(RIVER)
        other = replace(RIVER, name="xả thải SÔNG CÔN", query="khác", at=later(hours=1))
        with pytest.raises(WrongUse, match="already"):
            store.save_search(other)
        assert store.saved_searches() == [RIVER]
        store.save_search(other, replace=True)
        assert store.saved_searches() == [other]
