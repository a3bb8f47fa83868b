from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.difference import STRETCH, Change, Part, difference, pairs

WORDS = st.lists(st.sampled_from(["tỉnh", "sông", "bờ", "kè", "42", "hộ"]), max_size=20).map(" ".join)


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(part.change.value, part.text) for part in difference(old, new)]


def test_equal_texts_have_no_difference() -> None:
    assert difference("một hai", "một hai") == ()


def test_a_changed_word_is_struck_out_and_put_in() -> None:
    assert told("hơn một năm", "hơn hai năm") == [
        ("same", "hơn "),
        ("old", "một "),
        ("new", "hai "),
        ("same", "năm"),
    ]


def test_scripts_without_spaces_are_compared_by_letters() -> None:
    assert told("歸仁港動工", "歸仁港完工") == [("same", "歸仁港"), ("old", "動"), ("new", "完"), ("same", "工")]


def test_long_stretches_without_a_change_are_cut_to_their_ends() -> None:
    words = [f"từ{n}" for n in range(400)]
    parts = difference(" ".join([*words, "cũ", *words]), " ".join([*words, "mới", *words]))
    assert [part.change for part in parts] == [
        Change.SKIP,
        Change.SAME,
        Change.OLD,
        Change.NEW,
        Change.SAME,
        Change.SKIP,
    ]
    assert parts[0] == Part(Change.SKIP, "375")


def test_a_stretch_too_long_to_compare_is_shown_whole() -> None:
    old = " ".join(f"a{n}" for n in range(STRETCH + 1))
    new = " ".join(f"b{n}" for n in range(STRETCH + 1))
    assert told(old, new) == [("old", old), ("new", new)]


@given(WORDS, WORDS)
def test_what_stays_and_what_is_put_in_make_the_new_text(old: str, new: str) -> None:
    parts = difference(old, new) or (Part(Change.SAME, new),)
    kept = "".join(part.text for part in parts if part.change in {Change.SAME, Change.NEW})
    assert kept.split() == new.split()


@given(WORDS, WORDS)
def test_what_stays_and_what_is_struck_out_make_the_old_text(old: str, new: str) -> None:
    parts = difference(old, new) or (Part(Change.SAME, old),)
    kept = "".join(part.text for part in parts if part.change in {Change.SAME, Change.OLD})
    assert "".join(kept.split()) == "".join(old.split())


def sides(old: str, new: str) -> list[tuple[str, str]]:
    def words(parts: tuple[Part, ...]) -> str:
        return "".join(f"[{part.text}]" if part.change in {Change.OLD, Change.NEW} else part.text for part in parts)

    return [(words(pair.old).strip(), words(pair.new).strip()) for pair in pairs(difference(old, new))]


def test_two_revisions_stand_side_by_side_paragraph_beside_paragraph() -> None:
    old, new = "Mở đầu\nCó 42 hộ chờ\nĐoạn bỏ\nKết", "Mở đầu\nCó 57 hộ chờ\nKết\nĐoạn thêm"
    assert sides(old, new) == [
        ("Mở đầu", "Mở đầu"),
        ("Có [42 ]hộ chờ", "Có [57 ]hộ chờ"),
        ("[Đoạn bỏ\n]", ""),
        ("Kết", "Kết"),
        ("", "[Đoạn thêm]"),
    ]


@given(st.lists(WORDS, max_size=6).map("\n".join), st.lists(WORDS, max_size=6).map("\n".join))
def test_the_two_columns_are_the_two_texts(old: str, new: str) -> None:
    found = pairs(difference(old, new)) or pairs([Part(Change.SAME, new)])
    for side, text in (("old", old), ("new", new)):
        words = " ".join(" ".join(part.text for part in getattr(pair, side)) for pair in found)
        assert words.split() == text.split()
