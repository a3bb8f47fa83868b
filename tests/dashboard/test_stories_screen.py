"""Tin chính: the list of a period's stories, and one of them with people's word on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from dashboard.stories import reading
from diembao.core.accounts import Grant, Role
from diembao.core.article import Kind, Label
from diembao.core.article import Role as Part
from diembao.pipeline.wiring import Installation
from tests.dashboard.casework import PLAIN, opened
from tests.dashboard.conftest import OFFICER, screen, titles_of, words_of
from tests.dashboard.seed import NOW


def told(test: AppTest) -> str:
    return words_of(test).replace("\\", "")


def titles(test: AppTest) -> list[str]:
    links = [link.proto for link in test.get("page_link")]
    return [*titles_of(test).values(), *(link.label.replace("\\", "") for link in links if "id=" in link.query_string)]


def story_of(house: Installation, article: str) -> str:
    item = house.store.article(article)
    assert item is not None
    return item.key(Kind.STORY) or ""


def test_the_stories_that_matter_stand_first_with_their_size_outlets_and_languages(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("stories", period="24h")
    found = titles(test)
    assert found[0].startswith("Nước thải trại heo")
    assert found[1].startswith("Giá bồi thường cao tốc")
    text = told(test)
    assert "3 bài, 2 văn bản khác nhau · 3 nguồn" in text
    assert "Gợi ý: 2 bài phê phán" in text
    assert "tiếng Lào" in text
    assert " 1 nguồn" not in text
    assert "1 văn bản" not in text


def test_conditions_and_order_stand_in_the_address_and_narrow_the_list(house: Installation) -> None:
    assert len(titles(screen("stories", period="24h", several="1"))) == 1
    test = screen("stories", period="7d")
    every = titles(test)
    test.checkbox("stories-critical").check().run()
    assert test.query_params["critical"] in ("1", ["1"])
    assert 2 < len(titles(test)) < len(every)
    test.selectbox("stories-sort").set_value(reading.Order.NEWEST).run()
    assert test.query_params["sort"] in ("newest", ["newest"])
    assert titles(screen("stories", period="24h", q="cảng OR 歸仁港"))[0].startswith("歸仁港")


def test_a_long_list_has_pages_and_an_order_that_repeats_and_loses_none(house: Installation) -> None:
    pages = [titles(screen("stories", period="30d", page=str(n))) for n in (1, 2)]
    assert len(pages[0]) == 20
    assert not set(pages[0]) & set(pages[1])


@pytest.mark.parametrize(
    "address",
    [{"page": "99999", "sort": "x", "period": "all"}, {"q": "("}, {"id": "../x"}, {"id": "0" * 16}],
)
def test_an_address_that_cannot_be_still_shows_a_screen(house: Installation, address: dict[str, str]) -> None:
    text = told(screen("stories", **address))
    assert "Tin chính" in text
    assert ("id" in address) == ("Không có chuyện nào mang số" in text)


def test_nothing_found_says_what_to_do(house: Installation, empty: Installation) -> None:
    assert "Chưa thu thập lần nào" in told(screen("stories"))


def test_one_story_tells_each_article_by_its_role_on_a_line_of_time_with_a_table_behind(
    house: Installation, ids: dict[str, str]
) -> None:
    case = opened(house, PLAIN, ids["waste"])
    test = screen("stories", id=story_of(house, ids["waste"]))
    text = told(test)
    assert "3 bài, 2 văn bản khác nhau · 3 nguồn · tiếng Việt 3 · Gợi ý: 2 bài phê phán" in text
    assert [each.value.replace("\\", "") for each in test.header if " · " in each.value] == [
        "Bài đầu · 1",
        "Bài tiếp · 1",
        "Bài đăng lại · 1",
    ]
    (table,) = test.table
    assert list(table.value["Vai trong chuyện"]) == ["bài tiếp", "đăng lại", "bài đầu"]
    assert case.number in text


def test_a_story_is_found_by_any_of_its_articles(house: Installation, ids: dict[str, str]) -> None:
    item = house.store.articles(
        house.store.story_members([story_of(house, ids["waste"])])[story_of(house, ids["waste"])]
    )[-1]
    assert reading.whole(house, item.article.id) == reading.whole(house, story_of(house, ids["waste"]))


def test_articles_are_taken_out_together_and_the_word_is_taken_back(house: Installation, ids: dict[str, str]) -> None:
    story = story_of(house, ids["waste"])
    members = house.store.story_members([story])[story]
    test = screen("stories", id=story)
    test.multiselect(f"part-{story}-ids").set_value(list(members[1:]))
    test.text_input(f"part-{story}-why").set_value("việc khác")
    test.button(f"part-{story}-do").click().run()
    assert "Đã ghi. Chuyện được gom lại sau ít giây." in told(test)
    ties = house.store.ties([members[0]])
    assert {(tie.article, tie.together, tie.why) for tie in ties} == {
        (each, False, "việc khác") for each in members[1:]
    }
    assert {row.act for row in house.store.audit(act="story.")} == {"story.split"}
    for each in members[1:]:
        test.button(f"untie-{each}").click().run()
    assert not house.store.ties([members[0]])


def test_taking_all_or_none_out_is_refused_in_words(house: Installation, ids: dict[str, str]) -> None:
    story = story_of(house, ids["waste"])
    members = list(house.store.story_members([story])[story])
    for given, why in (([], "Tách mỗi lần 1–20 bài"), (members, "Phải để lại ít nhất một bài")):
        test = screen("stories", id=story)
        test.multiselect(f"part-{story}-ids").set_value(given)
        test.button(f"part-{story}-do").click().run()
        assert why in told(test)
    assert not house.store.ties(members)


def test_two_stories_become_one_by_an_articles_address(house: Installation, ids: dict[str, str]) -> None:
    story = story_of(house, ids["waste"])
    test = screen("stories", id=story)
    test.session_state[f"join-{story}"] = True
    test.run()
    test.text_input(f"join-{story}-other").set_value(f"http://x.example/bai-bao?id={ids['road']}")
    test.button(f"join-{story}-do").click().run()
    (tie,) = house.store.ties([ids["road"]])
    assert tie.together
    assert "gộp, 06:40" in told(test)


def test_who_may_not_correct_finds_no_way_to(house: Installation, ids: dict[str, str]) -> None:
    viewer = replace(OFFICER, grants=(Grant(Role.VIEWER),))
    newsroom.use(house, lambda: NOW, who=lambda: viewer)
    test = screen("stories", id=story_of(house, ids["waste"]))
    assert not [each.label for each in test.expander if each.label != "Bảng số liệu"]


def test_english_is_whole(house: Installation, ids: dict[str, str]) -> None:
    text = told(screen("stories", id=story_of(house, ids["waste"]), lang="en"))
    assert "On a line of time" in text
    assert "Originals · 1" in text
    assert "Theo thời gian" not in text


def test_a_correction_has_its_own_place(house: Installation, ids: dict[str, str]) -> None:
    follow = next(
        item.article.id
        for item in house.store.articles(list(house.store.article_ids()))
        if item.key(Kind.ROLE) == Part.FOLLOW_UP
    )
    given = Label(follow, Kind.ROLE, Part.CORRECTION.value, by="rules", why="đính chính")
    with house.store.writing() as write:
        write.set_labels(follow, [Kind.ROLE], [given], now=NOW)
    assert "Bài đính chính · 1" in told(screen("stories", id=story_of(house, ids["waste"])))


def test_where_there_are_more_stories_than_are_listed_it_says_so_and_how_to_narrow(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "chỉ xếp" not in told(screen("stories"))
    monkeypatch.setattr(reading, "SORTED", 3)
    cut = told(screen("stories", several="1", period="30d"))  # though fewer than that are shown
    assert "từ 3 chuyện trở lên: chỉ xếp 3 chuyện nhiều bài nhất. Chọn khoảng ngắn hơn" in cut
