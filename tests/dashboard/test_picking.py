"""Dòng tin: several articles at once, the table and its columns, files, what a word may mean."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newer, newsroom, suggesting
from dashboard.picking import chosen, taking
from dashboard.texts import Words
from diembao.api.routes.export import Format
from diembao.core.accounts import Grant, Role
from diembao.core.article import Kind
from diembao.core.query import Terms, unparse
from diembao.pipeline.wiring import Installation
from tests.dashboard import published, seed
from tests.dashboard.casework import opened
from tests.dashboard.conftest import OFFICER, Away, screen, words_of
from tests.dashboard.seed import NOW, PROVINCE

SEARCH = "tít:thải"  # three articles of one story


def picking(*names: str, **address: str) -> AppTest:
    test = screen("stream", q=SEARCH, period="all", **address)
    test.toggle("picking").set_value(True).run()
    for name in names:
        test.checkbox(f"pick-{name}").check().run()
    assert not test.exception, test.exception
    return test


def opened_popover(test: AppTest, key: str) -> AppTest:
    test.session_state[key] = True  # as a click on it does
    test.run()
    assert not test.exception, test.exception
    return test


def told(test: AppTest) -> str:
    return words_of(test).replace("\\", "")


def test_articles_are_chosen_one_by_one_or_by_the_page_and_kept_while_one_looks_elsewhere(
    house: Installation, ids: dict[str, str]
) -> None:
    test = picking(ids["waste"])
    assert "Đã chọn 1 bài." in told(test)
    test.button("pick-page").click().run()
    assert "Đã chọn 3 bài." in told(test)
    test.text_input("stream-q").set_value("tít:cảng OR tít:Đầm").run()
    assert "3 bài trong số đó không ở trang này." in told(test)
    test.button("pick-none").click().run()
    assert "Đã chọn 0 bài." in told(test)


def test_what_has_come_since_is_told_in_a_line_and_what_was_chosen_stays(
    house: Installation, ids: dict[str, str]
) -> None:
    test = picking(ids["waste"])
    query = house.query("tít:thải", NOW)
    total = house.index.count(query)
    assert newer.since(query, total) == 0
    seed.fill(house, [replace(published.LEADING[2], title="Nước thải lại chảy", story="later")])
    assert newer.since(query, total) == 1
    test.run()
    assert test.checkbox(f"pick-{ids['waste']}").value
    assert f"{total + 1} bài" in words_of(test)
    house.__dict__["index"] = Away()
    assert newer.since(query, total) == 0


def test_labels_are_written_for_all_chosen_in_the_readers_name(house: Installation, ids: dict[str, str]) -> None:
    test = opened_popover(picking(ids["waste"]), "pick-label")
    test.button("pick-page").click().run()
    test.selectbox("pick-label-stance").set_value("neutral")
    test.multiselect("pick-label-yes").set_value(["tourism"])
    test.text_input("pick-label-why").set_value("đọc lại cả chuyện")
    test.button("pick-label-do").click().run()
    assert "Đã ghi cho 3 bài." in told(test)
    for item in house.store.articles(house.store.story_members([ids["waste"]])[ids["waste"]]):
        assert item.key(Kind.STANCE, PROVINCE) == "neutral"
        assert "tourism" in item.keys(Kind.THEME, PROVINCE)
        assert {x.why for x in item.labels if x.by_person} == {"đọc lại cả chuyện"}


@pytest.mark.parametrize(
    ("given", "why"),
    [({}, "Chưa chọn nhãn nào"), ({"yes": ["tourism"], "no": ["tourism"]}, "vừa thêm vừa bỏ")],
)
def test_labels_that_say_nothing_or_both_are_not_written(
    house: Installation, ids: dict[str, str], given: dict[str, list[str]], why: str
) -> None:
    test = opened_popover(picking(ids["waste"]), "pick-label")
    for name, value in given.items():
        test.multiselect(f"pick-label-{name}").set_value(value)
    test.button("pick-label-do").click().run()
    assert why in told(test)
    assert not house.store.people_labels((Kind.STANCE, Kind.THEME, Kind.THEME_YES), PROVINCE)


def test_what_is_not_for_the_account_is_left_out_and_said(house: Installation, ids: dict[str, str]) -> None:
    abroad = replace(OFFICER, grants=(Grant(Role.FOREIGN_AFFAIRS, unit="so-ngoai-vu"),))
    newsroom.use(house, lambda: NOW, who=lambda: abroad)
    test = screen("stream", period="all", language=["lo", "vi"], q="tít:thải OR tiếng:lo")
    test.toggle("picking").set_value(True).run()
    for name in ("waste", "flight"):
        test.checkbox(f"pick-{ids[name]}").check().run()
    opened_popover(test, "pick-label").selectbox("pick-label-stance").set_value("neutral")
    test.button("pick-label-do").click().run()
    assert "Đã ghi cho 1 bài. 1 bài không thuộc quyền của tài khoản này." in told(test)
    viewer = replace(OFFICER, grants=(Grant(Role.VIEWER),))
    newsroom.use(house, lambda: NOW, who=lambda: viewer)
    test = picking(ids["waste"])
    assert "pick-page" in {button.key for button in test.button}
    assert not {"Sửa nhãn", "Vào vụ việc"} & {each.proto.popover.label for each in test.get("popover")}


def test_all_chosen_go_into_an_open_case(house: Installation, ids: dict[str, str]) -> None:
    case = opened(house)
    test = opened_popover(picking(ids["waste"]), "pick-case")
    test.button("pick-page").click().run()
    test.selectbox("pick-case-which").set_value(case.number)
    test.button("pick-case-do").click().run()
    assert f"Đã thêm 3 bài vào {case.number}." in told(test)
    found = house.store.case_file(case.number)
    assert found is not None
    assert len(found.coverage) == 3


def test_columns_are_remembered_for_their_reader_and_the_title_stays(house: Installation) -> None:
    test = screen("stream", q=SEARCH, period="all", **{"as": "table"})
    (frame,) = test.dataframe
    assert list(frame.value.columns) == ["Giờ", "Tiêu đề", "Nguồn", "Thái độ", "Chủ đề", "Chuyện"]
    test.pills("stream-columns").set_value(["country", "sentence"]).run()
    assert list(test.dataframe[0].value.columns) == ["Tiêu đề", "Nước", "Câu đáng chú ý"]
    again = screen("stream", q=SEARCH, period="all", lang="en", **{"as": "table"})
    assert list(again.dataframe[0].value.columns) == ["Title", "Country", "Telling sentence"]
    newsroom.use(house, lambda: NOW, who=lambda: replace(OFFICER, actor="person:9"))
    other = screen("stream", q=SEARCH, period="all", **{"as": "table"})
    assert "Nguồn" in other.dataframe[0].value.columns


def test_the_view_stands_in_the_address_and_a_filter_keeps_it(house: Installation) -> None:
    test = screen("stream", period="all", **{"as": "table"})
    test.pills("stream-stance").set_value(["critical"]).run()
    assert test.query_params["as"] in ("table", ["table"])
    assert not screen("stream", **{"as": "pie"}).dataframe  # what is not known is dropped


def test_a_file_asks_the_api_for_what_is_seen_or_chosen(house: Installation, ids: dict[str, str]) -> None:
    test = opened_popover(picking(ids["waste"], stance="critical"), "take")
    links = [urlsplit(each.proto.url) for each in test.get("link_button")]
    assert {each.path for each in links} == {"/api/v1/export"}
    asked = [parse_qs(each.query) for each in links]
    assert [each["format"] for each in asked] == [["csv"], ["xlsx"], ["jsonl"]] * 2
    assert {(*each["province"], *sorted(each)) for each in asked} == {("gia-lai", "format", "lang", "province", "q")}
    picked, seen = (house.query(each["q"][0], NOW) for each in (asked[0], asked[3]))
    assert picked == Terms("id", (ids["waste"],))
    assert house.index.count(seen) == 2
    most = [f"{n:016x}" for n in range(chosen.MOST)]
    address = taking.address(unparse(Terms("id", tuple(most))), Format.CSV, Words("vi"))
    assert len(parse_qs(urlsplit(address).query)["q"][0]) <= 2000  # what the API reads


@pytest.mark.parametrize(
    ("typed", "said", "then"),
    [
        ("cầu sông", "báo: Báo Sông Côn", "cầu báo:bao-song-con"),
        ("-hàn", "ngôn_ngữ: Hàn", "-ngôn_ngữ:ko"),
    ],
)
def test_a_word_is_offered_as_what_it_may_mean(house: Installation, typed: str, said: str, then: str) -> None:
    test = screen("stream", q=typed)
    offered = {button.label.replace("\\", ""): button for button in test.button if str(button.key).startswith("sugg")}
    assert said in offered, list(offered)
    offered[said].click().run()
    assert test.query_params["q"] in (then, [then])


@pytest.mark.parametrize("typed", ["", "s", '"sông', "báo:so", "(", "%%%"])
def test_nothing_is_offered_for_what_is_no_word(house: Installation, typed: str) -> None:
    assert not suggesting.last_word(typed)
