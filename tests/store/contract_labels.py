"""What every store promises of labels and small facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diembao.core.article import NO_THEME, Kind, Labelled, in_force
from diembao.core.errors import WrongUse
from diembao.core.ports import Event, Store
from tests.store.making import NOW, OFFICER, PROVINCE, article, id_of, judge, keep, label, later


def read(store: Store, slug: str = "a") -> Labelled:
    item = store.article(id_of(slug))
    assert item is not None
    return item


@pytest.fixture
def two(store: Store) -> Store:
    """A store with the articles a and b."""
    keep(store, article("a"), article("b"))
    return store


class MachineLabelsContract:
    def test_a_label_comes_back_whole_with_its_time(self, two: Store) -> None:
        given = label("a", Kind.THEME, "tourism", score=0.123456, by="model:3", why="gần: du lịch", revision=1)
        assert judge(two, "a", given, now=later(hours=1))
        assert read(two).labels == (replace(given, score=0.1235, at=later(hours=1)),)
        assert read(two, "b").labels == ()

    def test_the_same_judgement_is_not_written_again(self, two: Store) -> None:
        given = [label("a", Kind.THEME, "tourism", score=0.5), label("a", Kind.STANCE, "neutral", score=0.7)]
        assert judge(two, "a", *given)
        assert not judge(two, "a", *reversed(given), now=later(hours=1))
        assert not judge(two, "a", replace(given[0], score=0.500_004), given[1], now=later(hours=1))
        assert len(two.label_history(id_of("a"))) == 2
        assert {x.at for x in read(two).labels} == {NOW}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("key", "asean"),
            ("about", "binh-dinh"),
            ("score", 0.5001),
            ("by", "model:2"),
            ("why", "khác"),
            ("revision", 2),
        ],
    )
    def test_any_other_judgement_is(self, two: Store, field: str, value: object) -> None:
        before = label("a", Kind.THEME, "tourism", score=0.5)
        after = replace(before, **{field: value})  # type: ignore[arg-type]  # one field of any type
        judge(two, "a", before)
        assert judge(two, "a", after, now=later(hours=1))
        assert read(two).labels == (replace(after, at=later(hours=1)),)

    def test_only_the_kinds_named_are_replaced(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.THEME, "tourism"), label("a", Kind.STANCE, "neutral"))
        with two.writing() as writer:
            assert writer.set_labels(id_of("a"), [Kind.THEME], [], now=NOW)
            assert not writer.set_labels(id_of("a"), [Kind.PLACE], [], now=NOW)
        assert [x.kind for x in read(two).labels] == [Kind.STANCE]

    def test_labels_about_every_province_are_replaced(self, two: Store) -> None:
        judge(two, "a", *(label("a", Kind.RELEVANCE, "yes", about=x) for x in ("gia-lai", "binh-dinh")))
        judge(two, "a", label("a", Kind.RELEVANCE, "no", about="gia-lai"))
        assert [(x.about, x.key) for x in read(two).labels] == [("gia-lai", "no")]

    def test_the_history_tells_what_stood_when_newest_first(self, two: Store) -> None:
        for hour, key in enumerate(("neutral", "critical", "positive")):
            judge(two, "a", label("a", Kind.STANCE, key), now=later(hours=hour))
        told = [(x.key, x.at, ended) for x, ended in two.label_history(id_of("a"))]
        assert told == [
            ("positive", later(hours=2), None),
            ("critical", later(hours=1), later(hours=2)),
            ("neutral", NOW, later(hours=1)),
        ]
        assert list(two.label_history("unknown")) == []

    def test_labels_of_others_are_refused(self, two: Store) -> None:
        wrong = (
            label("b", Kind.THEME, "tourism"),
            label("a", Kind.STANCE, "neutral"),
            label("a", Kind.THEME, "tourism", by=OFFICER),
        )
        for each in wrong:
            with pytest.raises(WrongUse), two.writing() as writer:
                writer.set_labels(id_of("a"), [Kind.THEME], [each], now=NOW)
        with pytest.raises(WrongUse):
            judge(two, "unknown", label("unknown", Kind.THEME, "tourism"))

    def test_many_articles_at_once_each_as_if_alone_and_the_changed_ones_are_named(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.STANCE, "neutral"), label("a", Kind.THEME, "tourism"))
        given = {id_of(slug): [label(slug, Kind.STANCE, "neutral")] for slug in "ab"}
        with two.writing() as writer:
            assert writer.relabel([Kind.STANCE], given, now=later(hours=1)) == {id_of("b")}
            assert writer.relabel([Kind.STANCE], given | {id_of("a"): []}, now=later(hours=2)) == {id_of("a")}
            assert writer.relabel([Kind.STANCE], {}, now=NOW) == set()
        assert [(x.key, x.at) for x in read(two, "b").labels] == [("neutral", later(hours=1))]
        assert [x.key for x in read(two, "a").labels] == ["tourism"]

    def test_the_same_label_twice_is_one(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.THEME, "tourism"), label("a", Kind.THEME, "tourism"))
        assert len(read(two).labels) == 1


class PeoplesLabelsContract:
    def test_what_people_say_now_comes_back_by_kind_the_latest_first(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.STANCE, "neutral"))
        for slug, keys in (("a", ["tourism", "asean"]), ("b", ["asean"]), ("a", [])):
            two.correct(id_of(slug), Kind.THEME, PROVINCE, keys, by=OFFICER, why="", now=NOW)
        two.correct(id_of("a"), Kind.RELEVANCE, PROVINCE, ["no"], by=OFFICER, why="", now=NOW)
        said = two.people_labels([Kind.THEME, Kind.STANCE], PROVINCE)
        assert [(x.article_id, x.key) for x in said] == [(id_of("a"), NO_THEME), (id_of("b"), "asean")]
        assert not two.people_labels([Kind.THEME], "binh-dinh")

    def test_a_person_outranks_the_machine_also_after_it_judged_again(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.STANCE, "neutral"))
        two.correct(id_of("a"), Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="nêu sai số", now=NOW)
        judge(two, "a", label("a", Kind.STANCE, "positive", by="model:9"))
        (only,) = read(two).labels
        assert (only.key, only.by, only.why, only.score, only.at) == ("critical", OFFICER, "nêu sai số", 1.0, NOW)

    def test_a_correction_is_logged(self, two: Store) -> None:
        two.correct(id_of("b"), Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="", now=later(hours=1))
        lease = two.lease("s", [Event.PERSON_LABEL], worker="w", now=NOW)
        assert lease is not None
        assert [(x.number, x.article_id, x.at) for x in lease.entries] == [(3, id_of("b"), later(hours=1))]

    def test_the_latest_person_counts_and_what_others_said_is_history(self, two: Store) -> None:
        for hour, (by, key) in enumerate((("person:một", "critical"), ("person:hai", "neutral"))):
            two.correct(id_of("a"), Kind.STANCE, PROVINCE, [key], by=by, why="", now=later(hours=hour))
        assert [(x.by, x.key) for x in read(two).labels] == [("person:hai", "neutral")]
        told = [(x.by, ended) for x, ended in two.label_history(id_of("a"))]
        assert told == [("person:hai", None), ("person:một", later(hours=1))]

    def test_several_themes_or_none_of_them(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.THEME, "tourism"))
        two.correct(id_of("a"), Kind.THEME, PROVINCE, ["asean", "sea-islands", "asean"], by=OFFICER, why="", now=NOW)
        assert read(two).keys(Kind.THEME, PROVINCE) == ("asean", "sea-islands")
        two.correct(id_of("a"), Kind.THEME, PROVINCE, [], by=OFFICER, why="", now=NOW)
        assert [x.key for x in read(two).labels] == [NO_THEME]
        assert read(two).keys(Kind.THEME, PROVINCE) == ()

    def test_a_word_on_one_theme_leaves_the_others_to_whoever_named_them(self, two: Store) -> None:
        def say(kind: Kind, *keys: str) -> None:
            two.correct(id_of("a"), kind, PROVINCE, keys, by=OFFICER, why="", now=NOW)

        def named() -> list[tuple[str, bool]]:
            return sorted((x.key, x.by_person) for x in read(two).labels if x.kind is Kind.THEME)

        machine = [label("a", Kind.THEME, "tourism"), label("a", Kind.THEME, "asean")]
        judge(two, "a", *machine)
        say(Kind.THEME_NO, "tourism")
        assert named() == [("asean", False)]
        judge(two, "a", *(replace(x, by="model:9") for x in [*machine, label("a", Kind.THEME, "sea-islands")]))
        assert named() == [("asean", False), ("sea-islands", False)]  # also of a later model's
        say(Kind.THEME_YES, "tourism")
        assert named() == [("asean", False), ("sea-islands", False), ("tourism", True)]
        assert named() == sorted((x.key, x.by_person) for x in in_force(read(two).labels) if x.kind is Kind.THEME)
        say(Kind.THEME)
        say(Kind.THEME_YES, "asean")
        assert named() == [("asean", True)]
        two.retract(id_of("a"), Kind.THEME_YES, PROVINCE, by=OFFICER, now=NOW)
        assert named() == [(NO_THEME, True)]
        say(Kind.THEME_NO, "asean")
        two.retract(id_of("a"), Kind.THEME, PROVINCE, by=OFFICER, now=NOW)
        assert named() == [("asean", False), ("sea-islands", False), ("tourism", False)]

    def test_a_correction_about_one_province_leaves_the_others(self, two: Store) -> None:
        judge(two, "a", *(label("a", Kind.STANCE, "neutral", about=x) for x in ("gia-lai", "binh-dinh")))
        two.correct(id_of("a"), Kind.STANCE, "gia-lai", ["critical"], by=OFFICER, why="", now=NOW)
        item = read(two)
        assert (item.key(Kind.STANCE, "gia-lai"), item.key(Kind.STANCE, "binh-dinh")) == ("critical", "neutral")
        two.correct(id_of("a"), Kind.STANCE, "binh-dinh", ["positive"], by=OFFICER, why="", now=NOW)
        two.retract(id_of("a"), Kind.STANCE, "gia-lai", by=OFFICER, now=NOW)
        item = read(two)
        assert (item.key(Kind.STANCE, "gia-lai"), item.key(Kind.STANCE, "binh-dinh")) == ("neutral", "positive")

    def test_a_correction_taken_back_lets_the_machine_count_again(self, two: Store) -> None:
        judge(two, "a", label("a", Kind.STANCE, "neutral"))
        two.correct(id_of("a"), Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="", now=NOW)
        two.retract(id_of("a"), Kind.STANCE, PROVINCE, by="person:trưởng phòng", now=later(hours=1))
        assert [(x.key, x.by) for x in read(two).labels] == [("neutral", "rules")]
        assert two.head() == 4
        two.retract(id_of("a"), Kind.STANCE, PROVINCE, by=OFFICER, now=later(hours=2))
        assert two.head() == 4  # nothing to take back, nothing to tell

    def test_a_persons_label_asks_for_another_look_after_a_revision(self, two: Store) -> None:
        two.correct(id_of("a"), Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="", now=NOW)
        assert not read(two).look_again(read(two).labels[0])
        keep(two, article("a", title="Đã sửa"))
        item = read(two)
        assert [x.key for x in item.labels] == ["critical"]
        assert item.look_again(item.labels[0])
        two.correct(id_of("a"), Kind.STANCE, PROVINCE, ["neutral"], by=OFFICER, why="", now=NOW)
        assert not read(two).look_again(read(two).labels[0])

    @pytest.mark.parametrize("by", ["rules", "model:1", "person:", "person: ", "", "Person:x"])
    def test_only_people_correct(self, two: Store, by: str) -> None:
        with pytest.raises(WrongUse, match="person"):
            two.correct(id_of("a"), Kind.STANCE, PROVINCE, ["critical"], by=by, why="", now=NOW)
        with pytest.raises(WrongUse, match="person"):
            two.retract(id_of("a"), Kind.STANCE, PROVINCE, by=by, now=NOW)

    @pytest.mark.parametrize(
        ("kind", "keys"),
        [
            (Kind.STANCE, ()),
            (Kind.STANCE, ("critical", "neutral")),
            (Kind.STANCE, ("bad",)),
            (Kind.RELEVANCE, ("maybe",)),
            (Kind.ROLE, ("first",)),
            (Kind.STORY, ()),
            (Kind.THEME, ("none", "tourism")),
            (Kind.PLACE, ()),
            (Kind.THEME_NO, ()),
            (Kind.THEME_YES, ("none",)),
        ],
    )
    def test_keys_that_a_kind_cannot_have_are_refused(self, two: Store, kind: Kind, keys: tuple[str, ...]) -> None:
        with pytest.raises(WrongUse):
            two.correct(id_of("a"), kind, PROVINCE, keys, by=OFFICER, why="", now=NOW)
        assert two.head() == 2

    def test_an_unknown_article_is_refused(self, two: Store) -> None:
        with pytest.raises(WrongUse, match="no article"):
            two.correct("unknown", Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="", now=NOW)
        with pytest.raises(WrongUse, match="no article"):
            two.retract("unknown", Kind.STANCE, PROVINCE, by=OFFICER, now=NOW)


class FactsContract:
    def test_a_fact_is_remembered_and_replaced(self, store: Store) -> None:
        assert store.fact("profile") is None
        store.set_fact("profile", "một")
        store.set_fact("profile", "hai")
        store.set_fact("model", "")
        assert (store.fact("profile"), store.fact("model")) == ("hai", "")
        assert store.change_fact("profile", lambda before: f"{before} ba") == "hai ba"
        assert store.change_fact("home", lambda before: before or "một") == "một"
        assert (store.fact("profile"), store.fact("home")) == ("hai ba", "một")
