"""What every store promises to copies that follow it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from diembao.core.article import Kind, Label
from diembao.core.bulk import Told
from diembao.core.ports import Event, Store
from diembao.core.provinces import Scope
from tests.store.contract_revisits import visit
from tests.store.making import NOW, OFFICER, PROVINCE, article, id_of, judge, keep, label, later


def everything(store: Store, since: int = 0, *, lead: int = 500, text: bool = False) -> list[Told]:
    """Read two at a time."""
    head, found = store.head(), list[Told]()
    while entries := store.last_changes(since, head, 2):
        found += store.told(entries, lead=lead, text=text)
        since = entries[-1].number
    return found


def said(store: Store, slug: str, *labels: Label) -> None:
    """As a step does: judged, and told."""
    judge(store, slug, *labels)
    with store.writing() as write:
        write.announce(Event.JUDGED, [id_of(slug)], now=NOW)


def given(told: Told) -> set[tuple[str, str, str]]:
    return {(each["kind"], each["key"], each["by"]) for each in json.loads(told.labels)}


def as_told(store: Store, slug: str) -> list[dict[str, Any]]:
    """The labels in force, as the rest of the record tells them."""
    item = store.article(id_of(slug))
    assert item is not None
    names = ("kind", "key", "about", "revision", "score", "by", "why")
    return [
        {name: getattr(each, name) for name in names}
        | {"at": str(each.at).replace(" ", "T").replace("+00:00", "Z"), "look_again": item.look_again(each)}
        for each in item.labels
    ]


def sorted_labels(labels: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(labels, key=lambda each: (each["kind"], each["key"], each["about"]))


class BulkContract:
    def test_each_article_is_told_once_at_the_place_of_its_last_change(self, store: Store) -> None:
        for slug in ("a", "b", "c"):
            keep(store, article(slug))
        said(store, "a", label("a", Kind.RELEVANCE, "yes"))
        told = everything(store)
        assert [each.entry.article_id for each in told] == [id_of("b"), id_of("c"), id_of("a")]
        assert [each.entry.number for each in told] == sorted(each.entry.number for each in told)
        assert told[-1].entry.number == store.head()
        assert everything(store, store.head()) == []
        assert [each.entry.article_id for each in everything(store, told[0].entry.number)] == [id_of("c"), id_of("a")]

    def test_what_comes_while_it_is_read_leaves_no_article_out_and_comes_behind(self, store: Store) -> None:
        for slug in ("a", "b", "c"):
            keep(store, article(slug))
        head = store.head()
        first = store.last_changes(0, head, 1)
        said(store, "c", label("c", Kind.RELEVANCE, "yes"))
        rest = store.last_changes(first[-1].number, head, 9)
        assert [each.article_id for each in (*first, *rest)] == [id_of("a"), id_of("b"), id_of("c")]
        assert [each.entry.article_id for each in everything(store, head)] == [id_of("c")]

    def test_what_only_asks_for_judging_again_is_no_change(self, store: Store) -> None:
        keep(store, article("a"))
        with store.writing() as write:
            write.announce(Event.MODEL, [id_of("a")], now=NOW)
        (told,) = everything(store)
        assert told.entry.event is Event.ARTICLE
        assert everything(store, told.entry.number) == []

    def test_an_article_is_told_with_its_words_and_the_labels_in_force(self, store: Store) -> None:
        made = article("a", title="“Cảng” \\ Quy Nhơn\n\u2028", lead="Chuyến " * 50)
        keep(store, made)
        odd = label("a", Kind.THEME, "economy", why='“lời” "trích" \\ \t \x7f')
        said(store, "a", label("a", Kind.RELEVANCE, "yes", score=0.1234), odd)
        (told,) = everything(store, lead=20)
        kept = store.article(made.id)
        assert kept is not None
        assert (told.title, told.lead, told.text) == (kept.article.title, kept.article.lead[:20], None)
        assert str(told.published_at) == str(kept.article.published_at)  # its distance from UTC too
        assert sorted_labels(json.loads(told.labels)) == sorted_labels(as_told(store, "a"))
        (whole,) = everything(store, lead=0, text=True)
        assert (whole.lead, whole.text) == (kept.article.lead, kept.article.text)

    def test_where_a_person_judged_their_word_is_told_and_asks_for_another_look(self, store: Store) -> None:
        keep(store, article("a"))
        said(store, "a", label("a", Kind.STANCE, "critical"))
        store.correct(id_of("a"), Kind.STANCE, PROVINCE, ["neutral"], by=OFFICER, why="thuật lại", now=NOW)
        (told,) = everything(store)
        assert given(told) == {("stance", "neutral", OFFICER)}
        keep(store, article("a", title="Tiêu đề khác"))
        (told,) = everything(store)
        assert json.loads(told.labels)[0]["look_again"] is True
        assert sorted_labels(json.loads(told.labels)) == sorted_labels(as_told(store, "a"))

    def test_a_page_that_was_taken_down_is_told_as_gone_until_it_is_back(self, store: Store) -> None:
        keep(store, article("a"), response=b"a")
        said(store, "a", label("a", Kind.RELEVANCE, "yes"))
        began = store.head()
        visit(store, "a", later(days=1), "status-404")
        visit(store, "a", later(days=3), "status-404")
        (told,) = everything(store, began)
        assert (told.entry.event, told.withdrawn_at) == (Event.WITHDRAWN, later(days=1))
        gone = store.head()
        keep(store, article("a"), now=later(days=5))
        (told,) = everything(store, gone)
        assert (told.entry.event, told.withdrawn_at) == (Event.RETURNED, None)

    def test_a_province_is_told_of_labels_about_itself_only(self, store: Store) -> None:
        keep(store, article("a"))
        said(store, "a", label("a", Kind.RELEVANCE, "yes"), label("a", Kind.RELEVANCE, "no", about="dak-lak"))
        store.correct(id_of("a"), Kind.STANCE, "dak-lak", ["critical"], by=OFFICER, why="", now=NOW)
        here = store.seen_by(Scope(PROVINCE, everything=False, about=frozenset({PROVINCE})))
        (told,) = everything(here)
        assert given(told) == {("relevance", "yes", "rules")}
        assert told.entry.event is not Event.PERSON_LABEL

    def test_revisions_of_many_articles_are_read_together(self, store: Store) -> None:
        keep(store, article("a"))
        keep(store, article("b"))
        keep(store, article("a", title="Tiêu đề khác"))
        found = store.revisions_of([id_of("a"), id_of("b")])
        assert sorted(found, key=lambda x: (x.article_id, x.number)) == list(found)
        assert [x for x in found if x.article_id == id_of("a")] == store.revisions(id_of("a"))
