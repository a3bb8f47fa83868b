from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from diembao.core.article import Kind, Label
from diembao.core.errors import IndexAway
from diembao.core.ports import Event
from diembao.pipeline import steps, waiting
from diembao.pipeline.wiring import Installation
from tests.dashboard import seed
from tests.dashboard.conftest import figures_of, screen, titles_of, unfolded, words_of
from tests.dashboard.seed import NOW, PROVINCE

Later = Callable[[Installation, datetime], None]
SCREENS = ("today", "stream", "article")


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen_opens_on_an_empty_installation_and_says_what_to_do(
    empty: Installation, name: str, language: str
) -> None:
    told = words_of(screen(name, lang=language))
    expected = {
        ("today", "vi"): "Chưa thu thập lần nào",
        ("today", "en"): "Nothing has been collected yet",
        ("stream", "vi"): "Không có bài nào khớp",
        ("stream", "en"): "Nothing matches",
        ("article", "vi"): "Chưa chọn bài",
        ("article", "en"): "No article is chosen",
    }
    assert expected[name, language] in told


@pytest.mark.parametrize("name", SCREENS)
def test_the_language_of_the_address_is_the_language_of_the_screen(
    house: Installation, ids: dict[str, str], name: str
) -> None:
    vietnamese = words_of(screen(name, id=ids["waste"]))
    english = words_of(screen(name, id=ids["waste"], lang="en"))
    assert "Gợi ý: phê phán" in vietnamese.replace("\\", "")
    assert "Suggested: critical" in english.replace("\\", "")
    assert "Suggested" not in vietnamese


def test_an_unknown_language_in_the_address_is_ignored(house: Installation) -> None:
    assert "Hôm nay" in words_of(screen(lang="xx"))


# -- today ----------------------------------------------------------------------------------------


def test_today_says_how_fresh_it_is_and_counts_against_what_came_before(house: Installation) -> None:
    test = screen(period="24h")
    told = words_of(test).replace("\\", "")
    assert test.title[0].value.replace("\\", "") == "Hôm nay · Thứ Bảy 21/11/2026"
    assert "Thu thập xong 4 phút trước" in told
    assert f"chỉ mục đủ {house.store.size()} bài" in told
    assert "trung bình 7 ngày trước" in told
    figures = figures_of(test)
    assert list(figures) == [
        "Bài về tỉnh",
        "Gợi ý phê phán",
        "Văn bản khác nhau",
        "Vụ việc đang mở",
        "Nguồn im lặng hoặc lỗi",
    ]
    assert figures["Nguồn im lặng hoặc lỗi"] == "1"


def test_a_comparison_with_days_that_were_not_watched_says_so(house: Installation, later: Later) -> None:
    assert "theo dõi từ 21/11/2026, số so sánh trước ngày ấy còn thiếu" in words_of(screen(period="7d")).replace(
        "\\", ""
    )
    later(house, NOW + timedelta(days=60))
    assert "theo dõi từ" not in words_of(screen(period="7d"))


def test_critical_stories_come_first_the_larger_before_the_newer(house: Installation) -> None:
    titles = list(titles_of(screen(period="24h")).values())
    assert titles[0] == "Nước thải trại heo chảy ra sông Côn, dân Tây Sơn phản ánh nhiều lần"
    assert titles[1].startswith("Giá bồi thường cao tốc")
    assert not any("kiểm tra trại heo" in title for title in titles)


def test_a_row_says_outlet_language_time_story_and_the_sentence_that_mattered(house: Installation) -> None:
    told = words_of(screen(period="24h")).replace("\\", "")
    assert "Báo Sông Côn · 06:10 · 3 bài, 2 văn bản khác nhau" in told
    assert "“Người dân xã Tây Sơn cho biết họ gửi đơn ba lần nhưng chưa được trả lời.”" in told
    assert "tiếng Lào · 04:40" in told
    assert "không rõ giờ đăng, thu được 23:44 hôm qua" in told


def test_the_open_button_leads_to_the_article(house: Installation, ids: dict[str, str]) -> None:
    links = titles_of(screen(period="24h"), "go")
    assert links[f"/bai-bao?id={ids['waste']}"] == "Mở"


def test_alerts_and_silent_outlets_are_listed_with_their_reasons(house: Installation) -> None:
    told = words_of(screen()).replace("\\", "")
    assert "Phê phán về tỉnh · Báo Sông Côn · 06:40 · chờ gửi" in told
    assert "The Mekong Courier" in told
    assert "chưa đọc được lần nào (máy chủ trả lỗi 503)" in told


def test_what_came_since_the_last_visit_is_counted_after_half_an_hour(house: Installation, later: Later) -> None:
    assert "Từ lần trước" not in str(screen().segmented_control("today-period").options)
    later(house, NOW + timedelta(minutes=5))
    assert "Từ lần trước" not in str(screen().segmented_control("today-period").options)
    later(house, NOW + timedelta(hours=3))
    test = screen()
    assert test.segmented_control("today-period").value == "visit"
    assert "Thu được từ lần xem trước (06:45)" in words_of(test).replace("\\", "")
    assert figures_of(test)["Bài về tỉnh"] == "0"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(minutes=30), ""),
        (timedelta(hours=5), "Lần thu thập gần nhất là 5 giờ trước"),
        (timedelta(days=3), "Lần thu thập gần nhất là 3 ngày trước"),
    ],
)
def test_a_collection_that_is_late_is_said_in_words(
    house: Installation, later: Later, passed: timedelta, expected: str
) -> None:
    later(house, NOW + passed)
    warnings = [element.value.replace("\\", "") for element in screen().warning]
    assert (expected in warnings[0]) if expected else not warnings


def test_a_first_collection_that_is_running_is_said(empty: Installation) -> None:
    empty.store.begin_run(NOW - timedelta(minutes=2))
    test = screen()
    assert "Đang thu thập lần đầu: 0 bài" in test.info[0].value


def test_a_collection_that_was_cut_off_is_said(house: Installation) -> None:
    house.store.begin_run(NOW - timedelta(hours=8))
    assert "chưa kết thúc" in screen().warning[0].value


def test_an_empty_index_is_said_and_no_article_is_called_lost(house: Installation) -> None:
    house.index.wipe()
    assert "Chỉ mục tìm kiếm còn trống" in screen().warning[0].value


@pytest.mark.parametrize("page", ["stream", "cases"])
def test_a_query_that_is_too_long_is_answered_with_a_word(house: Installation, page: str) -> None:
    test = screen(page)
    test.text_input(key=f"{page}-q").input("bão " * 600).run()
    assert "dài quá 2000 ký tự, ở ký tự 2001" in words_of(test).replace("\\", "")
    assert len("".join(test.query_params["q"])) == 2001
    test.text_input(key=f"{page}-q").input("bão").run()
    assert "dài quá" not in words_of(test)


def test_an_index_that_is_made_again_is_said(house: Installation) -> None:
    house.index.mark(house.store.head() - 1)
    house.store.set_fact(steps.REMADE, str(house.store.head()))
    assert "Chỉ mục đang được làm lại" in screen().warning[0].value


def test_an_index_far_behind_is_said(house: Installation) -> None:
    with house.store.writing() as write:
        for _ in range(7):
            write.announce(Event.MODEL, list(house.store.article_ids()), now=NOW)
    assert f"theo sau kho {house.store.size() * 7} việc" in screen().warning[0].value


class Away:
    """The door of an index whose server does not answer."""

    def __getattr__(self, name: str) -> object:
        raise IndexAway("Elasticsearch at http://search.example:9200 cannot be reached")

    def close(self) -> None:
        pass


@pytest.mark.parametrize("page", ["today", "stream"])
def test_a_search_server_that_is_away_is_said_and_no_number_is_shown(house: Installation, page: str) -> None:
    house.index.close()
    house.__dict__["index"] = Away()
    test = screen() if page == "today" else screen(page)
    (warning,) = test.warning
    assert "Chưa tìm kiếm được" in warning.value
    assert "search.example" in warning.value.replace("\\", "")
    assert not figures_of(test)
    assert not test.error
    assert ("Cảnh báo" in words_of(test)) == (page == "today")  # what the record alone can tell


def test_an_article_is_read_without_the_search_server(house: Installation, ids: dict[str, str]) -> None:
    house.index.close()
    house.__dict__["index"] = Away()
    test = screen("article", id=next(iter(ids.values())))
    assert not test.error
    assert test.title


def test_an_index_that_takes_nothing_in_is_said_above_the_numbers(house: Installation) -> None:
    waiting.note(house.store, "disk full", NOW - timedelta(minutes=3))
    test = screen()
    assert "không nhận bài mới từ 06:37" in test.warning[0].value
    assert "disk full" in test.warning[0].value
    assert figures_of(test)


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


def test_the_chosen_language_goes_along_to_the_next_screen(house: Installation, ids: dict[str, str]) -> None:
    test = screen()
    test.segmented_control("language-switch").set_value("en").run()
    assert test.query_params["lang"] == "en"
    assert "Look at these first" in words_of(test)
    links = titles_of(test)
    assert links[f"/bai-bao?id={ids['waste']}&lang=en"]
    assert "Correct a label" in words_of(screen("article", id=ids["waste"], lang="en"))


# -- article --------------------------------------------------------------------------------------


def test_an_article_says_where_its_time_was_read_and_links_to_the_original(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    told = words_of(test).replace("\\", "")
    assert "21/11/2026 06:10 (giờ đăng lấy từ RSS)" in told
    assert test.link_button[0].url.startswith("https://bao-song-con.example/")
    undated = words_of(screen("article", id=ids["undated"])).replace("\\", "")
    assert "không rõ giờ đăng; đây là lúc thu được" in undated
    assert "Chữ lấy từ RSS của nguồn" in undated


def test_every_label_says_by_whom_how_sure_and_why(house: Installation, ids: dict[str, str]) -> None:
    told = words_of(screen("article", id=ids["waste"])).replace("\\", "")
    assert "máy, mô hình · độ chắc 0,82" in told
    assert "máy, mô hình seed-1 · " in told  # in the history
    assert "“gửi đơn ba lần”: than phiền chưa được giải quyết, luật phê-phán-3" in told
    assert "máy, theo luật · độ chắc 0,97" in told
    assert "Với vùng khác: Bình Định (cũ) · về tỉnh" in told


def test_the_other_articles_of_the_story_are_listed_with_their_roles(house: Installation, ids: dict[str, str]) -> None:
    told = words_of(screen("article", id=ids["waste"])).replace("\\", "")
    assert "Cùng chuyện: 3 bài, 2 văn bản khác nhau" in told
    assert "đăng lại" in told
    assert "bài tiếp" in told


def test_abstaining_is_shown_as_not_clear(house: Installation, ids: dict[str, str]) -> None:
    assert "Gợi ý: chưa rõ" in words_of(screen("article", id=ids["port"])).replace("\\", "")


@pytest.mark.parametrize("asked", ["zz", "0" * 16, "'; drop table", "<script>", "x" * 10_000])
def test_an_unknown_article_is_said(house: Installation, asked: str) -> None:
    assert "Không có bài nào mang số" in screen("article", id=asked).warning[0].value


def test_what_an_outlet_wrote_is_shown_and_never_interpreted(house: Installation, ids: dict[str, str]) -> None:
    test = screen("article", id=ids["hostile"])
    drawn = "".join(element.proto.body for element in test.get("html") if "diembao-text" in element.proto.body)
    assert "&lt;script&gt;window.broken = true&lt;/script&gt;" in drawn
    assert "<script" not in drawn
    assert "# không phải đầu đề" in drawn
    assert test.title[0].value.startswith("Chợ \\*Đầm\\* \\[xem\\]\\(javascript\\:alert\\(1\\)\\) \\<img")


# -- corrections ----------------------------------------------------------------------------------


def correct(article: str, kind: Kind, value: str | list[str], why: str) -> str:
    """What a person does: choose, give a reason, save. What the screen says then."""
    test = screen("article", id=article)
    key = next(w.key for w in test.text_input if w.key and w.key.startswith(f"correct-{kind.value}-"))
    widget = key.removesuffix("-why") + "-keys"
    if isinstance(value, list):
        test.multiselect(widget).set_value(value)
    else:
        test.radio(widget).set_value(value)
    test.text_input(key).set_value(why)
    number = [Kind.RELEVANCE, Kind.STANCE, Kind.THEME].index(kind)
    [button for button in test.button if button.label == "Ghi"][number].click().run()
    assert not test.exception
    return words_of(test).replace("\\", "")


def test_a_correction_counts_at_once_and_keeps_its_reason(house: Installation, ids: dict[str, str]) -> None:
    told = correct(ids["waste"], Kind.STANCE, "neutral", "Bài chỉ thuật lại")
    assert "Đã ghi: Thái độ với tỉnh: trung tính." in told
    assert "trung tính (người sửa)" in told
    assert "Bài chỉ thuật lại" in told
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.key(Kind.STANCE, PROVINCE) == "neutral"
    assert [label.by for label in item.labels if label.kind is Kind.STANCE] == ["person:1"]


def test_a_list_that_was_kept_shows_a_correction_at_once(house: Installation, ids: dict[str, str]) -> None:
    assert "(người sửa)" not in words_of(screen("stream")).replace("\\", "")
    house.store.correct(ids["waste"], Kind.STANCE, PROVINCE, ["neutral"], by="person:local", why="", now=NOW)
    assert "trung tính (người sửa)" in words_of(screen("stream")).replace("\\", "")


def test_none_of_the_themes_is_an_answer(house: Installation, ids: dict[str, str]) -> None:
    assert "không chủ đề nào" in correct(ids["waste"], Kind.THEME, [], "")
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.keys(Kind.THEME, PROVINCE) == ()


def test_a_correction_can_be_taken_back(house: Installation, ids: dict[str, str]) -> None:
    correct(ids["waste"], Kind.RELEVANCE, "no", "nhầm địa danh")
    test = screen("article", id=ids["waste"])
    next(button for button in test.button if button.label.startswith("Bỏ sửa")).click().run()
    assert "Đã bỏ sửa" in words_of(test)
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.key(Kind.RELEVANCE, PROVINCE) == "yes"
    history = words_of(test).replace("\\", "")
    assert "không về tỉnh · người: 1 · đến 21/11/2026 06:40 · nhầm địa danh" in history


def test_after_a_new_revision_a_persons_label_asks_for_another_look_and_the_change_is_shown(
    house: Installation, ids: dict[str, str]
) -> None:
    road = seed.LEADING[3]
    correct(ids["road"], Kind.STANCE, "critical", "dân chờ quá lâu")
    seed.revise(house, road, title=road.title + " quá lâu", text=f"{road.text.replace('42', '57')} An Nhơn.")
    town = Label(ids["road"], Kind.PLACE, "An Nhơn", "binh-dinh")
    with house.store.writing() as write:
        write.set_labels(ids["road"], [Kind.PLACE], [town], now=seed.NOW)
    test = screen("article", id=ids["road"], q="nhà mới")
    told = words_of(test).replace("\\", "")
    assert "xem lại" in told
    assert "phê phán (người sửa)" in told
    assert "<del>42 </del>hộ dân" in told
    assert "<ins>57 </ins>hộ dân" in told
    assert "<ins>quá lâu</ins>" in told
    assert "(từ đã tìm) </span>nhà mới</mark>" in told
    assert "(địa danh của tỉnh) </span>An Nhơn</mark>" in told
    test.toggle("article-marks").set_value(False).run()
    assert "<mark" not in words_of(test)
    assert "không đánh dấu từ nào" in words_of(screen("article", id=ids["road"], q="báo:("))


# -- stories --------------------------------------------------------------------------------------


def press(test: AppTest, label: str) -> str:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return words_of(test).replace("\\", "")


def test_a_person_merges_two_stories_splits_them_and_takes_it_back(house: Installation, ids: dict[str, str]) -> None:
    test = screen("article", id=ids["waste"])
    test.text_input(f"tie-other-{ids['waste']}").set_value(f"http://127.0.0.1:8501/article?id={ids['road']}")
    assert "Đã ghi." in press(test, "Gộp")
    (tie,) = house.store.ties([ids["waste"]])
    assert (tie.article, tie.other, tie.together, tie.by) == (ids["waste"], ids["road"], True, "person:1")
    told = press(screen("article", id=ids["waste"]), "Bỏ tách, gộp của bài này")
    assert "Đã ghi." in told
    assert not house.store.ties([ids["waste"]])


def test_merging_with_what_is_not_there_is_told(ids: dict[str, str]) -> None:
    test = screen("article", id=ids["waste"])
    test.text_input(f"tie-other-{ids['waste']}").set_value("https://bao.example/khong-co")
    assert "Không có bài này trong kho." in press(test, "Gộp")


# -- evidence -------------------------------------------------------------------------------------


def test_a_packet_can_be_taken_along_and_the_key_is_shown_once_there_is_one(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    assert [each.proto.label for each in test.get("download_button")] == ["Tải hồ sơ chứng cứ"]
    assert "Khóa ký" not in words_of(test)
    from diembao.response.signing import signer

    key = signer(house.settings.home).fingerprint
    assert key in words_of(screen("article", id=ids["waste"])).replace("\\", "").replace("\u2060", "")


def test_an_article_that_was_taken_down_says_so_above_its_text(house: Installation, ids: dict[str, str]) -> None:
    taken_down(house, ids["waste"])
    (told,) = [each.value.replace("\\", "") for each in screen("article", id=ids["waste"]).warning]
    assert told.startswith("Nguồn đã gỡ bài này: trang trả lỗi 404 lúc")


def taken_down(house: Installation, article_id: str) -> None:
    from diembao.core.ledger import Outcome

    for days in (1, 3):
        at = NOW + timedelta(days=days)
        run = house.store.begin_run(at)
        for each in house.store.revisits_due(run, at, about=[PROVINCE], limit=1000):
            if each.entry.id == article_id:
                refused = Outcome.REFUSED
                house.store.revisit_failed(run, each.entry, refused, now=at, reason="status-404", response=b"gone")
        house.store.end_run(run, at)


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
