"""The maps of Hôm nay: from shapes that are shipped, each with its table, Việt Nam with its islands."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from dashboard.maps import drawn, reading, shapes
from dashboard.names import COUNTRY_NAMES
from dashboard.texts import Words
from diembao.core.article import Kind, Label
from diembao.pipeline.wiring import Installation
from diembao.plan.reader import profile
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW

SINCE = NOW - timedelta(days=14)
SAY = Words("vi")


def place(house: Installation, article: str, *names: tuple[str, str]) -> None:
    given = [Label(article, Kind.PLACE, name, about=area) for area, name in names]
    with house.store.writing() as write:
        write.set_labels(article, [Kind.PLACE], given, now=NOW)


def opened() -> AppTest:
    test = screen()
    test.session_state["today-maps"] = True
    test.run()
    assert not test.exception, test.exception
    return test


def test_places_are_counted_once_an_article_and_the_province_itself_is_none(
    house: Installation, ids: dict[str, str]
) -> None:
    town = ("binh-dinh", "Hoài Nhơn")
    place(house, ids["waste"], town, town, ("binh-dinh", "Bình Định"), ("gia-lai", "Gia Lai"), ("elsewhere", "Huế"))
    place(house, ids["port"], town)
    named = reading.places(house, SINCE)
    assert named.by_place == {town: 2}
    assert named.critical == {town: 1}
    assert named.looked_at == named.articles


def test_nothing_is_counted_or_drawn_before_the_maps_are_opened(house: Installation) -> None:
    test = screen()
    assert [each for each in test.expander if "Bản đồ" in each.label]
    assert "Theo nước" not in words_of(test)


def test_both_maps_come_with_their_figures_as_tables(house: Installation, ids: dict[str, str]) -> None:
    place(house, ids["waste"], ("binh-dinh", "Hoài Nhơn"), ("binh-dinh", "chùa không có vị trí"))
    test = opened()
    told = words_of(test).replace("\\", "")
    assert "1 địa danh chưa có vị trí" in told
    by_place, by_country = test.table[-2:]
    assert set(by_place.value["Địa danh"].str.replace("\\", "")) == {"Hoài Nhơn", "chùa không có vị trí"}
    assert by_country.value["Nước"].iloc[0] == "Việt Nam"
    assert "Lào" in set(by_country.value["Nước"])


def test_without_places_or_coverage_abroad_it_says_so(house: Installation) -> None:
    told = words_of(opened()).replace("\\", "")
    assert "Chưa bài nào nhắc tên địa danh trong tỉnh" in told


def test_every_province_that_can_be_watched_has_its_ground_and_its_names_are_those_of_the_profile() -> None:
    for name in ("gia-lai", "bac-ninh", "quang-tri", "dong-nai", "phu-tho"):
        its = profile(name)
        ground = shapes.ground((its.id, *its.areas))
        known = {(each.area, each.name) for each in its.places}
        assert len(ground.places) > 200, name
        assert set(ground.places) <= known
        assert ground.lines


def test_the_world_has_the_countries_that_are_read_and_vietnams_islands_in_its_colour() -> None:
    ids = {each["id"] for each in shapes.countries()["objects"]["countries"]["geometries"]}
    assert {"VN", "LA", "KH", "TH", "CN", "TW", "JP", "KR", "US", "RU", "FR"} <= ids
    assert len(ids & set(COUNTRY_NAMES)) > 30
    made = drawn.world({"VN": 9, "LA": 2}, SAY).to_dict()
    islands = made["layer"][2]
    names = {each["name"] for each in made["datasets"][islands["data"]["name"]]}
    assert names == {"Quần đảo Hoàng Sa (Việt Nam)", "Quần đảo Trường Sa (Việt Nam)"}
    fill = made["layer"][0]["encoding"]["fill"]
    assert fill["condition"]["value"] == islands["mark"]["color"]
    looked_up = made["layer"][1]["transform"][0]["from"]["data"]
    counted = looked_up["values"] if "values" in looked_up else made["datasets"][looked_up["name"]]
    assert [each["id"] for each in counted] == ["LA"]  # Việt Nam's own press would hide all others


def test_neighbours_are_drawn_near_and_each_country_says_its_number() -> None:
    near, far = (drawn.world(counts, SAY).to_dict() for counts in ({"LA": 1, "SG": 2}, {"LA": 1, "FR": 2}))
    shown = [set(made["layer"][0]["transform"][0]["filter"]["oneOf"]) for made in (near, far)]
    assert {"VN", "LA", "KH", "KR"} <= shown[0] < shown[1]
    assert "FR" not in shown[0]
    dots = near["datasets"][near["layer"][3]["data"]["name"]]
    assert [(each["name"], each["n"]) for each in dots] == [("Lào", 1), ("Singapore", 2)]
    assert near["layer"][4]["layer"][1]["encoding"]["text"]["field"] == "n"
    lao = shapes.centres()["LA"]
    assert (100 < lao[0] < 108, 14 < lao[1] < 22) == (True, True)
