"""What every store promises of the titles of answers: they are held against the headlines of what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diembao.core.case import Case
from diembao.core.ports import Store
from diembao.response import titles
from tests.store.casework import by, whole
from tests.store.contract_desk import LAN, READY, quoted, statements
from tests.store.making import article, keep, later


def warned(store: Store, case: Case, title: str) -> Sequence[str]:
    found = whole(store, case)
    statements(store).save(case.number, replace(READY, title=title), by(LAN), based_on=len(found.drafts))
    return titles.warnings(store, whole(store, case))


class TitlesContract:
    def test_a_title_that_is_the_headline_of_what_it_answers_is_warned_about_in_each_language(self, two: Store) -> None:
        case, _ = quoted(two)
        headline = article("a").title
        (told,) = warned(two, case, f"{headline.upper()}.")
        assert headline in told
        assert "bản Tiếng Việt" in told
        assert warned(two, case, "Cảng đón tàu đúng hẹn") == ()
        both = replace(READY, title=headline, titles={"en": headline})
        statements(two).save(case.number, both, by(LAN), based_on=2)
        assert len(titles.warnings(two, whole(two, case))) == 2

    def test_a_headline_that_the_outlet_has_changed_since_is_still_no_title(self, two: Store) -> None:
        case, _ = quoted(two)
        before = article("a").title
        keep(two, article("a", title="Cảng nói lại", seen_at=later(hours=1)))
        assert len(warned(two, case, before)) == len(warned(two, case, "Cảng nói lại")) == 1
