"""Báo chí nước ngoài: by country and language, with gists, passages and cases; its address is its state."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from dashboard import abroad, newsroom
from dashboard.address import Asked
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import Grant, Hand, Role
from diembao.core.opinion import GistVerdict, Judgement
from diembao.core.query import All
from diembao.pipeline.wiring import Installation
from tests.dashboard import published, seed
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW, PROVINCE, ZONE
from tests.dashboard.test_opinions import PASSAGE, SENTENCES, asks, case_about, gist

__all__ = ["asks"]  # a fixture
UNIT = Visitor(
    "person:4", "session:4", (Standing.SIGNED_IN,), (Grant(Role.UNIT_OFFICER, PROVINCE, "so-y-te"),), account=4
)


def plain(name: str = "foreign", **address: str | list[str]) -> str:
    return words_of(screen(name, **address)).replace("\\", "")


def test_coverage_from_abroad_stands_by_country_with_its_counts_and_nothing_of_ours(house: Installation) -> None:
    test = screen("foreign")
    told = words_of(test).replace("\\", "")
    assert "5 bài, 5 văn bản khác nhau, 5 nguồn" in told
    assert "Kỳ liền trước, dài bằng kỳ này: 0 bài." in told
    for name in ("Lào · 1 bài", "Hàn Quốc · 1 bài", "Đài Loan · 1 bài", "Campuchia · 1 bài", "Thái Lan · 1 bài"):
        assert name in told
    assert "Nước thải trại heo" not in told
    (table,) = test.dataframe
    assert list(table.value.columns)[:3] == ["Nước", "Bài", "Kỳ trước"]
    assert table.value["Bài"].sum() == 5


def test_it_is_grouped_by_language_or_listed_by_time_as_the_address_says(house: Installation) -> None:
    by_language = plain(by="language")
    assert "tiếng Lào · 1 bài" in by_language
    assert "Lào · 1 bài" in by_language
    assert " · 1 bài" not in plain(by="time")
    assert "Campuchia · 1 bài" in plain(by="x' OR 1")  # what is no way is the first one
    english = plain(by="language", lang="en")
    assert "Lao · 1" in english
    assert "Articles: 5, texts: 5, outlets: 5" in english


def test_what_is_pressed_goes_into_the_address_and_comes_back_from_it(house: Installation) -> None:
    test = screen("foreign", by="language", stance="positive", country=["LA", "KR"])
    told = words_of(test).replace("\\", "")
    assert "2 bài, 2 văn bản" in told
    assert "ខេត្ត" not in told
    test.segmented_control(key="foreign-by").set_value("time").run()
    assert test.query_params["by"] in ("time", ["time"])
    assert sorted(test.query_params["country"]) == ["KR", "LA"]
    assert "Không có bài nào của báo chí nước ngoài khớp" in plain(country="RU")
    assert "Không có bài nào của báo chí nước ngoài khớp" in plain(country="VN")


def test_an_office_without_coverage_is_told_so(empty: Installation) -> None:
    assert "Chưa" in plain()


def test_a_gist_stands_marked_with_the_passage_in_its_own_words(asks: Installation, ids: dict[str, str]) -> None:
    gist(asks, ids["flight"], passage="ສາຍການບິນໃໝ່ ຈະບິນ", told="Đường bay mới sẽ bay")
    gist(asks, ids["coffee"], passage="")
    told = plain()
    assert "“ສາຍການບິນໃໝ່ ຈະບິນ”" in told
    assert "Máy dịch: Đường bay mới sẽ bay" in told
    assert told.count("máy viết, chưa ai duyệt]") == 2
    assert told.count(SENTENCES[0]) == 2
    assert "0 đã có người duyệt, 2 máy viết, chưa ai duyệt" in told
    judged = Judgement(ids["flight"], "vi", 1, GistVerdict.EDITED, "Lời của cán bộ.")
    asks.store.judge_gist(judged, now=NOW, by=Hand("person:1", "session:1"))
    told = plain(by="time")
    assert "Lời của cán bộ." in told
    assert "1 đã có người duyệt, 1 máy viết, chưa ai duyệt" in told
    assert "Dịch: Đường bay mới sẽ bay" in told


def test_with_the_door_shut_the_screen_has_no_gist(house: Installation, ids: dict[str, str]) -> None:
    gist(house, ids["flight"])
    told = plain()
    assert SENTENCES[0] not in told
    assert PASSAGE not in told
    assert "máy viết" not in told.replace("tóm tắt do mô hình viết", "")


def test_a_case_is_told_to_those_who_may_see_it(house: Installation, ids: dict[str, str]) -> None:
    number = case_about(house, ids["flight"])
    assert f"Vụ việc {number}" in plain()
    assert f"Vụ việc {number}" not in plain(country="KR")
    newsroom.use(house, lambda: NOW, who=lambda: UNIT)
    told = plain()
    assert "Lào · 1 bài" in told
    assert number not in told


def test_the_files_and_the_stream_have_the_same_articles(house: Installation) -> None:
    test = screen("foreign", country=["LA", "TH"])
    links = [each.proto.url for each in test.get("link_button") if "/api/v1/export?" in each.proto.url]
    asked = parse_qs(urlsplit(links[0]).query)
    assert (len(links), asked["format"], asked["lang"]) == (2, ["csv"], ["vi"])
    assert asked["province"] == ["gia-lai"]
    query = house.query(asked["q"][0], NOW)
    found = house.index.search(query, limit=99).hits
    assert {house.country(item.article.outlet) for item in house.store.rows([hit.id for hit in found])} == {"LA", "TH"}
    stream = words_of(screen("stream", q=asked["q"][0], period="all", relevance="all")).replace("\\", "")
    assert "2 bài" in stream


def test_the_time_just_before_is_as_long_and_known_only_where_the_period_is(house: Installation) -> None:
    zone, today = house.profile.timezone, NOW.date()
    typed = abroad.of(house, All())
    assert abroad.earlier(Asked(period="all"), typed, NOW, zone) is None
    assert abroad.earlier(Asked(period="custom", start=today), typed, NOW, zone) is None
    days = Asked(period="custom", start=today + timedelta(days=1), end=today + timedelta(days=3))
    before = abroad.earlier(days, typed, NOW, zone)  # the three days up to today
    assert before is not None
    assert abroad.whole(house, typed, before, "country").before == 5
    assert NOW.astimezone(ZONE).date() == today


def test_a_country_with_more_than_its_first_articles_opens_whole(house: Installation) -> None:
    more = [
        published.Told("khaosan-lao", f"ຂ່າວ ກວີເຍີນ {n}", 20 + n, "ຂ່າວ.", "ຂ່າວ.", story=f"lao-{n}", themes=("tourism",))
        for n in range(6)
    ]
    seed.fill(house, more)
    test = screen("foreign")
    told = words_of(test).replace("\\", "")
    assert "Lào · 7 bài" in told
    assert "ກວີເຍີນ 5" not in told  # the seventh and oldest
    test.button(key="foreign-all-country-LA").click().run()
    assert "ກວີເຍີນ 5" in words_of(test)
    assert test.query_params["country"] in ("LA", ["LA"])
