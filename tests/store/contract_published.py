"""What every store promises of published articles: those of a period, of stories, in lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from diembao.core.article import Kind
from diembao.core.ports import Store
from tests.store.making import NOW, article, id_of, judge, keep, label, later


class PublishedContract:
    def test_articles_of_a_period_about_a_province_by_time(self, store: Store) -> None:
        keep(store, *(article(x, published_at=later(hours=n)) for n, x in enumerate("dcba")))
        for slug, key in zip("abcd", ("yes", "part", "no", "yes"), strict=True):
            judge(store, slug, label(slug, Kind.RELEVANCE, key))
        assert store.published_between(NOW, later(hours=9), about="gia-lai") == [id_of(x) for x in "dba"]
        assert store.published_between(later(hours=2), later(hours=3), about="gia-lai") == [id_of("b")]
        assert store.published_between(NOW, later(hours=9), about="binh-dinh") == []

    def test_without_a_time_the_first_sight_counts(self, store: Store) -> None:
        keep(store, article("a", published_at=None, seen_at=later(hours=5)))
        judge(store, "a", label("a", Kind.RELEVANCE, "yes"))
        assert store.published_between(later(hours=5), later(hours=6), about="gia-lai") == [id_of("a")]
        keep(store, article("a", published_at=NOW), now=later(hours=6))
        assert store.published_between(later(hours=5), later(hours=6), about="gia-lai") == []
        assert store.published_between(NOW, later(hours=1), about="gia-lai") == [id_of("a")]

    def test_a_person_outranks_the_machine(self, store: Store) -> None:
        keep(store, article("a", published_at=NOW), article("b", published_at=NOW))
        judge(store, "a", label("a", Kind.RELEVANCE, "yes"))
        judge(store, "b", label("b", Kind.RELEVANCE, "no"))
        for slug, key in (("a", "no"), ("b", "part")):
            store.correct(id_of(slug), Kind.RELEVANCE, "gia-lai", [key], by="person:x", why="", now=NOW)
        assert store.published_between(NOW, later(hours=1), about="gia-lai") == [id_of("b")]
        store.retract(id_of("a"), Kind.RELEVANCE, "gia-lai", by="person:x", now=NOW)
        found = store.published_between(NOW, later(hours=1), about="gia-lai")
        assert found == sorted([id_of("a"), id_of("b")])  # the same time: by id

    def test_of_several_machines_the_surer_one_counts(self, store: Store) -> None:
        keep(store, article("a", published_at=NOW), article("b", published_at=NOW))
        for slug, sure in (("a", 0.9), ("b", 0.2)):
            yes = label(slug, Kind.RELEVANCE, "yes", score=sure, by="model:1")
            judge(store, slug, yes, label(slug, Kind.RELEVANCE, "no", score=0.5))
        assert store.published_between(NOW, later(hours=1), about="gia-lai") == [id_of("a")]

    def test_members_of_stories_by_time(self, store: Store) -> None:
        keep(store, *(article(x, published_at=later(hours=n)) for n, x in enumerate("dcba")))
        for slug in "abc":
            judge(store, slug, label(slug, Kind.STORY, id_of("c")))
        judge(store, "d", label("d", Kind.STORY, id_of("d")))
        asked = [id_of("d"), id_of("c"), "unknown"]
        assert store.story_members(asked) == {
            id_of("d"): [id_of("d")],
            id_of("c"): [id_of(x) for x in "cba"],
            "unknown": [],
        }

    def test_an_article_moves_to_the_story_a_person_names(self, store: Store) -> None:
        keep(store, article("a"))
        judge(store, "a", label("a", Kind.STORY, "one"))
        store.correct(id_of("a"), Kind.STORY, "", ["two"], by="person:x", why="khác việc", now=NOW)
        assert store.story_members(["one", "two"]) == {"one": [], "two": [id_of("a")]}

    def test_where_articles_stand_in_a_list_of_stories(self, store: Store) -> None:
        here = datetime(2026, 11, 21, 8, tzinfo=timezone(timedelta(hours=7)))
        keep(store, article("a", published_at=here), article("b", published_at=None), article("c"))
        judge(store, "a", label("a", Kind.STORY, "one"))
        store.correct(id_of("a"), Kind.STORY, "", ["two"], by="person:x", why="khác việc", now=NOW)
        found = store.story_places([id_of("b"), id_of("a"), "unknown"])
        assert {each: story for each, (_, story) in found.items()} == {id_of("a"): "two", id_of("b"): ""}
        assert found[id_of("a")][0].isoformat() == here.isoformat()
        assert found[id_of("b")][0] == store.rows([id_of("b")])[0].article.when

    def test_heads_are_articles_without_their_texts(self, store: Store) -> None:
        keep(store, article("a", lead="Tàu vào"), article("b"))
        judge(store, "a", label("a", Kind.STORY, "one"))
        asked = [id_of("b"), "unknown", id_of("a")]
        whole = store.articles(asked)
        assert all(each.article.text for each in whole)
        assert store.heads(asked) == [replace(each, article=replace(each.article, text="")) for each in whole]

    def test_stories_are_counted_with_their_distinct_texts_as_people_and_machines_see_them(self, store: Store) -> None:
        keep(store, *(article(x, published_at=later(hours=n)) for n, x in enumerate("abc")))
        for slug, role in (("a", "original"), ("b", "copy"), ("c", "copy")):
            judge(store, slug, label(slug, Kind.STORY, "one"), label(slug, Kind.ROLE, role))
        assert store.story_sizes(["one", "none"]) == {"one": (3, 1), "none": (0, 0)}
        store.correct(id_of("c"), Kind.ROLE, "", ["follow-up"], by="person:x", why="", now=NOW)
        assert store.story_sizes(["one"]) == store.sizes_of(store.story_members(["one"])) == {"one": (3, 2)}

    def test_the_article_that_a_story_is_told_by(self, store: Store) -> None:
        keep(store, article("a"), article("b"))
        for slug in "ab":
            judge(store, slug, label(slug, Kind.STORY, "one"), *([label("b", Kind.HEADLINE, "one")] * (slug == "b")))
        assert store.story_headlines(["one", "two"]) == {"one": id_of("b")}
        store.correct(id_of("b"), Kind.STORY, "", ["two"], by="person:x", why="", now=NOW)
        assert store.story_headlines(["one", "two"]) == {}
