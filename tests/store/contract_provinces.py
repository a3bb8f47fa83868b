"""What every store promises of several provinces: what is one's is nobody else's, what was published is everybody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diembao.core.article import Kind
from diembao.core.case import CaseQuery, Details
from diembao.core.errors import WrongUse
from diembao.core.ports import Event, Store
from diembao.core.provinces import Scope
from diembao.core.saved import SavedSearch
from diembao.core.subscription import Subscription
from diembao.plan.reader import profile
from diembao.response.cases import Actor, Desk, join
from tests.store.making import NOW, OFFICER, alert, id_of, judge, label, later

HERE = Scope("gia-lai", everything=False, about=frozenset({"gia-lai", "binh-dinh"}), code="GL")
THERE = Scope("bac-ninh", everything=False, about=frozenset({"bac-ninh", "bac-giang"}), code="BN")
ACTOR = Actor(OFFICER, NOW)


def opened(store: Store, scope: Scope, *slugs: str) -> str:
    desk = Desk(store.seen_by(scope), profile(scope.province))
    return desk.open(Details("Nước thải", "so-nnmt"), [id_of(slug) for slug in slugs], ACTOR).number


def _given(store: Store) -> list[object]:
    return [given for given, _ in store.label_history(id_of("a"))]


class ProvincesContract:
    def test_a_saved_search_is_one_provinces_and_both_may_give_one_name(self, store: Store) -> None:
        here, there = store.seen_by(HERE), store.seen_by(THERE)
        mine, theirs = (SavedSearch("biển", query, 1, OFFICER, NOW) for query in ("biển", "hồ"))
        here.save_search(mine)
        there.save_search(theirs)
        assert (here.saved_searches(), there.saved_searches()) == ([mine], [theirs])
        there.remove_search("biển", now=NOW)
        assert (here.saved_searches(), there.saved_searches()) == ([mine], [])
        with pytest.raises(WrongUse, match="no search"):
            there.remove_search("biển", now=NOW)

    def test_a_subscription_is_one_provinces_and_ends_for_it_alone(self, two: Store) -> None:
        here, there = two.seen_by(HERE), two.seen_by(THERE)
        for each in (here, there):
            each.add_subscription(Subscription(name="Cảng", query="cảng"), now=NOW)
            with each.writing() as write:
                assert write.add_alert(alert("a", "s", "Cảng"))
                assert not write.add_alert(alert("b", "s", "Cảng"))
        assert [each.province for each in two.subscriptions()] == ["bac-ninh", "gia-lai"]
        assert [each.province for each in here.alerts_since(NOW)] == ["gia-lai"]
        assert there.remove_subscription("Cảng", now=NOW) == 1
        assert [each.name for each in here.subscriptions()] == ["Cảng"]
        assert [x.alerts[0].province for x in two.take_parcels(worker="w", now=NOW, storm=9)] == ["gia-lai"]

    def test_a_storm_of_two_provinces_is_two_messages(self, two: Store) -> None:
        for scope in (HERE, THERE):
            with two.seen_by(scope).writing() as write:
                assert [write.add_alert(alert(slug, slug, "Cảng")) for slug in "ab"] == [True, True]
        found = two.take_parcels(worker="w", now=NOW, storm=1)
        assert [{each.province for each in parcel.alerts} for parcel in found] == [{"gia-lai"}, {"bac-ninh"}]

    def test_each_province_counts_its_own_cases_and_sees_no_others(self, two: Store) -> None:
        mine, theirs, next_one = opened(two, HERE, "a"), opened(two, THERE, "a"), opened(two, THERE)
        assert (mine, theirs, next_one) == ("VV-GL-2026-0001", "VV-BN-2026-0001", "VV-BN-2026-0002")
        here, there = two.seen_by(HERE), two.seen_by(THERE)
        assert [x.number for x in here.cases(CaseQuery())[1]] == [mine]
        assert there.cases(CaseQuery())[0] == 2
        assert here.case_file(theirs) is None
        assert [x.number for x in there.cases_with([id_of("a")])] == [theirs]
        with pytest.raises(WrongUse, match="no case"):
            Desk(here, profile("gia-lai")).note(theirs, "Ghi chú", ACTOR)

    def test_only_coverage_of_the_province_joins_its_case(self, two: Store) -> None:
        for slug in "ab":
            judge(two, slug, label(slug, Kind.STORY, id_of("a"), by="model:t"))
        judge(two, "a", *(label("a", Kind.RELEVANCE, "yes", about=each) for each in ("gia-lai", "bac-ninh")))
        judge(two, "b", label("b", Kind.RELEVANCE, "yes", about="bac-ninh"))
        mine, theirs = opened(two, HERE, "a"), opened(two, THERE, "a")
        for scope in (HERE, THERE):
            store = two.seen_by(scope)
            with store.writing() as write:
                join(store, write, [id_of("b")], later(hours=1))
        covered = {
            number: {x.article_id for x in two.case_file(number).coverage}  # type: ignore[union-attr]  # both are there
            for number in (mine, theirs)
        }
        assert covered == {mine: {id_of("a")}, theirs: {id_of("a"), id_of("b")}}

    @pytest.mark.parametrize("read", [lambda s: s.article(id_of("a")).labels, _given])
    def test_labels_about_another_province_are_not_seen_nor_their_history(
        self, two: Store, read: Callable[[Store], object]
    ) -> None:
        judge(two, "a", *(label("a", Kind.RELEVANCE, "yes", about=each) for each in ("gia-lai", "bac-ninh")))
        judge(two, "a", label("a", Kind.LANGUAGE, "vi"))
        two.seen_by(THERE).correct(id_of("a"), Kind.STANCE, "bac-ninh", ["critical"], by=OFFICER, why="x", now=NOW)
        assert {x.about for x in read(two.seen_by(HERE))} == {"", "gia-lai"}  # type: ignore[attr-defined]
        assert {x.about for x in read(two)} == {"", "gia-lai", "bac-ninh"}  # type: ignore[attr-defined]

    def test_what_people_of_another_province_did_is_not_told_of_an_article(self, two: Store) -> None:
        two.correct(id_of("a"), Kind.STANCE, "bac-ninh", ["critical"], by=OFFICER, why="x", now=NOW)
        assert Event.PERSON_LABEL in {x.event for x in two.changes(0, 99)}
        assert Event.PERSON_LABEL not in {x.event for x in two.seen_by(HERE).changes(0, 99)}

    def test_of_a_story_and_of_its_ties_only_what_is_about_the_province_is_seen(self, two: Store) -> None:
        for slug, about in (("a", "gia-lai"), ("b", "bac-ninh")):
            judge(two, slug, label(slug, Kind.STORY, "s", by="model:t"))
            judge(two, slug, label(slug, Kind.RELEVANCE, "part", about=about))
        assert set(two.story_members(["s"])["s"]) == {id_of("a"), id_of("b")}
        assert two.seen_by(HERE).story_members(["s"]) == {"s": [id_of("a")]}
        two.tie([(id_of("a"), id_of("b"))], together=True, by=OFFICER, why="x", now=NOW)
        assert len(two.ties([id_of("a")])) == 1
        assert two.seen_by(HERE).ties([id_of("a")]) == []

    def test_what_was_kept_before_is_the_first_provinces(self, two: Store) -> None:
        two.save_search(SavedSearch("cũ", "cũ", 1, OFFICER, NOW))
        Desk(two, profile("gia-lai")).open(Details("Việc cũ", "so-nnmt"), [], ACTOR)
        assert two.seen_by(HERE).saved_searches() == []
        two.adopt("gia-lai")
        assert [x.name for x in two.seen_by(HERE).saved_searches()] == ["cũ"]
        assert two.seen_by(HERE).cases(CaseQuery())[0] == 1
        assert two.seen_by(THERE).cases(CaseQuery())[0] == 0
