"""Dòng tin: what it lists, how it narrows, and the searches that are kept beside it."""

from __future__ import annotations

import re

import pytest

from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import screen, titles_of, unfolded, words_of
from tests.dashboard.seed import NOW

# -- stream ---------------------------------------------------------------------------------------


def test_the_stream_hides_what_is_not_about_the_province_and_shows_it_on_demand(house: Installation) -> None:
    test = screen("stream", period="all")
    shown = int(test.header[0].value.split()[0])
    hide = next(button for button in test.button if button.label == "Hiện cả")
    hide.click().run()
    assert int(test.header[0].value.split()[0]) == house.store.size() > shown
    assert test.query_params["relevance"] == ["yes", "part", "no"]


def test_a_filter_changes_the_address_and_the_address_alone_gives_the_same_view(house: Installation) -> None:
    test = screen("stream", period="30d")
    test.pills("stream-stance").set_value(["critical"]).run()
    assert test.query_params["stance"] == "critical"
    again = screen("stream", period="30d", stance="critical")
    assert again.header[0].value == test.header[0].value
    assert titles_of(again)
    assert titles_of(again) == titles_of(test)


def test_facets_are_counted_as_if_their_own_filter_were_not_set(house: Installation) -> None:
    every = screen("stream", period="all").pills("stream-stance").options
    narrowed = screen("stream", period="all", stance="critical").pills("stream-stance").options
    assert narrowed == every


def test_nothing_on_the_stream_narrows_by_a_person(house: Installation) -> None:
    test = unfolded(screen("stream"), "stream-filters")
    labels = {widget.label for kind in ("multiselect", "selectbox", "pills") for widget in getattr(test, kind)}
    assert labels == {
        "Khoảng thời gian",
        "Xếp theo",
        "Liên quan",
        "Thái độ với tỉnh",
        "Chủ đề",
        "Ngôn ngữ của bài",
        "Nguồn",
        "Nước",
    }


def test_a_typed_query_finds_with_and_without_marks(house: Installation) -> None:
    assert screen("stream", q="nước thải").header[0].value == "3 bài"
    assert screen("stream", q="nuoc thai").header[0].value == "3 bài"


def test_a_query_that_cannot_be_read_is_pointed_at_and_the_filters_stay(house: Installation) -> None:
    test = screen("stream", q='heo "sông', stance="critical")
    assert "ký tự thứ 5" in test.warning[0].value
    assert ":orange-badge[" in words_of(test)
    assert "at character" not in words_of(test)
    assert test.query_params["stance"] == "critical"


def test_pages_are_of_fifty_and_a_page_beyond_the_last_is_the_last(house: Installation) -> None:
    test = screen("stream", period="all", page="999")
    assert test.query_params["page"] == "2"
    assert "51–" in test.header[0].value
    first = screen("stream", period="all")
    assert first.pagination("stream-page-top").value == 1
    titles = [list(titles_of(page)) for page in (first, test)]
    assert len(titles[0]) == 50
    assert not set(titles[0]) & set(titles[1])


@pytest.mark.parametrize("value", ["", "-1", "1e9", "٣", "x" * 5000, "\x00", "<b>", "0001-01-01"])
def test_what_an_address_says_never_breaks_the_stream(house: Installation, value: str) -> None:
    names = ("stance", "theme", "language", "outlet", "country", "sort", "page", "from", "to", "relevance")
    screen("stream", q=value, period="custom", **dict.fromkeys(names, value))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1950-01-01", "1950-02-01"),
        ("2026-11-20", "2026-11-01"),
        ("2026-11-01", ""),
        ("", "2026-11-01"),
        ("2199-01-01", "2200-01-01"),
    ],
)
def test_any_days_in_an_address_are_shown(house: Installation, start: str, end: str) -> None:
    screen("stream", period="custom", **{"from": start, "to": end})


# -- searches ---------------------------------------------------------------------------------------


def test_a_search_is_saved_opened_and_removed_beside_the_search_box(house: Installation) -> None:
    test = unfolded(screen("stream", q="nước thải", period="all"), "search-saved")
    test.text_input("search-name").set_value("Xả thải")
    next(each for each in test.button if each.label == "Lưu câu tìm").click().run()
    assert "Đã lưu “Xả thải”" in words_of(test).replace("\\", "")
    assert [(each.name, each.query) for each in house.store.saved_searches()] == [
        ("Xả thải", "(nước thải) liên_quan:(có OR một_phần)")
    ]
    assert screen("stream", q="lưu:xa_thai", period="all").header[0].value == "3 bài"
    other = unfolded(screen("stream", period="all", stance="critical"), "search-saved")
    other.button("search-open-0").click().run()
    assert other.text_input("stream-q").value == "(nước thải) liên_quan:(có OR một_phần)"
    assert other.header[0].value == "3 bài"
    assert "stance" not in other.query_params
    other.button("search-remove-0").click().run()
    assert "Đã xóa “Xả thải”" in words_of(other).replace("\\", "")
    assert not house.store.saved_searches()


def test_what_cannot_be_saved_is_said_and_the_search_stays(house: Installation) -> None:
    test = unfolded(screen("stream", q="nước thải", lang="en"), "search-saved")
    for name, said in (("", "1 to 100 characters"), ('"', "quotation marks")):
        test.text_input("search-name").set_value(name)
        next(each for each in test.button if each.label == "Save the search").click().run()
        assert said in words_of(test).replace("\\", "")
    assert not house.store.saved_searches()
    assert test.text_input("stream-q").value == "nước thải"


def test_what_was_searched_for_stands_marked_in_the_rows(house: Installation) -> None:
    found = words_of(screen("stream", q='"ho dan" phê duyệt', period="all"))
    first, second = (f'<span class="diembao-sought">{words}</span>' for words in ("hộ dân", "phê duyệt"))
    assert f"42 {first} vẫn chưa nhận quyết định {second}" in found
    assert 'diembao-sought">' not in words_of(screen("stream", period="all"))


def test_how_to_search_is_told_with_words_that_can_be_typed(house: Installation) -> None:
    for language in ("vi", "en"):
        told = next(
            str(each.value) for each in screen("stream", lang=language).markdown if "sông Côn" in str(each.value)
        )
        for typed in re.findall("`([^`]+)`", told):
            if "(" not in typed and "lưu" not in typed and "saved" not in typed:
                house.query(typed, NOW)
